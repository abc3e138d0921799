"""The yearly programme, its criteria, the evidence given for them and what was recognised."""

from .alimentazione import CollegamentoCriterio
from .atti import AttoDelProgramma
from .chiusure import Chiusura
from .criteri import Criterio
from .domande import DomandaDiContributo
from .evidenze import Allegato, Evidenza, Passaggio
from .pagine import AzionePage, Classificazione, ProgrammaPage, ProgrammiIndexPage, ReferenteAzione
from .parole_dell_atto import ParoleDellAtto
from .riconoscimenti import Riconoscimento
from .spunti import FileDiSpunto, Spunto
from .termini import AvvisiPersonali, TermineInterno

__all__ = [
    "Allegato",
    "AttoDelProgramma",
    "AvvisiPersonali",
    "AzionePage",
    "Chiusura",
    "Classificazione",
    "CollegamentoCriterio",
    "Criterio",
    "DomandaDiContributo",
    "Evidenza",
    "FileDiSpunto",
    "ParoleDellAtto",
    "Passaggio",
    "ProgrammaPage",
    "ProgrammiIndexPage",
    "ReferenteAzione",
    "Riconoscimento",
    "Spunto",
    "TermineInterno",
]
