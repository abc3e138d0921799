"""When an event is: days, hours, the zone in which they are told. Knows neither Django nor Wagtail."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from base.tempo import giorno_in_parole

GIORNI = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")


def esiste(giorno: date, ora: time, zona: ZoneInfo) -> bool:
    """False for the hour that the clocks skip in spring."""
    locale = datetime.combine(giorno, ora, zona)
    return locale.astimezone(UTC).astimezone(zona).replace(tzinfo=None) == locale.replace(tzinfo=None)


@dataclass(frozen=True)
class Quando:
    """From `giorno` to `ultimo` (included; None: the same day), from `dalle` to `alle` on the clock of `zona`.

    Without `dalle` it lasts whole days. Of several days with hours, it begins at `dalle` of the first and ends at
    `alle` of the last.
    """

    giorno: date
    zona: ZoneInfo
    ultimo: date | None = None
    dalle: time | None = None
    alle: time | None = None

    @property
    def fine(self) -> date:
        return self.ultimo or self.giorno

    @property
    def tutto_il_giorno(self) -> bool:
        return self.dalle is None

    @property
    def inizio(self) -> date | datetime:
        """The first day, or the instant when it begins."""
        return self.giorno if self.dalle is None else datetime.combine(self.giorno, self.dalle, self.zona)

    @property
    def termine(self) -> date | datetime | None:
        """The last day (included), or the instant when it ends; None if nobody said."""
        if self.dalle is None:
            return self.fine
        if self.alle is not None:
            return datetime.combine(self.fine, self.alle, self.zona)
        return None

    def finito(self, adesso: datetime) -> bool:
        """Whether it is over at `adesso` (aware); what has no hour of end lasts until midnight."""
        mezzanotte = datetime.combine(self.fine + timedelta(days=1), time(), self.zona)
        fine = datetime.combine(self.fine, self.alle, self.zona) if self.alle else mezzanotte
        return adesso >= fine

    def giorni(self, dal: date, al: date) -> list[date]:
        """Its days between `dal` and `al`, included."""
        primo, ultimo = max(self.giorno, dal), min(self.fine, al)
        return [primo + timedelta(days=n) for n in range((ultimo - primo).days + 1)]

    def __str__(self) -> str:
        """ "sabato 6 dicembre 2025, dalle 17:00 alle 19:00"; "dal 3 al 20 ottobre 2025"."""
        ore = self._ore()
        if self.fine == self.giorno:
            detto = f"{GIORNI[self.giorno.weekday()]} {giorno_in_parole(self.giorno)}"
            return f"{detto}, {ore}" if ore else detto
        stesso_mese = (self.giorno.year, self.giorno.month) == (self.fine.year, self.fine.month)
        dal = giorno_in_parole(self.giorno, con_anno=self.giorno.year != self.fine.year, dopo="dal")
        if stesso_mese:
            dal = dal.rsplit(" ", 1)[0]
        detto = f"{dal} {giorno_in_parole(self.fine, dopo='al')}"
        return f"{detto}, {ore}" if ore else detto

    def _ore(self) -> str:
        if self.dalle is None:
            return ""
        if self.alle is None:
            return _con_articolo("alle", self.dalle)
        return f"{_con_articolo('dalle', self.dalle)} {_con_articolo('alle', self.alle)}"


def _con_articolo(preposizione: str, ora: time) -> str:
    """ "dalle 17:00", "all'1:30"."""
    numero = f"{ora.hour}:{ora.minute:02d}"
    return f"{preposizione[:-1]}'{numero}" if ora.hour == 1 else f"{preposizione} {numero}"
