"""Models of news. Each type of page has its module; what is not a page of the list has its own package."""

from .comunicati import AllegatoComunicato, ComunicatoPage, Ripresa
from .elenchi import NotizieIndexPage, SezioneNotiziePage
from .eventi import EventoPage
from .notizie import NotiziaPage
from .ped import PezzoProgrammato, PianoEditoriale
from .pezzi import Pezzo

__all__ = [
    "AllegatoComunicato",
    "ComunicatoPage",
    "EventoPage",
    "NotiziaPage",
    "NotizieIndexPage",
    "Pezzo",
    "PezzoProgrammato",
    "PianoEditoriale",
    "Ripresa",
    "SezioneNotiziePage",
]
