"""The only functions that change packages and documents."""

from .definitivi import (
    CambiatoNelFrattempo,
    SovrapposizioneDiScritture,
    offri_come_evidenza,
    pubblica,
    rendi_definitivo,
    ritira,
    scrivi_parte,
)
from .pacchetti import DISCO, chiedi_pacchetto, prepara

__all__ = [
    "DISCO",
    "CambiatoNelFrattempo",
    "SovrapposizioneDiScritture",
    "chiedi_pacchetto",
    "offri_come_evidenza",
    "prepara",
    "pubblica",
    "rendi_definitivo",
    "ritira",
    "scrivi_parte",
]
