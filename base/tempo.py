"""Days and how long ago, in Italian words."""

from datetime import date, datetime

MESI = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)

PRIMO_ANNO, ULTIMO_ANNO = 1970, 2099
"""Those of our calendars: beyond, days overflow in their files, and instants in the database."""

_ELISE = {"il": "l'", "del": "dell'", "dal": "dall'", "al": "all'", "nel": "nell'", "sul": "sull'"}


def giorno_in_parole(giorno: date, con_anno: bool = True, dopo: str = "") -> str:
    """ "1º maggio 2026", "10 giugno": only the first of the month is an ordinal.

    `dopo` is the article or preposition that goes before it, elided where the number asks so: "dall'8 marzo".
    """
    numero = "1º" if giorno.day == 1 else str(giorno.day)
    testo = f"{numero} {MESI[giorno.month - 1]}" + (f" {giorno.year}" if con_anno else "")
    if not dopo:
        return testo
    *prima, ultima = dopo.split(" ")
    if giorno.day in (8, 11) and ultima.lower() in _ELISE:
        elisa = _ELISE[ultima.lower()]
        return " ".join([*prima, elisa.capitalize() if ultima[0].isupper() else elisa]) + testo
    return f"{dopo} {testo}"


def quanto_manca(giorno: date, oggi: date) -> str:
    """ "mancano 30 giorni", "manca 1 giorno", "oggi è l'ultimo giorno"; empty once it is over."""
    giorni = (giorno - oggi).days
    if giorni < 0:
        return ""
    return {0: "oggi è l'ultimo giorno", 1: "manca 1 giorno"}.get(giorni, f"mancano {giorni} giorni")


def da_quanto(istante: datetime, adesso: datetime) -> str:
    """ "da meno di un'ora", "da 5 ore", "da ieri", "da 3 giorni", "da 2 settimane", "da 4 mesi".

    Days are those of the calendar, so both instants must be in the reader's time zone.
    """
    giorni = (adesso.date() - istante.date()).days
    ore = int((adesso - istante).total_seconds() // 3600)
    if ore < 1:
        return "da meno di un'ora"
    if giorni < 1 or ore < 12:
        return "da un'ora" if ore == 1 else f"da {ore} ore"
    if giorni == 1:
        return "da ieri"
    if giorni < 14:
        return f"da {giorni} giorni"
    if giorni < 60:
        return f"da {giorni // 7} settimane"
    return f"da {giorni // 30} mesi"
