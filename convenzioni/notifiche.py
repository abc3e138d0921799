"""Mail about conventions: what is about to end."""

from django.conf import settings
from django.urls import reverse

from base.posta import spedisci_dopo
from organizzazioni.notifiche import approvatori


def in_scadenza(convenzione, scadenza, disdetta):
    """Tell the people of the organisation and the managers until when `convenzione` holds, or may be stopped."""
    organizzazione = convenzione.get_parent().specific.organizzazione
    destinatari = {*organizzazione.persone, *approvatori(set())}
    indirizzo = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("convenzioni:convenzione", args=[convenzione.pk])
    spedisci_dopo(
        sorted(destinatari, key=lambda persona: persona.pk),
        "convenzioni/email/scadenza",
        f"In scadenza: {convenzione.title}",
        {"convenzione": convenzione, "scadenza": scadenza, "disdetta": disdetta, "indirizzo": indirizzo},
    )
