"""The yearly programme, its criteria, the evidence given for them and what was recognised."""

from .alimentazione import CollegamentoCriterio
from .criteri import Criterio
from .evidenze import Allegato, Evidenza, Passaggio
from .pagine import AzionePage, Classificazione, ProgrammaPage, ProgrammiIndexPage, ReferenteAzione
from .riconoscimenti import Riconoscimento

__all__ = [
    "Allegato",
    "AzionePage",
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
