"""The act's own words, kept beside our summary."""

from django.db import models

from ..impianto import PARTI_DELL_ATTO
from .pagine import AzionePage


class ParoleDellAtto(models.Model):
    """What the act says in one part of an action, word for word.

    Outside the revisions of the page: an approved action is locked, and its words may still be filled in.
    """

    class Parte(models.TextChoices):
        AREA = "area", "Area"
        GENERALE = "generale", "Obiettivo generale"
        SPECIFICO = "specifico", "Obiettivo specifico"
        TITOLO = "titolo", "Titolo"
        AZIONI = "azioni", "Azioni"
        REFERENTI = "referenti", "Organizzazione referente"
        ALTRE = "altre", "Altre organizzazioni coinvolte"
        TEMPI = "tempi", "Tempi"
        INDICATORI = "indicatori", "Indicatori di valutazione"
        PERCENTUALI = "percentuali", "Percentuali di valutazione"
        CLASSIFICAZIONE = "classificazione", "Classificazione"

    azione = models.ForeignKey(AzionePage, on_delete=models.CASCADE, related_name="parole_dell_atto")
    parte = models.CharField("parte", max_length=15, choices=Parte)
    posizione = models.PositiveSmallIntegerField("posizione", editable=False)
    testo = models.TextField("testo dell'atto")

    class Meta:
        verbose_name = "parole dell'atto"
        verbose_name_plural = "parole dell'atto"
        ordering = ["posizione"]
        constraints = [models.UniqueConstraint(fields=["azione", "parte"], name="una_parte_dell_atto_per_azione")]

    def __str__(self):
        return f"{self.azione}, {self.get_parte_display()}"

    def save(self, *args, **kwargs):
        self.posizione = PARTI_DELL_ATTO.index(self.parte)
        super().save(*args, **kwargs)
