"""The read side of the care of conventions: what waits for whom."""

from wagtail.models import ModelLogEntry

from ..models import Segnalazione
from ..permissions import puo_gestire, segnalazioni_visibili_a
from ..selettori import registro
from ..validita import SOGLIE


def coda(utente, risolte=False):
    """The messages that `utente` reads: those that wait, the new ones first; or those closed, the last first."""
    segnalazioni = segnalazioni_visibili_a(utente).select_related("convenzione", "presa_da")
    if risolte:
        return segnalazioni.filter(stato=Segnalazione.Stato.RISOLTA).order_by("-risolta_il", "-pk")
    return segnalazioni.aperte().order_by("-stato", "creata_il", "pk")


def da_fare_di(utente):
    """For a home: messages that wait, and conventions to be decided within the first reminder.

    Of one's organisations; of all of them for a manager.
    """
    if not puo_gestire(utente):
        return {}
    return {"segnalazioni": list(coda(utente)), "in_scadenza": registro(utente, entro=SOGLIE[0])}


def storia(segnalazione):
    """What was done with a message, by whom and when, from the log; oldest first."""
    return ModelLogEntry.objects.for_instance(segnalazione).select_related("user").order_by("timestamp", "pk")
