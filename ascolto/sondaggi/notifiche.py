"""Mail about a survey, to who approves its publication. Nothing is ever written to who answers."""

from django.conf import settings

from base.posta import spedisci_dopo
from organizzazioni.models import Distretto
from organizzazioni.notifiche import approvatori

from ..models import Sondaggio


def da_approvare(sondaggio: Sondaggio) -> None:
    """To Coordinamento: the results wait for them."""
    contesto = {
        "sondaggio": sondaggio,
        "indirizzo": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + sondaggio.get_absolute_url(),
        "distretto": Distretto.objects.first(),
    }
    spedisci_dopo(
        approvatori(set(sondaggio.autori.values_list("pk", flat=True)), del_manager=True),
        "ascolto/sondaggi/email/da_approvare",
        f"Da approvare: i risultati di «{sondaggio.titolo}»",
        contesto,
    )
