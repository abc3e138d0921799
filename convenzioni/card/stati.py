"""What a card is worth on a day. Pure."""

from datetime import date
from enum import StrEnum


class StatoCard(StrEnum):
    VALIDA = "valida"
    SCADUTA = "scaduta"
    REVOCATA = "revocata"
    SCONOSCIUTA = "sconosciuta"


def stato(fino_al: date, revocata: bool, oggi: date) -> StatoCard:
    """`fino_al`, the last day, is included. A revoked card stays revoked also when it would have expired."""
    if revocata:
        return StatoCard.REVOCATA
    return StatoCard.VALIDA if oggi <= fino_al else StatoCard.SCADUTA
