"""Mail about a survey, to who approves its publication. Nothing is ever written to who answers."""

from django.conf import settings

from base.posta import spedisci_dopo
from organizzazioni.models import Distretto, Utente

from ..models import Sondaggio


def da_approvare(sondaggio: Sondaggio) -> None:
    """To Coordinamento: the results wait for them."""
    autori = sondaggio.autori.values("pk")
    chi = Utente.objects.with_perm(
        "organizzazioni.approva_del_manager",
        include_superusers=False,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    contesto = {
        "sondaggio": sondaggio,
        "indirizzo": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + sondaggio.get_absolute_url(),
        "distretto": Distretto.objects.first(),
    }
    spedisci_dopo(
        chi.exclude(pk__in=autori),
        "ascolto/sondaggi/email/da_approvare",
        f"Da approvare: i risultati di «{sondaggio.titolo}»",
        contesto,
    )
