"""What people without an account tell us, from arrival to closing. Each app says what about, and who decides."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import Truncator
from wagtail.models import ModelLogEntry

PERSONA = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+"}


class PassaggioImpossibile(Exception):
    """It is no longer in a state that allows it; the text is for the user."""


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
    """A message to be dealt with. `email` is there only to answer, and is erased when it is closed."""

    class Stato(models.TextChoices):
        NUOVA = "nuova", "Nuova"
        IN_CARICO = "in_carico", "In carico"
        RISOLTA = "risolta", "Risolta"

    stato = models.CharField("stato", max_length=10, choices=Stato, default=Stato.NUOVA)
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

    @property
    def risolta(self):
        return self.stato == self.Stato.RISOLTA


# The passages: the apps' own `operazioni` lock the row, ask who may, log, and write to people.


def in_carico(segnalazione, utente):
    """`utente` takes care of it; from someone else too."""
    _non_risolta(segnalazione)
    segnalazione.stato, segnalazione.presa_da = segnalazione.Stato.IN_CARICO, utente
    segnalazione.save(update_fields=["stato", "presa_da"])


def chiudi(segnalazione, utente, risposta=""):
    """Close it and erase the address; the address to which `risposta` is to be sent, empty when there is none."""
    _non_risolta(segnalazione)
    risposta, email = risposta.strip(), segnalazione.email
    if risposta and not email:
        raise PassaggioImpossibile("Chi ha scritto non ha lasciato un'e-mail: non possiamo rispondere")
    segnalazione.stato, segnalazione.email, segnalazione.risposta = segnalazione.Stato.RISOLTA, "", risposta
    segnalazione.presa_da, segnalazione.risolta_il = segnalazione.presa_da or utente, timezone.now()
    segnalazione.save()
    return email if risposta else ""


def riapri(segnalazione, utente):
    """Back in charge of `utente`: it was closed too soon."""
    if not segnalazione.risolta:
        raise PassaggioImpossibile("Questa segnalazione non è risolta")
    segnalazione.stato, segnalazione.presa_da, segnalazione.risolta_il = segnalazione.Stato.IN_CARICO, utente, None
    segnalazione.save(update_fields=["stato", "presa_da", "risolta_il"])


def campi_della_bozza(proposta):
    """What the draft of a page that was proposed begins with: its title, and the words of who wrote, made harmless."""
    paragrafi = [
        proposta.testo,
        *(f"{nome}: {valore}" for nome, valore in (("Dove", proposta.dove), ("Contatti", proposta.contatti)) if valore),
    ]
    return {
        "title": proposta.nome,
        "live": False,
        "sommario": Truncator(" ".join(proposta.testo.split())).chars(160),
        "testo": "".join(f"<p>{escape(paragrafo)}</p>" for paragrafo in paragrafi),
    }


def in_bozza(proposta, utente, bozza):
    """`bozza` was born of it, which is now in charge of `utente`."""
    proposta.bozza = bozza
    proposta.save(update_fields=["bozza"])
    in_carico(proposta, utente)


def storia(segnalazione):
    """What was done with it, by whom and when, from the log; oldest first."""
    return ModelLogEntry.objects.for_instance(segnalazione).select_related("user").order_by("timestamp", "pk")


def _non_risolta(segnalazione):
    if segnalazione.risolta:
        raise PassaggioImpossibile("Questa segnalazione è già risolta")
