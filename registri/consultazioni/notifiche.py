"""Mail about a consultation, to who approves it. Nothing is ever written to the bodies that were heard."""

from django.conf import settings

from base.posta import spedisci_dopo
from organizzazioni.models import Distretto
from organizzazioni.notifiche import approvatori

from ..models import Consultazione
from .selettori import autori_di


def da_approvare(consultazione: Consultazione) -> None:
    """To who wrote none of it: the outcome waits for them."""
    contesto = {
        "consultazione": consultazione,
        "indirizzo": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + consultazione.get_absolute_url(),
        "distretto": Distretto.objects.first(),
    }
    spedisci_dopo(
        approvatori(autori_di(consultazione)),
        "registri/email/consultazione",
        f"Da approvare: l'esito di «{consultazione.titolo}»",
        contesto,
    )
