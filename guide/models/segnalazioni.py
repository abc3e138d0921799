"""What people write about the guide: an error, a service that is missing, what its own organisation corrects."""

from django.db import models
from django.urls import reverse

from cura.models import SegnalazioneAstratta


class Segnalazione(SegnalazioneAstratta):
    """What someone without an account tells us: an error in an entry, or a service that is missing."""

    class Tipo(models.TextChoices):
        ERRORE = "errore", "Errore in una scheda"
        PROPOSTA = "proposta", "Servizio proposto"
        CORREZIONE = "correzione", "Correzione dell'organizzazione"
        PROBLEMA = "problema", "Problema nel sito"

    legame = "servizio"

    tipo = models.CharField("tipo", max_length=10, choices=Tipo)
    servizio = models.ForeignKey(
        "guide.ServizioPage",
        verbose_name="scheda",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="segnalazioni",
    )
    nome = models.CharField("nome del servizio", max_length=160)
    ente = models.CharField("chi lo offre", max_length=160, blank=True)
    contatti = models.CharField("contatti del servizio", max_length=250, blank=True)
    bozza = models.ForeignKey(
        "guide.ServizioPage",
        verbose_name="scheda nata da questa proposta",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(SegnalazioneAstratta.Meta):
        verbose_name = "segnalazione"
        verbose_name_plural = "segnalazioni"

    def get_absolute_url(self):
        return reverse("guida:segnalazione", args=[self.pk])
