"""When an entry is asked to be confirmed, and what happens while nobody answers. Days are dates, the day an argument.

| from the day it is due | what happens |
|---|---|
| 0, 14, 28 days | the organisation's people are written to |
| 42 days | the managers are told |
| 56 days | the public reads "da verificare" |
"""

from collections.abc import Iterable
from datetime import date, timedelta

GIORNI = 180
"""How long an entry stays good when its needs do not say otherwise."""


def intervallo(bisogni: Iterable[tuple[int | None, int | None]]) -> int:
    """Days for which an entry under these needs stays good: the shortest of them.

    Each need is its own days and those of the need that it belongs to, where its own are not stated.
    """
    stabiliti = [proprio or del_padre for proprio, del_padre in bisogni]
    return min((giorni for giorni in stabiliti if giorni), default=GIORNI)


def scadenza(verificata: date | None, pubblicata: date, giorni: int) -> date:
    """The day on which it is due: at once, from publication, when nobody of the organisation ever verified it."""
    return verificata + timedelta(days=giorni) if verificata else pubblicata
