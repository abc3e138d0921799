"""Models of conventions."""

from .accordi import Accordo, Promemoria, VoceConvenzione
from .categorie import Categoria
from .convenzioni import ConvenzionePage
from .dettagli import LuogoConvenzione, Offerta
from .pagine import FLUSSI, ConvenzioniIndexPage, SezioneConvenzioniPage

__all__ = [
    "FLUSSI",
    "Accordo",
    "Categoria",
    "ConvenzionePage",
    "ConvenzioniIndexPage",
    "LuogoConvenzione",
    "Offerta",
    "Promemoria",
    "SezioneConvenzioniPage",
    "VoceConvenzione",
]
