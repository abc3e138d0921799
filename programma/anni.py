"""Years in dates and in words. Pure."""

import re
from datetime import date

ANNO = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def un_anno_dopo(giorno: date) -> date:
    """The same day of the next year; the end of February stays the end of February."""
    if (giorno.month, giorno.day) == (2, 29):
        return date(giorno.year + 1, 2, 28)
    if (giorno.month, giorno.day) == (2, 28) and (giorno.year + 1) % 4 == 0:
        return date(giorno.year + 1, 2, 29)
    return giorno.replace(year=giorno.year + 1)


def nell_anno(testo: str, vecchio: int, nuovo: int) -> str:
    """`testo` with the year `nuovo` where it said `vecchio`: for what says when, never for what tells what was done."""
    return ANNO.sub(lambda trovato: str(nuovo) if trovato[0] == str(vecchio) else trovato[0], testo)


def anni_in(testo: str) -> list[int]:
    """The years that `testo` names, once each, in order."""
    return sorted({int(anno) for anno in ANNO.findall(testo)})
