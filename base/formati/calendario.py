"""Calendars as files (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vText


@dataclass(frozen=True)
class Evento:
    """One event. `uid` is global and never changes; `cambiato` (aware) is when its facts last changed.

    With a date in `inizio` it lasts whole days, and `fine` is its last day, included; with an aware datetime `fine`
    is the moment when it ends. Without `fine` it is a single day, or a moment. `impegna`: it takes up the time of
    who goes there, as a deadline does not.
    """

    uid: str
    titolo: str
    inizio: date | datetime
    cambiato: datetime
    fine: date | datetime | None = None
    descrizione: str = ""
    luogo: str = ""
    url: str = ""
    impegna: bool = True


def scrivi_ics(eventi: Iterable[Evento], nome: str, prodotto: str) -> bytes:
    """The calendar `nome`. The same events give the same bytes, on any day."""
    calendario = Calendar()
    calendario.add("version", "2.0")
    calendario.add("prodid", f"-//{prodotto}//IT")
    calendario.add("calscale", "GREGORIAN")
    calendario.add("method", "PUBLISH")
    calendario.add("x-wr-calname", vText(nome))  # it has no type of its own: escaped as a text
    for evento in eventi:
        calendario.add_component(_componente(evento))
    return calendario.to_ical(sorted=False)


def _componente(evento: Evento) -> Event:
    componente = Event()
    componente.add("uid", evento.uid)
    componente.add("dtstamp", evento.cambiato)
    componente.add("last-modified", evento.cambiato)
    componente.add("summary", evento.titolo)
    componente.add("dtstart", evento.inizio)
    if not isinstance(evento.inizio, datetime):
        componente.add("dtend", (evento.fine or evento.inizio) + timedelta(days=1))  # excluded, says the standard
    elif evento.fine is not None:
        componente.add("dtend", evento.fine)
    for campo, valore in (("description", evento.descrizione), ("location", evento.luogo), ("url", evento.url)):
        if valore:
            componente.add(campo, valore)
    componente.add("transp", "OPAQUE" if evento.impegna else "TRANSPARENT")
    return componente
