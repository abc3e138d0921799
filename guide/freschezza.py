"""When an entry is asked to be confirmed, and what happens while nobody answers. Days are dates, the day an argument.

| from the day it is due | what happens |
|---|---|
| 0, 14, 28 days | the organisation's people are written to |
| 42 days | the managers are told |
| 56 days | the public reads "da verificare" |
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

GIORNI = 180
"""How long an entry stays good when its needs do not say otherwise."""

SOLLECITI = 3
"""How many times the organisation is written to."""

OGNI = timedelta(days=14)
"""How long between a mail and the next."""

IN_PUBBLICO = OGNI * (SOLLECITI + 1)
"""After how long from the day it is due the public is told."""


class Passo(Enum):
    """What to do today about an entry that is due."""

    SOLLECITO = "sollecito"
    AL_MANAGER = "al manager"


def intervallo(bisogni: Iterable[tuple[int | None, int | None]]) -> int:
    """Days for which an entry under these needs stays good: the shortest of them.

    Each need is its own days and those of the need that it belongs to, where its own are not stated.
    """
    stabiliti = [proprio or del_padre for proprio, del_padre in bisogni]
    return min((giorni for giorni in stabiliti if giorni), default=GIORNI)


def scadenza(verificata: date | None, pubblicata: date, giorni: int) -> date:
    """The day on which it is due: at once, from publication, when nobody of the organisation ever verified it."""
    return verificata + timedelta(days=giorni) if verificata else pubblicata


def da_verificare_dal(scade_il: date) -> date:
    """The first day on which the public reads that nobody has verified the entry."""
    return scade_il + IN_PUBBLICO


def passo(scade_il: date, solleciti: int, ultimo: date | None, oggi: date, ha_persone: bool = True) -> Passo | None:
    """What to do on `oggi`, after `solleciti` mails of which the last on `ultimo`. Asked again the same day: nothing.

    An organisation without people cannot answer: the managers are told at once.
    """
    if oggi < scade_il or solleciti > SOLLECITI or (ultimo and oggi < ultimo + OGNI):
        return None
    return Passo.SOLLECITO if ha_persone and solleciti < SOLLECITI else Passo.AL_MANAGER
