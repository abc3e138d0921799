"""The packages that were asked for: what each holds, who asked, how far it is."""

from django.conf import settings
from django.db import models

from base.archivio import archivio_privato
from programma.models import ProgrammaPage


class Pacchetto(models.Model):
    """The files of a year for the agency, made by the worker: whole when it is ready, and never changed after.

    `indice` are the rows of its index; `fatte` of `tutte` the evidences put in so far.
    """

    class Stato(models.TextChoices):
        IN_PREPARAZIONE = "in_preparazione", "in preparazione"
        PRONTO = "pronto", "pronto"
        NON_RIUSCITO = "non_riuscito", "non riuscito"

    programma = models.ForeignKey(ProgrammaPage, on_delete=models.PROTECT, related_name="pacchetti")
    al = models.DateField("situazione al")
    stato = models.CharField("stato", max_length=15, choices=Stato, default=Stato.IN_PREPARAZIONE)
    errore = models.TextField("perché non è riuscito", blank=True)
    fatte = models.PositiveIntegerField("evidenze messe", default=0)
    tutte = models.PositiveIntegerField("evidenze", default=0)
    chiesto_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="chiesto da", on_delete=models.PROTECT, related_name="+"
    )
    chiesto_il = models.DateTimeField("chiesto il", auto_now_add=True)
    pronto_il = models.DateTimeField("pronto il", null=True, blank=True)
    file = models.FileField(upload_to="pacchetti/", storage=archivio_privato, max_length=200, blank=True)
    dimensione = models.PositiveBigIntegerField("dimensione in byte", default=0)
    sha256 = models.CharField("impronta", max_length=64, blank=True)
    indice = models.JSONField("indice", default=list)

    class Meta:
        verbose_name = "pacchetto"
        verbose_name_plural = "pacchetti"
        ordering = ["-chiesto_il", "-pk"]

    def __str__(self):
        return f"Pacchetto {self.programma.anno} al {self.al:%d/%m/%Y}"

    @property
    def pronto(self):
        return self.stato == self.Stato.PRONTO

    @property
    def nome_del_file(self):
        return f"pacchetto-{self.programma.anno}-al-{self.al.isoformat()}.zip"

    @property
    def che_nominano_persone(self):
        """Paths of the files that may name persons: reports, lists, proofs of evidence that says who was there."""
        return [
            *(riga["percorso"] for riga in self.indice if riga["sha256"] and self._nomina_persone(riga)),
            *(("indice.csv", "indice.html") if self.indice else ()),
        ]

    def _nomina_persone(self, riga):
        return riga["persone_coinvolte"] or riga["percorso"].startswith(("relazione-", "evidenze-", "definitivi/"))
