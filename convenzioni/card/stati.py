"""What a card is worth on a day. Pure."""

from datetime import date
from enum import StrEnum


class Stato(StrEnum):
    VALIDA = "valida"
    SCADUTA = "scaduta"
    REVOCATA = "revocata"
    SCONOSCIUTA = "sconosciuta"


def stato(fino_al: date, revocata: bool, oggi: date) -> Stato:
    """`fino_al`, the last day, is included. A revoked card stays revoked also when it would have expired."""
    if revocata:
        return Stato.REVOCATA
    return Stato.VALIDA if oggi <= fino_al else Stato.SCADUTA
