"""The acts by which bodies join the network and leave it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from base.solo_aggiunte import SoloAggiunte
from organizzazioni.models import Organizzazione

from ..aderenti.movimenti import COSE, VERSI
from .basi import FileRiservato


class AttoDiAdesione(SoloAggiunte):
    """The act of an entry, of an exit, of a mark that begins or ends: what happened stands in the body's history.

    `giorno` is the first day for what begins, the last for what ends.
    """

    organizzazione = models.ForeignKey(
        Organizzazione, verbose_name="organizzazione", on_delete=models.PROTECT, related_name="atti_di_adesione"
    )
    cosa = models.CharField("che cosa", max_length=20, choices=list(COSE.items()))
    verso = models.CharField("comincia o finisce", max_length=10, choices=list(VERSI.items()))
    giorno = models.DateField("giorno")
    atto = models.CharField("atto", max_length=200, blank=True)
    atto_del = models.DateField("atto del", null=True, blank=True)
    motivo = models.CharField("motivo", max_length=500, blank=True)
    registrato_il = models.DateTimeField("registrato il", default=timezone.now)
    registrato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="registrato da", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "atto di adesione"
        verbose_name_plural = "atti di adesione"
        ordering = ["-registrato_il", "-pk"]

    def __str__(self):
        return self.atto or f"{self.get_cosa_display()}: {self.get_verso_display()}"


class FileDellAtto(FileRiservato):
    """The paper of an act of adhesion."""

    CARTELLA = "adesioni"

    di = models.OneToOneField(AttoDiAdesione, on_delete=models.PROTECT, related_name="carta")

    class Meta(FileRiservato.Meta):
        verbose_name = "file di un atto di adesione"
        verbose_name_plural = "file degli atti di adesione"

    def get_absolute_url(self):
        return reverse("registri:file_di_adesione", args=[self.chiave])
