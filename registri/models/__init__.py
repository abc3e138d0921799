"""What the network writes down once: the lists of members that were sent, the meetings, projects and courses."""

from .adesioni import AttoDiAdesione, FileDellAtto
from .consultazioni import BisognoRaccolto, Consultazione, EnteConsultato, StesuraDelModello
from .formazione import Attestato, Corso
from .intermediazioni import Intermediazione
from .invii import InvioElenco
from .misure import MisureDellEnte, Quesito, Rilevazione
from .progetti import CriterioDelTipoDiProgetto, EnteDelProgetto, FileDelProgetto, Progetto, TipoProgetto
from .riunioni import (
    CriterioDelTipo,
    FileDellaRiunione,
    Partecipante,
    PassaggioDellaRiunione,
    Riunione,
    Seguito,
    TipoRiunione,
)

__all__ = [
    "Attestato",
    "AttoDiAdesione",
    "BisognoRaccolto",
    "Consultazione",
    "Corso",
    "CriterioDelTipo",
    "CriterioDelTipoDiProgetto",
    "EnteConsultato",
    "EnteDelProgetto",
    "FileDelProgetto",
    "FileDellAtto",
    "FileDellaRiunione",
    "Intermediazione",
    "InvioElenco",
    "MisureDellEnte",
    "Partecipante",
    "PassaggioDellaRiunione",
    "Progetto",
    "Quesito",
    "Rilevazione",
    "Riunione",
    "Seguito",
    "StesuraDelModello",
    "TipoProgetto",
    "TipoRiunione",
]
