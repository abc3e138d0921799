"""When a service is open: weekly hours, seasons, closures, holidays. Times of Europe/Rome, and now is an argument.

A service without hours is never said to be open, nor closed: nobody knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from base.tempo import giorno_in_parole

ROMA = ZoneInfo("Europe/Rome")
GIORNI = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
ORIZZONTE = 366
"""How many days ahead the next opening is looked for."""
SEMPRE = "Sempre aperto"

_FESTE = {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}


@dataclass(frozen=True, order=True)
class Fascia:
    """Hours of a day of the week (0 is Monday). Up to `alle` of the day after when it does not follow `dalle`."""

    giorno: int
    dalle: time
    alle: time


@dataclass(frozen=True)
class Periodo:
    """Days from `dal` to `al`, both included: a season when it is open, or a closure.

    With `ogni_anno` only day and month count, and the period may go over the end of the year.
    """

    chiusura: bool
    dal: date
    al: date
    ogni_anno: bool = False

    def comprende(self, giorno: date) -> bool:
        if not self.ogni_anno:
            return self.dal <= giorno <= self.al
        inizio, fine, ora = (self.dal.month, self.dal.day), (self.al.month, self.al.day), (giorno.month, giorno.day)
        return inizio <= ora <= fine if inizio <= fine else ora >= inizio or ora <= fine


@dataclass(frozen=True)
class Orario:
    """All that says when a service is open."""

    fasce: tuple[Fascia, ...] = ()
    periodi: tuple[Periodo, ...] = ()
    sospeso: bool = False
    sospeso_fino_al: date | None = None

    def sospeso_il(self, giorno: date) -> bool:
        """Whether a temporary closure holds on `giorno`; its last day is included."""
        return self.sospeso and (self.sospeso_fino_al is None or giorno <= self.sospeso_fino_al)

    def attivo_il(self, giorno: date) -> bool:
        """Whether the service works on `giorno`, whatever the hours: in season, not closed, not suspended."""
        stagioni = [p for p in self.periodi if not p.chiusura]
        if stagioni and not any(p.comprende(giorno) for p in stagioni):
            return False
        return not self.sospeso_il(giorno) and not any(p.chiusura and p.comprende(giorno) for p in self.periodi)


@dataclass(frozen=True)
class Apertura:
    """Open, closed or unknown (`aperto` is None), and the same in words for who reads; empty when there is nothing
    to say. `fino_a`: when it will be otherwise, for who reads a page drawn before; None while nobody knows."""

    aperto: bool | None
    testo: str = ""
    fino_a: datetime | None = None


def stato(orario: Orario, istante: datetime) -> Apertura:
    """Whether the service is open at `istante` (aware), until when, and when it opens next."""
    ora = istante.astimezone(ROMA).replace(tzinfo=None)
    if orario.sospeso_il(ora.date()):
        return Apertura(False, "Temporaneamente chiuso")
    if not orario.fasce:
        return Apertura(None)
    for inizio, fine in _aperture(orario, ora.date() - timedelta(days=1), 2):
        if inizio <= ora < fine:
            fine = _di_seguito(orario, inizio, fine)
            sempre = fine - inizio >= timedelta(days=7)
            if festivo(inizio.date()) and not sempre:
                return Apertura(None, "Oggi è festa: conferma l'orario prima di andare")
            testo = SEMPRE if sempre else f"Aperto ora, fino alle {ora_in_parole(fine.time())}"
            return Apertura(True, testo, fine.replace(tzinfo=ROMA))
    for inizio, _ in _aperture(orario, ora.date(), ORIZZONTE):
        if inizio > ora and not festivo(inizio.date()):
            mezzanotte = datetime.combine(ora.date() + timedelta(days=1), time(0))  # "domani" is then another day
            return Apertura(
                False, f"Chiuso ora, apre {_quando(inizio, ora)}", min(inizio, mezzanotte).replace(tzinfo=ROMA)
            )
    return Apertura(False, "Chiuso ora")


def _aperture(orario: Orario, primo: date, giorni: int) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of every opening that begins in the `giorni` days from `primo`, in order of time."""
    for passo in range(giorni):
        giorno = primo + timedelta(days=passo)
        if not orario.attivo_il(giorno):
            continue
        for fascia in sorted(orario.fasce):
            if fascia.giorno == giorno.weekday():
                fine = giorno if fascia.alle > fascia.dalle else giorno + timedelta(days=1)
                yield datetime.combine(giorno, fascia.dalle), datetime.combine(fine, fascia.alle)


def _di_seguito(orario: Orario, inizio: datetime, fine: datetime) -> datetime:
    """The end of the opening; hours that follow one another without a break are one opening."""
    for altro_inizio, altra_fine in _aperture(orario, inizio.date(), 8):
        if inizio < altro_inizio <= fine < altra_fine:
            fine = altra_fine
    return fine


def _quando(inizio: datetime, ora: datetime) -> str:
    alle = f"alle {ora_in_parole(inizio.time())}"
    giorni = (inizio.date() - ora.date()).days
    if giorni == 0:
        return f"oggi {alle}"
    if giorni == 1:
        return f"domani {alle}"
    if giorni < 7:
        return f"{GIORNI[inizio.weekday()]} {alle}"
    return giorno_in_parole(inizio.date(), con_anno=False, dopo="il")


def ora_in_parole(ora: time) -> str:
    """ "9", "14:30", "24" for midnight."""
    if ora == time(0):
        return "24"
    return f"{ora.hour}:{ora.minute:02}" if ora.minute else str(ora.hour)


def festivo(giorno: date) -> bool:
    """Whether it is an Italian national holiday that is not a Sunday as such (law 260/1949 and later ones)."""
    if (giorno.month, giorno.day) in _FESTE or giorno == _pasqua(giorno.year) + timedelta(days=1):
        return True
    return (giorno.month, giorno.day) == (10, 4) and giorno.year >= 2026  # San Francesco, law 151/2025


def _pasqua(anno: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = anno % 19, anno // 100, anno % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    mese, giorno = divmod(h + i - 7 * m + 114, 31)
    return date(anno, mese, giorno + 1)


def settimana_in_parole(fasce: tuple[Fascia, ...]) -> list[tuple[str, str]]:
    """Day (or days in a row with the same hours) and its hours: ("da lunedì a venerdì", "9–12, 14–18")."""
    righe: list[tuple[list[int], str]] = []
    for giorno in range(7):
        ore = ", ".join(_ore(f) for f in sorted(fasce) if f.giorno == giorno)
        if not ore:
            continue
        if righe and righe[-1][1] == ore and righe[-1][0][-1] == giorno - 1:
            righe[-1][0].append(giorno)
        else:
            righe.append(([giorno], ore))
    return [(_giorni(giorni), ore) for giorni, ore in righe]


def _giorni(giorni: list[int]) -> str:
    primo, ultimo = GIORNI[giorni[0]], GIORNI[giorni[-1]]
    if len(giorni) == 7:
        return "tutti i giorni"
    if len(giorni) == 1:
        return primo
    return f"{primo} e {ultimo}" if len(giorni) == 2 else f"da {primo} a {ultimo}"


def _ore(fascia: Fascia) -> str:
    if fascia.dalle == fascia.alle == time(0):
        return "24 ore su 24"
    dalle = "0" if fascia.dalle == time(0) else ora_in_parole(fascia.dalle)
    return f"{dalle}–{ora_in_parole(fascia.alle)}"


def periodo_in_parole(periodo: Periodo) -> str:
    """ "dal 15 giugno al 10 settembre, ogni anno", "il 7 gennaio 2026"."""
    con_anno = not periodo.ogni_anno
    if periodo.dal == periodo.al:
        testo = giorno_in_parole(periodo.dal, con_anno, "il")
    else:
        stesso = con_anno and periodo.dal.year == periodo.al.year
        dal = giorno_in_parole(periodo.dal, con_anno and not stesso, "dal")
        testo = f"{dal} {giorno_in_parole(periodo.al, con_anno, 'al')}"
    return testo if con_anno else f"{testo}, ogni anno"
