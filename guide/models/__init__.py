"""Models of the guide."""

from base.solo_aggiunte import NonSiCambia

from .categorie import Bisogno, Comune, FasciaEta, FaseVita, Lingua
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
from .essenziale import EssenzialePage, NomeDelBisogno
from .estate import EstatePage, PostiLiberi, SettimanaEstiva
from .fascicoli import Fascicolo, Istantanea, Stamperia
from .pagine import GuidaIndexPage, SezioneGuidaPage
from .ritiri import RichiestaDiRitiro
from .segnalazioni import Segnalazione
from .servizi import ServizioPage
from .verifiche import Verifica

CATEGORIE = (Bisogno, FaseVita, FasciaEta, Comune, Lingua)
"""What only the manager edits."""

__all__ = [
    "CATEGORIE",
    "AllegatoServizio",
    "Bisogno",
    "Comune",
    "Contatto",
    "EssenzialePage",
    "EstatePage",
    "FasciaEta",
    "FasciaOraria",
    "Fascicolo",
    "FaseVita",
    "GuidaIndexPage",
    "Istantanea",
    "Lingua",
    "Luogo",
    "NomeDelBisogno",
    "NonSiCambia",
    "PeriodoServizio",
    "PostiLiberi",
    "RichiestaDiRitiro",
    "Scadenza",
    "Segnalazione",
    "ServizioPage",
    "ServizioTag",
    "SettimanaEstiva",
    "SezioneGuidaPage",
    "Stamperia",
    "Tariffa",
    "Verifica",
]
