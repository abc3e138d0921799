"""The score of the programme (V.A.M.T.), pure: values in, values and a reason in Italian words out.

No Django here. `programma.selettori.punteggio` collects a `Raccolta` for each criterion as of a date and
asks `valuta`; nothing else in the portal knows a rule.
"""

from .regole import PUNTEGGIO_MASSIMO, VERSIONE_REGOLE, media_indicativa, valuta
from .tipi import (
    MONITORAGGIO,
    PER_UNITA,
    REALIZZAZIONE,
    REGOLE,
    SOGLIA,
    CriterioPunteggio,
    Punteggio,
    Raccolta,
    riconosciuto,
)

__all__ = [
    "MONITORAGGIO",
    "PER_UNITA",
    "PUNTEGGIO_MASSIMO",
    "REALIZZAZIONE",
    "REGOLE",
    "SOGLIA",
    "VERSIONE_REGOLE",
    "CriterioPunteggio",
    "Punteggio",
    "Raccolta",
    "media_indicativa",
    "riconosciuto",
    "valuta",
]
