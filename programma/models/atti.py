"""The acts by which a programme becomes one: each step of its path, with its file."""

import secrets

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse

from base.formati.nomi_di_file import dentro_la_firma

from .pagine import ProgrammaPage


def archivio_degli_atti():
    """The private storage: a signed act names who signed it."""
    return storages["allegati"]


def percorso_dell_atto(atto, nome):
    return f"programmi/{secrets.token_urlsafe(24)}"


class AttoDelProgramma(models.Model):
    """The file of one step: the deliberation of the lead body, the transmission, the determination of the agency.

    Organ, number and day of each step are the programme's own fields. `sha256` is of the file as it was received.
    """

    class Passo(models.TextChoices):
        DELIBERA = "delibera", "Delibera dell'ente capofila"
        TRASMISSIONE = "trasmissione", "Trasmissione all'Agenzia"
        DETERMINAZIONE = "determinazione", "Atto di approvazione"

    programma = models.ForeignKey(ProgrammaPage, on_delete=models.CASCADE, related_name="file_degli_atti")
    passo = models.CharField("passo", max_length=15, choices=Passo)
    file = models.FileField("file", upload_to=percorso_dell_atto, storage=archivio_degli_atti, max_length=120)
    nome = models.CharField("nome", max_length=200)
    tipo = models.CharField("tipo", max_length=100)
    dimensione = models.PositiveIntegerField("dimensione in byte")
    sha256 = models.CharField("impronta", max_length=64)
    caricato_da = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    caricato_il = models.DateTimeField("caricato il", auto_now_add=True)

    class Meta:
        verbose_name = "file di un atto"
        verbose_name_plural = "file degli atti"
        ordering = ["caricato_il", "pk"]

    def __str__(self):
        return self.nome

    def get_absolute_url(self):
        return reverse("programma:atto", args=[self.programma_id, self.pk])

    @property
    def firmato(self):
        """The name of the file inside a signed envelope, which is never opened; nothing of any other."""
        return dentro_la_firma(self.nome)
