"""When a convention is in force: days in, states and reasons out. Pure, and today is an argument.

Every last day is included. A tacit renewal goes on year by year until someone withdraws.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOGLIE = (60, 30, 7)
"""How many days before the end who is concerned is reminded of it."""


class Stato(StrEnum):
    PROPOSTA = "proposta"
    FIRMATA = "firmata"
    ATTIVA = "attiva"
    SCADUTA = "scaduta"
    CESSATA = "cessata"


@dataclass(frozen=True)
class Vigenza:
    """All that says when a convention holds. `fine` is left out where there is none; `preavviso` is in days;
    `cessata_il` is the first day on which it no longer holds."""

    inizio: date
    fine: date | None = None
    tacito: bool = False
    preavviso: int = 0
    firmata_il: date | None = None
    cessata_il: date | None = None


def stato(vigenza: Vigenza, oggi: date) -> Stato:
    """Proposed until someone signs, signed until it begins, active until its end or until it is ended early."""
    if vigenza.cessata_il is not None and oggi >= vigenza.cessata_il:
        return Stato.CESSATA
    if vigenza.firmata_il is None or oggi < vigenza.firmata_il:
        return Stato.PROPOSTA
    if oggi < vigenza.inizio:
        return Stato.FIRMATA
    if vigenza.fine is not None and not vigenza.tacito and oggi > vigenza.fine:
        return Stato.SCADUTA
    return Stato.ATTIVA


def attiva_dal(vigenza: Vigenza) -> date | None:
    """The first day on which it holds; None while nobody has signed, or when it ended before it began."""
    if vigenza.firmata_il is None:
        return None
    primo = max(vigenza.inizio, vigenza.firmata_il)
    return primo if stato(vigenza, primo) == Stato.ATTIVA else None


def scadenza(vigenza: Vigenza, oggi: date) -> date | None:
    """The last day of the term that runs on `oggi`, or of the first one before it; None when it has no end.

    Tacitly renewed, the term ends on the same day of a following year; 29 February becomes 28.
    """
    if vigenza.fine is None or not vigenza.tacito or oggi <= vigenza.fine:
        return vigenza.fine
    quest_anno = _nell_anno(vigenza.fine, oggi.year)
    return quest_anno if oggi <= quest_anno else _nell_anno(vigenza.fine, oggi.year + 1)


def ultimo_giorno_di_disdetta(vigenza: Vigenza, oggi: date) -> date | None:
    """The last day on which a tacit renewal may still be stopped; None when there is nothing to stop."""
    fine = scadenza(vigenza, oggi)
    return fine - timedelta(days=vigenza.preavviso) if vigenza.tacito and fine is not None else None


def promemoria(vigenza: Vigenza, oggi: date) -> int | None:
    """The reminder that is due on `oggi`: the smallest of `SOGLIE` that has been reached; None when none is.

    Of a tacit renewal the day that matters is the last for withdrawing from it.
    """
    if stato(vigenza, oggi) != Stato.ATTIVA:
        return None
    quando = ultimo_giorno_di_disdetta(vigenza, oggi) if vigenza.tacito else vigenza.fine
    if quando is None or quando < oggi:
        return None
    return min((soglia for soglia in SOGLIE if (quando - oggi).days <= soglia), default=None)


def rinnovo(vigenza: Vigenza, oggi: date) -> tuple[date, date | None]:
    """First and last day of the term that follows, as long as the one before; without an end it begins today."""
    fine = scadenza(vigenza, oggi)
    if vigenza.fine is None or fine is None:
        return oggi, None
    return fine + timedelta(days=1), _stessa_durata(vigenza, fine)


def _stessa_durata(vigenza: Vigenza, fine: date) -> date:
    """The last day of a term as long as the first one, that begins after `fine`: in years if they are whole."""
    assert vigenza.fine is not None  # noqa: S101  (for the type; its caller has looked)
    primo, dopo = fine + timedelta(days=1), vigenza.fine + timedelta(days=1)
    anni = dopo.year - vigenza.inizio.year
    if _nell_anno(vigenza.inizio, dopo.year) == dopo:
        return _nell_anno(primo, primo.year + anni) - timedelta(days=1)
    return fine + (dopo - vigenza.inizio)


def da_confermare_dal(vigenza: Vigenza, risposta: date | None, oggi: date) -> date | None:
    """The day from which the partner is asked whether what it offers is still right: a year after its last answer, or
    after the convention began. None when it is not active, and when so little is left that the talk is of renewal.
    """
    inizio = attiva_dal(vigenza)
    if inizio is None or stato(vigenza, oggi) != Stato.ATTIVA:
        return None
    if not vigenza.tacito and vigenza.fine is not None and (vigenza.fine - oggi).days <= SOGLIE[0]:
        return None
    ultima = max(inizio, risposta) if risposta is not None else inizio
    return _nell_anno(ultima, ultima.year + 1)


def entro_l_anno(giorno: date, oggi: date) -> bool:
    """Whether what was said on `giorno` is not to be asked again on `oggi`: a year has not gone by."""
    return oggi < _nell_anno(giorno, giorno.year + 1)


def e_nuova(primo: date | None, oggi: date, giorni: int = 60) -> bool:
    """Whether it began to hold in the last `giorni` days."""
    return primo is not None and timedelta() <= oggi - primo <= timedelta(days=giorni)


def da_avvisare(soglia: int, fatte: Iterable[int]) -> bool:
    """Whether the reminder `soglia` is still to be sent: a nearer one makes those before it useless."""
    return all(soglia < fatta for fatta in fatte)


def _nell_anno(giorno: date, anno: int) -> date:
    try:
        return giorno.replace(year=anno)
    except ValueError:
        return giorno.replace(year=anno, day=28)
