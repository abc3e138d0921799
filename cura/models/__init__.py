"""Models of the common life of entries."""

from .conferme import SollecitiAstratti
from .contorni import Contorno
from .giudizi import Giudizio
from .indice import InsiemeFaccetta, InsiemeParola, Parola, VoceIndice
from .ricerche import RicercaVana, Sinonimo
from .ritiri import RichiestaDiRitiroAstratta
from .segnalazioni import PERSONA, SegnalazioneAstratta

__all__ = [
    "PERSONA",
    "Contorno",
    "Giudizio",
    "InsiemeFaccetta",
    "InsiemeParola",
    "Parola",
    "RicercaVana",
    "RichiestaDiRitiroAstratta",
    "SegnalazioneAstratta",
    "Sinonimo",
    "SollecitiAstratti",
    "VoceIndice",
]
