"""What whoever is invited to a meeting is told, each with the meeting for their calendar and nobody else's address."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from base.formati.calendario import Evento, scrivi_ics
from base.posta import Esterno, spedisci_dopo
from organizzazioni.models import Distretto

from ..models import Partecipante, Riunione

MODELLO = "registri/email/riunione"
REQUEST, CANCEL = "REQUEST", "CANCEL"


def convocata(riunione: Riunione, invitati: Iterable[Partecipante]) -> None:
    """They are invited."""
    _scrivi(riunione, invitati, "Convocazione", "convocata", REQUEST)


def cambiata(riunione: Riunione) -> None:
    """Day, hour, place, subject or agenda are others: whoever was invited is told."""
    _scrivi(riunione, _invitati(riunione), "È cambiata la riunione", "cambiata", REQUEST)


def annullata(riunione: Riunione, motivo: str) -> None:
    """It will not be held."""
    _scrivi(riunione, _invitati(riunione), "Annullata la riunione", "annullata", CANCEL, motivo)


def tolti(riunione: Riunione, via: Iterable[Partecipante]) -> None:
    """They are not invited any more: it goes off their calendar."""
    _scrivi(riunione, via, "Non serve più che tu venga", "tolto", CANCEL)


def _invitati(riunione: Riunione) -> list[Partecipante]:
    return list(riunione.partecipanti.filter(invitato=True))


def _scrivi(riunione, persone, oggetto, che_cosa, metodo, motivo=""):
    distretto = Distretto.objects.first()
    contesto = {"riunione": riunione, "che_cosa": che_cosa, "motivo": motivo, "distretto": distretto}
    for uno in {uno.email: uno for uno in persone if uno.email}.values():
        ics = invito(riunione, uno.email, metodo, distretto)
        allegato = ("riunione.ics", ics, f"text/calendar; method={metodo}")
        oggetto_suo = f"{oggetto}: {riunione.titolo}, {riunione.giorno:%d/%m/%Y}"
        spedisci_dopo([Esterno(uno.email)], MODELLO, oggetto_suo, {**contesto, "nome": uno.nome}, [allegato])


def invito(riunione: Riunione, email: str, metodo: str, distretto: Distretto | None) -> bytes:
    """The meeting as an invitation for one person."""
    nome = distretto.denominazione if distretto else settings.WAGTAIL_SITE_NAME
    organizza = (distretto.email if distretto else "") or settings.DEFAULT_FROM_EMAIL
    evento = in_calendario(riunione, organizza, email, annullato=metodo == CANCEL)
    return scrivi_ics([evento], nome, settings.WAGTAIL_SITE_NAME, metodo)


def in_calendario(riunione: Riunione, organizza: str = "", email: str = "", annullato: bool = False) -> Evento:
    """The meeting as an event; its name in calendars is the same wherever it is read."""
    dominio = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    return Evento(
        uid=f"riunione-{riunione.chiave}@{dominio}",
        titolo=riunione.titolo,
        inizio=riunione.inizio,
        fine=riunione.fine,
        cambiato=timezone.now(),
        descrizione=riunione.ordine_del_giorno,
        luogo=riunione.dove,
        annullato=annullato,
        sequenza=riunione.sequenza,
        organizzatore=organizza,
        invitato=email,
    )
