"""How long ago, in Italian words."""

from datetime import datetime


def da_quanto(istante: datetime, adesso: datetime) -> str:
    """"da meno di un'ora", "da 5 ore", "da ieri", "da 3 giorni", "da 2 settimane", "da 4 mesi".

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
