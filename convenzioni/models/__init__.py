"""Models of conventions."""

from .accordi import Accordo, Promemoria
from .card import Card, Lotto
from .categorie import Categoria
from .convenzioni import ConvenzionePage
from .dettagli import LuogoConvenzione, Offerta
from .pagine import ConvenzioniIndexPage, SezioneConvenzioniPage
from .ritiri import RichiestaDiRitiro
from .segnalazioni import Segnalazione

__all__ = [
    "Accordo",
    "Card",
    "Categoria",
    "ConvenzionePage",
    "ConvenzioniIndexPage",
    "Lotto",
    "LuogoConvenzione",
    "Offerta",
    "Promemoria",
    "RichiestaDiRitiro",
    "Segnalazione",
    "SezioneConvenzioniPage",
]
