"""A day as people write it in a cell: 31/12/2026, 31.12.2026, 31-12-2026 with any dash, or 2026-12-31. Pure."""

import re
from datetime import date

from .caratteri import con_trattini
from .schema import mostra

_ITALIANA = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class DataNonValida(ValueError):
    """What was written is no day; its text says why."""


def leggi_data(testo: str) -> date:
    """The day that `testo` says. Raises `DataNonValida`."""
    scritta = con_trattini(testo)
    if parti := _ITALIANA.fullmatch(scritta):
        giorno, _, mese, anno = parti.groups()
    elif parti := _ISO.fullmatch(scritta):
        anno, mese, giorno = parti.groups()
    else:
        raise DataNonValida(f"{mostra(testo)} non è una data: si scrive 31/12/2026")
    try:
        return date(int(anno), int(mese), int(giorno))
    except ValueError:
        raise DataNonValida(f"la data {mostra(testo)} non esiste") from None
