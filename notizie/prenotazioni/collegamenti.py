"""The links of a booking: to confirm it, to see it and give it back."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from base.collegamenti import TipoDiCollegamento

CONFERMA = TipoDiCollegamento("prenotazioni.conferma", timedelta(days=2))
"""Who asked says that it was them; not confirmed in that time, name and address are forgotten."""

PROPRIA = TipoDiCollegamento("prenotazioni.propria", timedelta(days=730))
"""One's own place, as long as it is there: an event may be a year away."""


def completo(nome, *argomenti):
    """The full address of a public view of bookings."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(f"prenotazioni_pubbliche:{nome}", args=argomenti)


def gettone_proprio(prenotazione):
    return PROPRIA.gettone(prenotazione.pk, stato=prenotazione.email)


def indirizzo_di_conferma(prenotazione):
    return completo("conferma", CONFERMA.gettone(prenotazione.pk, stato=prenotazione.stato_del_collegamento))


def indirizzo_proprio(prenotazione):
    return completo("propria", gettone_proprio(prenotazione))
