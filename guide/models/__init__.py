"""Models of the guide."""

from .categorie import Bisogno, Comune, FasciaEta, FaseVita, Lingua, Sinonimo
from .dettagli import (
    AllegatoServizio,
    Contatto,
    FasciaOraria,
    Luogo,
    PeriodoServizio,
    Scadenza,
    ServizioTag,
    Tariffa,
)
from .estate import EstatePage, PostiLiberi, SettimanaEstiva
from .fascicoli import Fascicolo, Istantanea, NonSiCambia, Stamperia
from .pagine import GuidaIndexPage, SezioneGuidaPage
from .redazione import RichiestaDiRitiro, Segnalazione, Verifica
from .ricerca import InsiemeFaccetta, InsiemeTermine, RicercaVana, Termine, VoceGuida
from .servizi import ServizioPage

CATEGORIE = (Bisogno, FaseVita, FasciaEta, Comune, Lingua, Sinonimo)
"""What only the manager edits."""

__all__ = [
    "CATEGORIE",
    "AllegatoServizio",
    "Bisogno",
    "Comune",
    "Contatto",
    "EstatePage",
    "FasciaEta",
    "FasciaOraria",
    "Fascicolo",
    "FaseVita",
    "GuidaIndexPage",
    "InsiemeFaccetta",
    "InsiemeTermine",
    "Istantanea",
    "Lingua",
    "Luogo",
    "NonSiCambia",
    "PeriodoServizio",
    "PostiLiberi",
    "RicercaVana",
    "RichiestaDiRitiro",
    "Scadenza",
    "Segnalazione",
    "ServizioPage",
    "ServizioTag",
    "SettimanaEstiva",
    "SezioneGuidaPage",
    "Sinonimo",
    "Stamperia",
    "Tariffa",
    "Termine",
    "Verifica",
    "VoceGuida",
]
