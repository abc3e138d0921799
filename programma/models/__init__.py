"""The yearly programme, its criteria, the evidence given for them and what was recognised."""

from .alimentazione import CollegamentoCriterio
from .chiusure import Chiusura
from .criteri import Criterio
from .evidenze import Allegato, Evidenza, Passaggio
from .pagine import AzionePage, Classificazione, ProgrammaPage, ProgrammiIndexPage, ReferenteAzione
from .riconoscimenti import Riconoscimento

__all__ = [
    "Allegato",
    "AzionePage",
    "Chiusura",
    "Classificazione",
    "CollegamentoCriterio",
    "Criterio",
    "Evidenza",
    "Passaggio",
    "ProgrammaPage",
    "ProgrammiIndexPage",
    "ReferenteAzione",
    "Riconoscimento",
]
