"""What the people of a body are told of the yearly measures: one mail each, whatever bodies they act for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.conf import settings

from base.posta import spedisci_dopo
from organizzazioni.models import Distretto

from ..models import MisureDellEnte, Rilevazione
from .selettori import persone_degli_enti

MODELLO = "registri/email/misure"


def chieste(rilevazione: Rilevazione, misure: Iterable[MisureDellEnte]) -> None:
    """They are asked, for the first time."""
    _scrivi(rilevazione, misure, f"Le misure del {rilevazione.anno}: un questionario da compilare", "chieste")


def sollecitate(rilevazione: Rilevazione, misure: Iterable[MisureDellEnte], oggi: date) -> None:
    """They have not answered yet."""
    scadute = rilevazione.scade_il < oggi
    che_cosa = "scadute" if scadute else "in_scadenza"
    _scrivi(rilevazione, misure, f"Le misure del {rilevazione.anno}: manca ancora il tuo questionario", che_cosa)


def _scrivi(rilevazione, misure, oggetto, che_cosa):
    misure = list(misure)
    persone = persone_degli_enti(una.organizzazione for una in misure)
    per_persona = defaultdict(list)
    for una in misure:
        for persona in persone[una.organizzazione_id]:
            per_persona[persona].append(una)
    sito, distretto = settings.WAGTAILADMIN_BASE_URL.rstrip("/"), Distretto.objects.first()
    for persona, sue in per_persona.items():
        righe = [(una, sito + una.get_absolute_url()) for una in sue]
        contesto = {"rilevazione": rilevazione, "righe": righe, "che_cosa": che_cosa, "distretto": distretto}
        spedisci_dopo([persona], MODELLO, oggetto, contesto)
