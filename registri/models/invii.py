"""The list of members each time that it was sent."""

from django.conf import settings
from django.db import models

from base.archivio import archivio_privato
from base.solo_aggiunte import SoloAggiunte


class InvioElenco(SoloAggiunte):
    """The list of members as it stood on a day, sent to who asks for it: the rows, the files, their SHA-256."""

    al = models.DateField("elenco al")
    righe = models.JSONField("righe")
    destinatari = models.JSONField("destinatari")
    nota = models.CharField("nota", max_length=300, blank=True)
    inviato_il = models.DateTimeField("inviato il")
    inviato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="inviato da", on_delete=models.PROTECT, related_name="+"
    )
    csv = models.FileField(upload_to="elenchi/", storage=archivio_privato, max_length=200)
    csv_sha256 = models.CharField(max_length=64)
    xlsx = models.FileField(upload_to="elenchi/", storage=archivio_privato, max_length=200)
    xlsx_sha256 = models.CharField(max_length=64)
    pdf = models.FileField(upload_to="elenchi/", storage=archivio_privato, max_length=200)
    pdf_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "invio dell'elenco degli aderenti"
        verbose_name_plural = "invii dell'elenco degli aderenti"
        ordering = ["-inviato_il", "-pk"]

    def __str__(self):
        return f"Elenco degli aderenti al {self.al:%d/%m/%Y}"
