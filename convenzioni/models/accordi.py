"""The agreement signed and what follows from it, outside of revisions."""

import secrets

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils import timezone

from base.formati.nomi_di_file import dentro_la_firma
from cura.models import SollecitiAstratti

from .convenzioni import ConvenzionePage


def archivio_atti():
    """The private storage: outside of what the web server serves, served by one view only."""
    return storages["allegati"]


def percorso_atto(accordo, nome):
    return f"convenzioni/{secrets.token_urlsafe(24)}"


class Accordo(SollecitiAstratti):
    """The signed act and what became of it. Outside of revisions: publishing the page never changes its state.

    `risposto_il` is when the partner last answered whether its offer is still right, `confermata_il` when it said yes;
    `solleciti` counts the mails since that nobody answered.
    """

    convenzione = models.OneToOneField(ConvenzionePage, on_delete=models.CASCADE, related_name="accordo")
    firmata_il = models.DateField("firmata il", null=True, blank=True)
    firmata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="firma registrata da",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    protocollo = models.CharField("protocollo", max_length=60, blank=True)
    firmatari = models.TextField("chi ha firmato", blank=True, max_length=400)
    chiave = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    file = models.FileField("atto firmato", upload_to=percorso_atto, storage=archivio_atti, max_length=120, blank=True)
    nome = models.CharField("nome del file", max_length=200, blank=True, editable=False)
    tipo = models.CharField(max_length=100, blank=True, editable=False)
    cessata_il = models.DateField("cessata dal", null=True, blank=True)
    motivo = models.CharField("motivo", max_length=200, blank=True)
    email_partner = models.EmailField("e-mail del partner", blank=True)
    confermata_il = models.DateTimeField("confermata il", null=True, blank=True)
    risposto_il = models.DateTimeField("risposto il", null=True, blank=True)

    class Meta:
        verbose_name = "accordo"
        verbose_name_plural = "accordi"

    def __str__(self):
        return self.protocollo or f"accordo di {self.convenzione}"

    def get_absolute_url(self):
        return reverse("convenzioni:atto", args=[self.chiave])

    @property
    def firmato(self):
        """The name of the file inside a signed act, which is never opened; nothing of any other."""
        return dentro_la_firma(self.nome)

    @property
    def a_chi_chiedere(self):
        """The address at which the partner is asked to confirm: its private one, or the one that the public reads."""
        return self.email_partner or self.convenzione.email

    @property
    def stato_del_collegamento(self):
        """What a link to confirm depends on: any answer, or another address, makes the links sent before useless."""
        return f"{self.risposto_il.isoformat() if self.risposto_il else 'mai'} {self.a_chi_chiedere}"

    @property
    def giorno_della_risposta(self):
        return timezone.localdate(self.risposto_il) if self.risposto_il else None

    @property
    def giorno_della_conferma(self):
        """When the partner said that it is right, unless it has asked for a correction since."""
        confermata = self.confermata_il if self.confermata_il == self.risposto_il else None
        return timezone.localdate(confermata) if confermata else None


class Promemoria(models.Model):
    """A reminder that was sent: of which end, how many days before. It is sent once."""

    convenzione = models.ForeignKey(ConvenzionePage, on_delete=models.CASCADE, related_name="promemoria")
    scadenza = models.DateField()
    soglia = models.PositiveSmallIntegerField()
    mandato_il = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "promemoria"
        verbose_name_plural = "promemoria"
        constraints = [
            models.UniqueConstraint(fields=["convenzione", "scadenza", "soglia"], name="promemoria_una_volta"),
        ]

    def __str__(self):
        return f"{self.convenzione_id}: {self.soglia} giorni prima del {self.scadenza}"
