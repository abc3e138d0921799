"""Days that the District gives itself within a year, and who is reminded of them."""

import base64
import secrets

from django.conf import settings
from django.db import models

from base.percorsi import sotto
from organizzazioni.models import Organizzazione

from .pagine import AzionePage, azioni_di


class TermineInternoQuerySet(models.QuerySet):
    """Internal deadlines of actions, soonest first."""

    def aperti(self):
        return self.filter(fatto_il=None)

    def del_programma(self, programma):
        return self.filter(sotto([programma.path], "azione__path"))

    def visibili_a(self, utente):
        """Those that `utente` reads: all for who reads everything, else those of the actions of their bodies."""
        if not utente.is_active:
            return self.none()
        if utente.has_perm("organizzazioni.legge_tutto"):
            return self
        return self.filter(azione__in=azioni_di(Organizzazione.objects.di(utente)).order_by().values("pk"))


class TermineInterno(models.Model):
    """By when something of an action should be done, as the manager sets it: the act knows only the end of the year.

    Outside the revisions of the page: an approved action is locked, and its deadlines still move.
    """

    azione = models.ForeignKey(
        AzionePage, verbose_name="azione", on_delete=models.CASCADE, related_name="termini_interni"
    )
    giorno = models.DateField("entro il", help_text="Ultimo giorno utile")
    che_cosa = models.CharField("che cosa", max_length=200)
    fatto_il = models.DateField("fatto il", null=True, blank=True)
    cambiato_il = models.DateTimeField("cambiato il", auto_now=True)

    objects = TermineInternoQuerySet.as_manager()

    class Meta:
        verbose_name = "termine interno"
        verbose_name_plural = "termini interni"
        ordering = ["giorno", "pk"]

    def __str__(self):
        return f"{self.azione.codice} · {self.che_cosa}" if self.azione.codice else self.che_cosa


def nuova_chiave():
    """256 bits: an address that nobody guesses."""
    return secrets.token_urlsafe(32)


def nuova_chiave_di_posta():
    """120 bits in the letters and digits that any mail server carries, whatever it does of capital letters."""
    return base64.b32encode(secrets.token_bytes(15)).decode().lower()


class AvvisiPersonali(models.Model):
    """What one person wants to be told by, and their secret addresses: the weekly digest, the calendar of deadlines,
    the mailbox to which they send what they have in hand."""

    persona = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="avvisi")
    riassunto = models.BooleanField("riassunto della settimana per e-mail", default=True)
    riassunto_del = models.DateField("ultimo riassunto", null=True, blank=True, editable=False)
    chiave = models.CharField(max_length=43, unique=True, null=True, blank=True, editable=False)
    chiave_posta = models.CharField(max_length=24, unique=True, null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "avvisi di una persona"
        verbose_name_plural = "avvisi delle persone"

    def __str__(self):
        return str(self.persona)
