"""Calendars as files (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, vText

from .caratteri import senza_controlli

ITALIA = "Europe/Rome"
_ORA_ITALIANA = f"""BEGIN:VTIMEZONE
TZID:{ITALIA}
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""
"""How the clocks go, for programs that do not know the zone; the library's own is an hour late in spring."""


@dataclass(frozen=True)
class Evento:
    """One event. `uid` is global and never changes; `cambiato` (aware) is when its facts last changed.

    With a date in `inizio` it lasts whole days, and `fine` is its last day, included; with an aware datetime `fine`
    is the moment when it ends. Without `fine` it is a single day, or a moment. `impegna`: it takes up the time of
    who goes there, as a deadline does not. `annullato` is said to who has it already, and so is what changed, by a
    `sequenza` that grows. `organizzatore` and `invitato` are e-mail addresses, of one invitation (RFC 5546).
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
    annullato: bool = False
    sequenza: int | None = None
    organizzatore: str = ""
    invitato: str = ""


def scrivi_ics(eventi: Iterable[Evento], nome: str, prodotto: str, metodo: str = "PUBLISH") -> bytes:
    """The calendar `nome`. The same events give the same bytes, on any day. `metodo` is what who gets it does of it:
    an invitation is a `REQUEST`, or a `CANCEL`."""
    eventi = list(eventi)
    calendario = Calendar()
    calendario.add("version", "2.0")
    calendario.add("prodid", f"-//{prodotto}//IT")
    calendario.add("calscale", "GREGORIAN")
    calendario.add("method", metodo)
    calendario.add("x-wr-calname", vText(senza_controlli(nome)))  # it has no type of its own: escaped as a text
    # a calendar must hold something (RFC 5545, 3.6): the zone, when there are no events
    if not eventi or any(_in_italia(evento.inizio) for evento in eventi):
        calendario.add_component(Timezone.from_ical(_ORA_ITALIANA))
    for evento in eventi:
        calendario.add_component(_componente(evento))
    return calendario.to_ical(sorted=False)


def _in_italia(istante: date | datetime) -> bool:
    return isinstance(istante, datetime) and getattr(istante.tzinfo, "key", "") == ITALIA


def _istante(quando: date | datetime) -> date | datetime:
    """An instant in the Italian zone stays there; of any other zone it is told in UTC."""
    return quando.astimezone(UTC) if isinstance(quando, datetime) and not _in_italia(quando) else quando


def _componente(evento: Evento) -> Event:
    componente = Event()
    componente.add("uid", evento.uid)
    componente.add("dtstamp", evento.cambiato)
    componente.add("last-modified", evento.cambiato)
    componente.add("summary", senza_controlli(evento.titolo))
    componente.add("dtstart", _istante(evento.inizio))
    if not isinstance(evento.inizio, datetime):
        componente.add("dtend", (evento.fine or evento.inizio) + timedelta(days=1))  # excluded, says the standard
    elif evento.fine is not None:
        componente.add("dtend", _istante(evento.fine))
    for campo, valore in (("description", evento.descrizione), ("location", evento.luogo), ("url", evento.url)):
        if valore:
            componente.add(campo, senza_controlli(valore))
    if evento.organizzatore:
        componente.add("organizer", f"mailto:{evento.organizzatore}")
    if evento.invitato:
        componente.add("attendee", f"mailto:{evento.invitato}")
    componente.add("transp", "OPAQUE" if evento.impegna and not evento.annullato else "TRANSPARENT")
    if evento.sequenza is not None:
        componente.add("sequence", evento.sequenza)
        componente.add("status", "CANCELLED" if evento.annullato else "CONFIRMED")
    return componente
