"""The words by which conventions are ordered."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets.slug import SlugInput

from base.ritocchi import TitoloPanel


class Categoria(models.Model):
    """What a convention is about: health, sport, care. Data: the manager edits them."""

    chiave = models.SlugField("chiave", max_length=60, unique=True, help_text="Compare negli indirizzi: non si cambia")
    nome = models.CharField("nome", max_length=80)
    ordine = models.PositiveSmallIntegerField("ordine", default=0, help_text="Prima i numeri più bassi")

    panels = [
        TitoloPanel("nome", targets=["chiave"], placeholder=False, classname=""),
        FieldRowPanel([FieldPanel("chiave", widget=SlugInput), FieldPanel("ordine")]),
    ]

    class Meta:
        verbose_name = "categoria"
        verbose_name_plural = "categorie"
        ordering = ["ordine", "nome"]

    def __str__(self):
        return self.nome
