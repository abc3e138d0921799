"""An organisation asks to take an entry off; the manager decides, and may put it back."""

from django.conf import settings
from django.db import models

from .segnalazioni import PERSONA


class RichiestaDiRitiroQuerySet(models.QuerySet):
    def aperte(self):
        """Those that wait for a decision."""
        return self.filter(esito="")

    def archivio(self):
        """Entries that were withdrawn and are still away."""
        via = {f"{self.model.legame}__live": False}
        return self.filter(esito=RichiestaDiRitiroAstratta.Esito.CONFERMATA, ripristinata_il=None, **via)


class RichiestaDiRitiroAstratta(models.Model):
    """`revisione` is what was public then, to be put back. An app adds the entry, in the field named by `legame` and
    with `ritiri` as its related name, one open request at a time."""

    class Esito(models.TextChoices):
        CONFERMATA = "confermata", "Ritirata"
        RIFIUTATA = "rifiutata", "Non ritirata"

    legame = ""

    nome = models.CharField("nome", max_length=255)
    motivo = models.TextField("motivo", max_length=1000)
    chiesta_da = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="chiesta da", **PERSONA)
    chiesta_il = models.DateTimeField("chiesta il", auto_now_add=True)
    esito = models.CharField("esito", max_length=10, choices=Esito, blank=True, default="")
    decisa_da = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="decisa da", **PERSONA)
    decisa_il = models.DateTimeField("decisa il", null=True, blank=True)
    nota = models.TextField("perché no", blank=True, max_length=1000)
    revisione = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ripristinata_il = models.DateTimeField("rimessa il", null=True, blank=True)

    objects = RichiestaDiRitiroQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = "richiesta di ritiro"
        verbose_name_plural = "richieste di ritiro"
        ordering = ["chiesta_il", "pk"]

    def __str__(self):
        return self.nome

    @property
    def contenuto(self):
        """The entry."""
        return getattr(self, self.legame)
