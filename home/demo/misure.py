"""The yearly measures of the demonstration: two years told and closed, one that is open in these days."""

from datetime import timedelta

from django.utils import timezone

from registri.misure import operazioni, quesiti

from .fonti import leggi
from .orologio import momento, orologio

GIORNI_PER_RISPONDERE = timedelta(days=30)


def racconta_misure(mondo):
    """What would be still to come on the day of who loads is not told."""
    for voce in leggi("misure"):
        aperta, chiusa = momento(voce["aperta"]), momento(voce["chiusa"]) if "chiusa" in voce else None
        anno = voce.get("anno", timezone.localdate(aperta).year)
        if aperta > timezone.now() or (chiusa and chiusa > timezone.now()):
            continue
        _racconta(voce, anno, aperta, chiusa, mondo)


def _racconta(voce, anno, aperta, chiusa, mondo):
    manager = mondo.utenti["manager"]
    with orologio(aperta):
        entro = timezone.localdate() + GIORNI_PER_RISPONDERE
        rilevazione = operazioni.apri_rilevazione(anno, entro, manager)
    misure = {una.organizzazione.chiave: una for una in rilevazione.misure.select_related("organizzazione")}
    for giorni, detta in enumerate(voce["risposte"], start=1):
        sua = misure[detta["ente"]]
        valori = {
            quesito.chiave: quesiti.leggi(quesito, _scritto(detta["risponde"][quesito.chiave]))
            for quesito in rilevazione.quesiti
            if quesito.chiave in detta["risponde"]
        }
        chi = mondo.utenti[detta.get("chi", "manager")]
        with orologio(min(aperta + timedelta(days=giorni), timezone.now())):
            (operazioni.salva_misure if detta.get("a_meta") else operazioni.invia_misure)(sua, chi, valori)
    if chiusa:
        with orologio(chiusa):
            operazioni.chiudi_rilevazione(rilevazione, manager)


def _scritto(detto):
    """What a file says, as a person would type it."""
    if isinstance(detto, bool):
        return quesiti.SI if detto else quesiti.NO
    if isinstance(detto, float):
        return str(detto).replace(".", ",")
    return detto if isinstance(detto, list) else str(detto)
