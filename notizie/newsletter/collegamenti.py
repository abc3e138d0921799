"""The links of the newsletter: to confirm, to leave, to read on the site; and the name of each message."""

import re
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from base.chiavi import CIFRE
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


def dominio():
    """Of the site, as it is in the name of a message and of the list."""
    return settings.WAGTAILADMIN_BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]


def nome_del_messaggio(consegna):
    """The Message-ID of a delivery: always the same, and signed, so that nobody makes up that one came back."""
    return f"newsletter-{consegna.pk}-{_sigla(consegna.pk)}@{dominio()}"


def consegna_di(nome):
    """The primary key of the delivery that has this Message-ID, None if it is not one that we gave."""
    trovato = re.fullmatch(rf"newsletter-([1-9][0-9]{{0,{CIFRE - 1}}})-([0-9a-f]{{20}})@\S+", nome)
    return int(trovato[1]) if trovato and constant_time_compare(trovato[2], _sigla(int(trovato[1]))) else None


def _sigla(chiave):
    return salted_hmac("newsletter.consegna", str(chiave), algorithm="sha256").hexdigest()[:20]
