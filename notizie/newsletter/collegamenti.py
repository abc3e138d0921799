"""The links of the newsletter: to confirm, to leave, to read on the site."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from base.collegamenti import TipoDiCollegamento

CONFERMA = TipoDiCollegamento("newsletter.conferma", timedelta(days=7))
"""Who was asked confirms that they want it; not confirmed in that time, the address is forgotten."""

DISISCRIZIONE = TipoDiCollegamento("newsletter.disiscrizione", timedelta(days=3650))
"""One may leave from an old message too: it is good as long as that subscription is there."""


def completo(nome, *argomenti):
    """The full address of a public view of the newsletter."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(f"newsletter_pubblica:{nome}", args=argomenti)


def indirizzo_di_conferma(iscritto):
    return completo("conferma", CONFERMA.gettone(iscritto.pk, stato=iscritto.stato_del_collegamento))


def indirizzo_di_disiscrizione(iscritto):
    return completo("disiscrizione", DISISCRIZIONE.gettone(iscritto.pk, stato=iscritto.email))
