"""Weeks of a summer: from Monday to Friday, counted as ISO counts them. A summer is the ISO year of its weeks."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from base.tempo import giorno_in_parole

from ..eta import intervallo_in_parole
from ..orari import ora_in_parole

VENERDI = 5
ULTIME = 52
"""The last week that every year has."""


def anno_di(giorno: date) -> int:
    """The summer to which `giorno` belongs."""
    return giorno.isocalendar().year


def lunedi(giorno: date) -> date:
    """The first day of the week of `giorno`."""
    return giorno - timedelta(days=giorno.weekday())


def stessa_settimana(dal: date, al: date) -> bool:
    return lunedi(dal) == lunedi(al)


def settimane_tra(dal: date, al: date) -> list[tuple[date, date]]:
    """First and last day of each week from `dal` to `al`, both included, without Saturdays and Sundays."""
    settimane = []
    inizio = lunedi(dal)
    while inizio <= al:
        primo, ultimo = max(inizio, dal), min(inizio + timedelta(days=VENERDI - 1), al)
        if primo <= ultimo:
            settimane.append((primo, ultimo))
        inizio += timedelta(days=7)
    return settimane


def di_seguito(settimane: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """First and last day of each run of weeks that follow one another, of `settimane` in order."""
    tratti: list[tuple[date, date]] = []
    for dal, al in settimane:
        if tratti and (lunedi(dal) - lunedi(tratti[-1][1])).days <= 7:
            tratti[-1] = tratti[-1][0], al
        else:
            tratti.append((dal, al))
    return tratti


def nell_anno(giorno: date, anno: int) -> date:
    """The same day of the same week of the summer `anno`; week 53 becomes the last that every year has."""
    _, settimana, feriale = giorno.isocalendar()
    return date.fromisocalendar(anno, min(settimana, ULTIME), feriale)


def anno_da_preparare(anni: Iterable[int], oggi: date) -> int | None:
    """The summer after the last of `anni`, never one that is past; None when there is nothing to copy, or when the
    next one is there already."""
    ultimo = max(anni, default=None)
    if ultimo is None or ultimo > oggi.year:
        return None
    return max(ultimo + 1, oggi.year)


def in_breve(dal: date, al: date) -> str:
    """ "15–19 giugno", "1–3 luglio", "29 giugno–3 luglio"; years are not told."""
    fine = giorno_in_parole(al, con_anno=False)
    if dal == al:
        return fine
    return f"{dal.day}–{fine}" if dal.month == al.month else f"{giorno_in_parole(dal, con_anno=False)}–{fine}"


def orario_in_breve(dalle: time | None, alle: time | None) -> str:
    """ "8–16:30"; empty when nobody said it."""
    return f"{ora_in_parole(dalle)}–{ora_in_parole(alle)}" if dalle and alle else ""


def chiave_turno(dal: date, dalle: time | None, alle: time | None, minima: int | None, massima: int | None) -> str:
    """What tells one week of a service from another: the day it starts, the hours, the ages (months) it is for.

    Places left are kept under it, outside of revisions, so it never changes shape.
    """
    ore = "-".join(f"{ora:%H%M}" if ora else "" for ora in (dalle, alle))
    eta = "-".join("" if mesi is None else str(mesi) for mesi in (minima, massima))
    return f"{dal.isoformat()} {ore} {eta}"


def gruppo_in_parole(dalle: time | None, alle: time | None, minima: int | None, massima: int | None) -> str:
    """ "da 6 a 11 anni, 8–16:30": what the weeks of a service that differ only in the days have in common."""
    parti = (intervallo_in_parole(minima, massima), orario_in_breve(dalle, alle))
    return ", ".join(parte for parte in parti if parte)
