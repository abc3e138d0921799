"""What a line of the calendar shows, be it a planned piece or a page. Knows neither Django nor Wagtail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ..quando import Quando

PUBBLICATO, PROGRAMMATO, ANNULLATO = "pubblicato", "programmato", "annullato"
FATTI = {PUBBLICATO, PROGRAMMATO, ANNULLATO}
"""States of what nobody has to do any more."""


@dataclass(frozen=True)
class Voce:
    """A planned piece (`pezzo` is its key), or what came by itself: a page, a newsletter.

    `uid` is global and never changes; `sequenza` grows with each change.
    """

    uid: str
    titolo: str
    giorno: date
    canale: str
    nome_canale: str
    stato: str
    nome_stato: str
    organizzazione: str
    url: str
    cambiato: datetime
    sequenza: int
    zona: ZoneInfo
    responsabile: str = ""
    azione: str = ""
    criterio: str = ""
    dove: str = ""
    pezzo: int | None = None

    @property
    def quando(self) -> Quando:
        return Quando(self.giorno, self.zona)

    @property
    def da_fare(self) -> bool:
        return self.stato not in FATTI

    @property
    def spostabile(self) -> bool:
        return self.pezzo is not None and self.da_fare

    def in_ritardo(self, oggi: date) -> bool:
        return self.da_fare and self.giorno < oggi


def in_ordine(voci: Iterable[Voce]) -> list[Voce]:
    return sorted(voci, key=lambda voce: (voce.giorno, voce.canale, voce.titolo, voce.uid))
