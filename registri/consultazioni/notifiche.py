"""Mail about a consultation, to who approves it and to who writes it. Nothing is ever written to the bodies that were
heard."""

from typing import Any

from django.conf import settings

from base.posta import spedisci_dopo
from organizzazioni.models import Distretto, Utente
from organizzazioni.notifiche import approvatori

from ..models import Consultazione
from ..permissions import puo_scrivere_consultazione
from .selettori import autori_di


def da_approvare(consultazione: Consultazione) -> None:
    """To who wrote none of it: the outcome waits for them."""
    spedisci_dopo(
        approvatori(autori_di(consultazione)),
        "registri/email/consultazione",
        f"Da approvare: l'esito di «{consultazione.titolo}»",
        _contesto(consultazione),
    )


def tornata(consultazione: Consultazione, chi: Utente) -> None:
    """To who wrote it and still may, but for `chi` did it: it is not on the site, and why."""
    autori = [uno for uno in consultazione.autori.all() if puo_scrivere_consultazione(uno, consultazione.azione)]
    spedisci_dopo(
        [uno for uno in autori if uno != chi],
        "registri/email/consultazione_tornata",
        f"Non è sul sito: l'esito di «{consultazione.titolo}»",
        _contesto(consultazione),
    )


def _contesto(consultazione: Consultazione) -> dict[str, Any]:
    return {
        "consultazione": consultazione,
        "indirizzo": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + consultazione.get_absolute_url(),
        "distretto": Distretto.objects.first(),
    }
