"""The score of the programme (V.A.M.T.), pure: values in, values and a reason in Italian words out.

No Django here. `programma.selettori.punteggio` collects a `Raccolta` for each criterion as of a date and
asks `valuta`; nothing else in the portal knows a rule.
"""

from .regole import PUNTEGGIO_MASSIMO, VERSIONE_REGOLE, media_indicativa, valuta
from .tipi import (
    ENTI,
    MONITORAGGIO,
    PER_UNITA,
    REALIZZAZIONE,
    REGOLE,
    SOGLIA,
    ULTIMO,
    CriterioPunteggio,
    Punteggio,
    Raccolta,
    Valore,
    riconosciuto,
)

__all__ = [
    "ENTI",
    "MONITORAGGIO",
    "PER_UNITA",
    "PUNTEGGIO_MASSIMO",
    "REALIZZAZIONE",
    "REGOLE",
    "SOGLIA",
    "ULTIMO",
    "VERSIONE_REGOLE",
    "CriterioPunteggio",
    "Punteggio",
    "Raccolta",
    "Valore",
    "media_indicativa",
    "riconosciuto",
    "valuta",
]
