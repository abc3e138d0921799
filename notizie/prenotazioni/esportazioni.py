"""Who booked an event as a file: for the spreadsheet, and as a sheet to be signed at the door."""

from collections.abc import Callable, Iterable

from django.utils import timezone

from base import firme
from base.formati import tabelle
from organizzazioni.models import Distretto

from ..models import EventoPage, Prenotazione

COLONNE = ("Nome e cognome", "E-mail", "Organizzazione", "Stato", "Confermata il")


def righe(prenotati: Iterable[Prenotazione]) -> list[tuple[tabelle.Valore, ...]]:
    return [
        (una.nome, una.email, una.ente, una.get_stato_display(), timezone.localtime(una.confermata_il))
        for una in prenotati
    ]


def in_csv(evento: EventoPage, prenotati: Iterable[Prenotazione]) -> bytes:
    return tabelle.csv_per_excel(COLONNE, righe(prenotati))


def in_xlsx(evento: EventoPage, prenotati: Iterable[Prenotazione]) -> bytes:
    return tabelle.xlsx("Prenotazioni", COLONNE, righe(prenotati))


def foglio_firme(evento: EventoPage, prenotati: Iterable[Prenotazione]) -> bytes:
    """Who has a place, by name, and lines for who comes besides. Raises `base.stampa.StampaNonDisponibile`."""
    certi = sorted((una for una in prenotati if una.stato == una.Stato.CONFERMATA), key=_per_nome)
    dove = ", ".join(filter(None, (evento.luogo, str(evento.comune or ""))))
    attesi = [(una.nome, una.ente, "") for una in certi]
    return firme.foglio_firme(evento.title, str(evento.quando), dove, attesi, str(Distretto.objects.first() or ""))


def _per_nome(una):
    return una.nome.casefold()


FORMATI: dict[str, tuple[str, Callable[[EventoPage, Iterable[Prenotazione]], bytes]]] = {
    "csv": (tabelle.TIPO_CSV, in_csv),
    "xlsx": (tabelle.TIPO_XLSX, in_xlsx),
    "pdf": ("application/pdf", foglio_firme),
}
