"""What people write about conventions: one proposed, a discount refused, an error, what the partner itself corrects."""

from django.db import models
from django.urls import reverse

from cura.models import SegnalazioneAstratta

from .categorie import Categoria


class Segnalazione(SegnalazioneAstratta):
    """A message about a convention, or about one that is not there yet. `dove` and `contatti` are the partner's."""

    class Tipo(models.TextChoices):
        PROPOSTA = "proposta", "Convenzione proposta"
        RIFIUTO = "rifiuto", "Sconto rifiutato"
        ERRORE = "errore", "Errore in una convenzione"
        CORREZIONE = "correzione", "Correzione del partner"

    legame = "convenzione"

    tipo = models.CharField("tipo", max_length=10, choices=Tipo)
    convenzione = models.ForeignKey(
        "convenzioni.ConvenzionePage",
        verbose_name="convenzione",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="segnalazioni",
    )
    nome = models.CharField("partner o convenzione", max_length=160)
    categoria = models.ForeignKey(
        Categoria, verbose_name="categoria", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contatti = models.CharField("contatti del partner", max_length=250, blank=True)
    bozza = models.ForeignKey(
        "convenzioni.ConvenzionePage",
        verbose_name="convenzione nata da qui",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(SegnalazioneAstratta.Meta):
        verbose_name = "segnalazione sulle convenzioni"
        verbose_name_plural = "segnalazioni sulle convenzioni"

    def get_absolute_url(self):
        return reverse("convenzioni:segnalazione", args=[self.pk])
