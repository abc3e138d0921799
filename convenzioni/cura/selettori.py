"""The read side of the care of conventions: what waits for whom."""

from cura.permissions import puo_decidere_ritiri, segnalazioni_visibili_a, tiene_qualcosa
from organizzazioni.models import Utente

from ..models import RichiestaDiRitiro, Segnalazione
from ..selettori import registro
from ..validita import SOGLIE


def da_fare_di(utente: Utente) -> dict:
    """For a home: messages that wait, and conventions to be decided within the first reminder.

    Of one's organisations; of all of them for a manager.
    """
    if not tiene_qualcosa(utente):
        return {}
    segnalazioni = segnalazioni_visibili_a(utente, Segnalazione).select_related("convenzione", "presa_da").coda()
    return {
        "segnalazioni": list(segnalazioni),
        "in_scadenza": registro(utente, entro=SOGLIE[0]),
        "ritiri": ritiri_da_decidere(utente),
    }


def ritiri_da_decidere(utente: Utente) -> int:
    """How many conventions wait for `utente` to say whether they are taken off."""
    return RichiestaDiRitiro.objects.aperte().count() if puo_decidere_ritiri(utente) else 0
