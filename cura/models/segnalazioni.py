"""What people without an account tell us. Each app says what about."""

from django.conf import settings
from django.db import models

from .. import flusso_segnalazioni as flusso

PERSONA = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+"}


class SegnalazioneQuerySet(models.QuerySet):
    def aperte(self):
        """Those that nobody has closed yet."""
        return self.exclude(stato=SegnalazioneAstratta.Stato.RISOLTA)

    def coda(self, risolte=False):
        """Those that wait, the new ones first; or those closed, the last first."""
        if risolte:
            return self.filter(stato=SegnalazioneAstratta.Stato.RISOLTA).order_by("-risolta_il", "-pk")
        return self.aperte().order_by("-stato", "creata_il", "pk")


class SegnalazioneAstratta(models.Model):
    """A message to be dealt with, about an entry or about one that is not there yet.

    `nome`, `dove` and `contatti` are of what it is about. `email` is there only to answer, and is erased when it is
    closed. An app adds its `tipo`, whose values include those of `PROPOSTA` and `CORREZIONE`, the entry, in the field
    named by `legame`, and `bozza`, what was born of a proposal.
    """

    PROPOSTA, CORREZIONE = "proposta", "correzione"
    """What may become a draft; what whoever answers for the entry says, and may close."""
    legame = ""

    class Stato(models.TextChoices):
        NUOVA = flusso.NUOVA, flusso.ETICHETTE[flusso.NUOVA]
        IN_CARICO = flusso.IN_CARICO, flusso.ETICHETTE[flusso.IN_CARICO]
        RISOLTA = flusso.RISOLTA, flusso.ETICHETTE[flusso.RISOLTA]

    stato = models.CharField("stato", max_length=10, choices=Stato, default=Stato.NUOVA)
    nome = models.CharField("nome", max_length=160)
    dove = models.CharField("dove", max_length=160, blank=True)
    contatti = models.CharField("contatti", max_length=250, blank=True)
    testo = models.TextField("che cosa dice", max_length=2000)
    email = models.EmailField("e-mail di chi scrive", blank=True)
    creata_il = models.DateTimeField("arrivata il", auto_now_add=True)
    presa_da = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="in carico a", **PERSONA)
    risolta_il = models.DateTimeField("risolta il", null=True, blank=True)
    risposta = models.TextField("risposta", blank=True)

    objects = SegnalazioneQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-creata_il", "-pk"]

    def __str__(self):
        return f"{self.get_tipo_display()}: {self.nome}"

    @property
    def risolta(self):
        return self.stato == self.Stato.RISOLTA

    @classmethod
    def modello_curato(cls):
        """The page type that these messages are about."""
        return cls._meta.get_field(cls.legame).related_model

    @property
    def contenuto(self):
        """The entry that it is about, if there is one."""
        return getattr(self, self.legame)
