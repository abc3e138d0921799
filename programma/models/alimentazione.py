"""Where public content names the action and the criterion that it realises."""

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from .criteri import Criterio
from .pagine import AzionePage


class CollegamentoCriterio(models.Model):
    """Mixin of pages that may realise an action and give proof of criteria. Copies do not inherit the links."""

    azioni_realizzate = ParentalManyToManyField(
        AzionePage, verbose_name="azioni del programma", blank=True, related_name="+",
        help_text="Il contenuto compare nella pagina pubblica di queste azioni",
    )
    criteri_serviti = ParentalManyToManyField(
        Criterio, verbose_name="criteri di valutazione", blank=True, related_name="+",
        help_text="Il contenuto vale come evidenza di questi criteri, dopo l'approvazione",
    )

    exclude_fields_in_copy = ["azioni_realizzate", "criteri_serviti"]

    programma_panels = [
        MultiFieldPanel([FieldPanel("azioni_realizzate"), FieldPanel("criteri_serviti")], heading="Programma di lavoro")
    ]

    class Meta:
        abstract = True
