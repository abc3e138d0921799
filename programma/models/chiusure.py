"""What a programme said when it was closed, kept for ever."""

import hashlib

from django.conf import settings
from django.db import models

from base.solo_aggiunte import SoloAggiunte

from .pagine import ProgrammaPage


class Chiusura(SoloAggiunte):
    """One closing: score, inputs, members, marks and criteria as one JSON text, with its SHA-256. Never changed.

    A programme that was opened again and closed again has one for each closing.
    """

    programma = models.ForeignKey(ProgrammaPage, on_delete=models.PROTECT, related_name="chiusure")
    chiuso_il = models.DateTimeField("chiuso il")
    chiuso_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="chiuso da", null=True, on_delete=models.PROTECT, related_name="+"
    )
    regole = models.CharField("versione delle regole", max_length=20)
    contenuto = models.TextField("contenuto")
    sha256 = models.CharField("impronta", max_length=64)

    class Meta:
        verbose_name = "chiusura"
        verbose_name_plural = "chiusure"
        ordering = ["-chiuso_il", "-pk"]

    def __str__(self):
        return f"Programma {self.programma.anno}, chiusura n. {self.pk}"

    @staticmethod
    def impronta(contenuto: str) -> str:
        return hashlib.sha256(contenuto.encode()).hexdigest()

    @property
    def intatta(self) -> bool:
        """Whether the text is the one that was kept."""
        return self.impronta(self.contenuto) == self.sha256
