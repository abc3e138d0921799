"""Mail about a subscription. The issues themselves are sent by `operazioni.invio`."""

from base.posta import Esterno, spedisci_dopo

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
