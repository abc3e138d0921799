"""Models of news. Each type of page has its module; what is not a page of the list has its own package."""

from .comunicati import AllegatoComunicato, ComunicatoPage, Ripresa
from .elenchi import NotizieIndexPage, SezioneNotiziePage
from .eventi import EventoPage
from .newsletter import Consegna, Iscritto, NumeroNewsletter, PaginaScelta
from .notizie import NotiziaPage
from .ped import PezzoProgrammato, PianoEditoriale
from .pezzi import Pezzo
from .prenotazioni import PostiDellEvento, Prenotazione

__all__ = [
    "AllegatoComunicato",
    "ComunicatoPage",
    "Consegna",
    "EventoPage",
    "Iscritto",
    "NotiziaPage",
    "NotizieIndexPage",
    "NumeroNewsletter",
    "PaginaScelta",
    "Pezzo",
    "PezzoProgrammato",
    "PianoEditoriale",
    "PostiDellEvento",
    "Prenotazione",
    "Ripresa",
    "SezioneNotiziePage",
]
