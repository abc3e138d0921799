"""A month of a calendar: its weeks, its days, what is on each. Knows neither Django nor Wagtail."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from base.tempo import MESI, PRIMO_ANNO, ULTIMO_ANNO

from .quando import GIORNI, Quando

LUNGO = 7
"""What lasts more days than these is said once above the table, and not on each of its days."""


class ConQuando(Protocol):
    @property
    def quando(self) -> Quando: ...


@dataclass(frozen=True)
class Giornata:
    """A day of the table; `giorno` is None outside of the month."""

    giorno: date | None
    eventi: list[ConQuando] = field(default_factory=list)


@dataclass(frozen=True, order=True)
class Mese:
    anno: int
    mese: int

    giorni_della_settimana = GIORNI

    @classmethod
    def da_testo(cls, testo: str) -> "Mese | None":
        """Of "2025-12"; None when it is no month between 1970 and 2099."""
        anno, _, mese = testo.partition("-")
        if len(testo) != 7 or not (anno.isascii() and anno.isdecimal() and mese.isascii() and mese.isdecimal()):
            return None
        return cls(int(anno), int(mese)) if PRIMO_ANNO <= int(anno) <= ULTIMO_ANNO and 1 <= int(mese) <= 12 else None

    @classmethod
    def di(cls, giorno: date) -> "Mese":
        return cls(giorno.year, giorno.month)

    def __str__(self) -> str:
        return f"{MESI[self.mese - 1]} {self.anno}"

    @property
    def chiave(self) -> str:
        return f"{self.anno:04d}-{self.mese:02d}"

    @property
    def primo(self) -> date:
        return date(self.anno, self.mese, 1)

    @property
    def ultimo(self) -> date:
        return date(self.anno, self.mese, calendar.monthrange(self.anno, self.mese)[1])

    @property
    def prima(self) -> "Mese":
        return Mese.di(self.primo - timedelta(days=1))

    @property
    def dopo(self) -> "Mese":
        return Mese.di(self.ultimo + timedelta(days=1))

    def lunghi(self, eventi: Sequence[ConQuando]) -> list[ConQuando]:
        return [evento for evento in eventi if _dura(evento.quando) > LUNGO]

    def settimane(self, eventi: Sequence[ConQuando]) -> list[list[Giornata]]:
        """Rows of seven days from Monday, each with its events in the order given."""
        per_giorno: dict[date, list[ConQuando]] = {}
        for evento in eventi:
            if _dura(evento.quando) <= LUNGO:
                for giorno in evento.quando.giorni(self.primo, self.ultimo):
                    per_giorno.setdefault(giorno, []).append(evento)
        return [
            [Giornata(g, per_giorno.get(g, [])) if g.month == self.mese else Giornata(None) for g in settimana]
            for settimana in calendar.Calendar().monthdatescalendar(self.anno, self.mese)
        ]


def _dura(quando: Quando) -> int:
    return (quando.fine - quando.giorno).days + 1
