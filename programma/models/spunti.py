"""What one has in hand before it is a draft: a mail that was sent on, files that a phone shared."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..indizi import Indizi
from .evidenze import Evidenza, archivio_allegati, percorso_allegato


class SpuntoQuerySet(models.QuerySet):
    def aperti_di(self, persona):
        """What `persona` has in hand and is no draft yet, last first."""
        return self.filter(persona=persona, usato_il=None).order_by("-pk")


class Spunto(models.Model):
    """Words and files of one person, seen by them alone until they make a draft of it. Then only that it came stays,
    so that the same mail makes one draft, until it is forgotten (`operazioni.dimentica_spunti`)."""

    chiave = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    persona = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="spunti")
    lettera = models.CharField("impronta della mail", max_length=64, blank=True)
    titolo = models.CharField("titolo", max_length=200, blank=True)
    testo = models.TextField("testo", blank=True)
    link = models.JSONField("link", default=list, blank=True)
    data = models.DateField("data del fatto", null=True, blank=True)
    tipo = models.CharField("tipo di fatto", max_length=20, blank=True)
    rifiuti = models.JSONField("file non presi, e perché", default=list, blank=True)
    creato_il = models.DateTimeField("creato il", auto_now_add=True)
    usato_il = models.DateTimeField("usato il", null=True, blank=True)
    evidenza = models.ForeignKey(Evidenza, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = SpuntoQuerySet.as_manager()

    class Meta:
        verbose_name = "spunto"
        verbose_name_plural = "spunti"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["persona", "lettera"], condition=~Q(lettera=""), name="una_lettera_uno_spunto"
            )
        ]

    def __str__(self):
        return self.titolo or "Senza titolo"

    @property
    def indizi(self):
        """What it tells of a fact."""
        return Indizi(self.titolo, self.testo, tuple(self.link), self.data, self.tipo)


class FileDiSpunto(models.Model):
    """A file that came with it, already judged by `base.allegati`, on the private storage: no view serves it."""

    spunto = models.ForeignKey(Spunto, on_delete=models.CASCADE, related_name="file")
    file = models.FileField(upload_to=percorso_allegato, storage=archivio_allegati, max_length=120)
    nome = models.CharField("nome", max_length=200)
    tipo = models.CharField("tipo", max_length=100)
    dimensione = models.PositiveIntegerField("dimensione in byte")

    class Meta:
        verbose_name = "file di uno spunto"
        verbose_name_plural = "file degli spunti"
        ordering = ["pk"]

    def __str__(self):
        return self.nome
