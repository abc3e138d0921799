"""The only functions that change packages and documents."""

from .definitivi import (
    NULLA_DI_PUBBLICO,
    CambiatoNelFrattempo,
    SovrapposizioneDiScritture,
    ferma_programma,
    offri_come_evidenza,
    pubblica,
    rendi_definitivo,
    ritira,
    ritira_approvato,
    scrivi_parte,
)
from .pacchetti import DISCO, chiedi_pacchetto, prepara

__all__ = [
    "DISCO",
    "NULLA_DI_PUBBLICO",
    "CambiatoNelFrattempo",
    "SovrapposizioneDiScritture",
    "chiedi_pacchetto",
    "ferma_programma",
    "offri_come_evidenza",
    "prepara",
    "pubblica",
    "rendi_definitivo",
    "ritira",
    "ritira_approvato",
    "scrivi_parte",
]
