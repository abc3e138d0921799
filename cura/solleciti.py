"""When someone is asked for something, asked again, and no more. Pure: days are dates, the day an argument."""

from datetime import date, timedelta
from enum import Enum

SOLLECITI = 3
"""How many times who should answer is written to."""

OGNI = timedelta(days=14)
"""How long between a mail and the next."""


IN_PUBBLICO = OGNI * (SOLLECITI + 1)
"""After how long from the day it is due the public is told."""

IN_DUBBIO = 0.92
"""What the points of an entry are multiplied by in a search from that day on."""


class Passo(Enum):
    """What to do today about something that is due."""

    SOLLECITO = "sollecito"
    AL_MANAGER = "al manager"


def da_verificare_dal(dal: date) -> date:
    """The first day on which the public reads that nobody confirms what is due since `dal`."""
    return dal + IN_PUBBLICO


def passo(dal: date, solleciti: int, ultimo: date | None, oggi: date, ha_persone: bool = True) -> Passo | None:
    """What to do on `oggi` about what is due since `dal`, after `solleciti` mails of which the last on `ultimo`.

    Asked again the same day: nothing. Where nobody can answer the managers are told at once; told once, it is over.
    """
    if oggi < dal or solleciti > SOLLECITI or (ultimo and oggi < ultimo + OGNI):
        return None
    return Passo.SOLLECITO if ha_persone and solleciti < SOLLECITI else Passo.AL_MANAGER
