"""Mail about a subscription, and about a sending that goes badly. The issues are sent by `operazioni.invio`."""

from django.conf import settings
from django.urls import reverse

from base.posta import Esterno, spedisci_dopo
from organizzazioni.notifiche import approvatori

from .collegamenti import CONFERMA, indirizzo_di_conferma, indirizzo_di_disiscrizione

MODELLI = "notizie/newsletter/email/"


def da_confermare(iscritto):
    """Ask whether it was them."""
    spedisci_dopo(
        [Esterno(iscritto.email)],
        f"{MODELLI}conferma",
        "Conferma l'iscrizione alla newsletter",
        {"indirizzo": indirizzo_di_conferma(iscritto), "giorni": CONFERMA.giorni},
    )


def gia_iscritto(iscritto):
    """They asked again: the site could not say it, the mailbox can."""
    spedisci_dopo(
        [Esterno(iscritto.email)],
        f"{MODELLI}gia_iscritto",
        "Sei già tra gli iscritti alla newsletter",
        {"indirizzo": indirizzo_di_disiscrizione(iscritto)},
    )


def molti_rifiuti(numero, motivo, quanti):
    """Tell the managers that many mailboxes refuse an issue for a fault of ours."""
    spedisci_dopo(
        approvatori(set()),
        f"{MODELLI}molti_rifiuti",
        f"Newsletter «{numero}»: {quanti} caselle non la accettano",
        {
            "numero": numero,
            "motivo": motivo,
            "quanti": quanti,
            "indirizzo": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("newsletter:numero", args=[numero.pk]),
        },
    )
