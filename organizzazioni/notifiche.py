"""Mail about pages that wait for approval, and who has to know. Core's own mails are switched off in `apps.py`."""

from .models import Utente
from .permissions import chi_decide_per_le_organizzazioni

BACKEND = "django.contrib.auth.backends.ModelBackend"


def approvatori(autori):
    """Who is told that something by `autori` (a set of user ids) waits: never an author.

    Coordinamento when a manager or superuser had a hand in it, the managers otherwise; superusers decide
    when asked, but get no mail unless a group makes them managers.
    """
    codice = "approva_del_manager" if autori & chi_decide_per_le_organizzazioni() else "approva"
    return list(
        Utente.objects.with_perm(f"organizzazioni.{codice}", include_superusers=False, backend=BACKEND)
        .exclude(pk__in=autori).order_by("pk")
    )
