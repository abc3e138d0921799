"""Sending mail: one message per person, text and HTML, after commit, and a failure never undoes a decision."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
_silenzio = ContextVar("silenzio", default=False)


@dataclass(frozen=True)
class Esterno:
    """Someone without an account, who is written to at an address that they left."""

    email: str
    is_active: bool = True


@contextmanager
def senza_posta():
    """Send nothing of what is decided in here: for data that nobody is waiting for."""
    segno = _silenzio.set(True)
    try:
        yield
    finally:
        _silenzio.reset(segno)


def spedisci_dopo(destinatari, modello, oggetto, contesto):
    """Send `modello` (`<modello>.txt` and `.html`) to every address when the transaction commits.

    `destinatari` is an iterable of people with `email`; those without an address are left out. `oggetto` is
    one line of text. The templates get `contesto` and `persona`. A failure is logged for each message.
    """
    persone = [persona for persona in destinatari if persona.email and persona.is_active]
    if persone and not _silenzio.get():
        transaction.on_commit(lambda: _spedisci(persone, modello, oggetto, contesto), robust=True)


def _spedisci(persone, modello, oggetto, contesto):
    oggetto = " ".join(oggetto.split())
    connessione = get_connection()
    for persona in persone:
        dati = {**contesto, "persona": persona, "oggetto": oggetto}
        try:
            messaggio = EmailMultiAlternatives(
                oggetto,
                render_to_string(f"{modello}.txt", dati),
                to=[persona.email],
                connection=connessione,
                headers={"Auto-Submitted": "auto-generated"},
            )
            messaggio.attach_alternative(render_to_string(f"{modello}.html", dati), "text/html")
            messaggio.send()
        except Exception as errore:
            if isinstance(persona, Esterno):  # the address of who has no account, traceback included, is in no log
                logger.error("Messaggio «%s» non spedito a un indirizzo esterno: %s", oggetto, type(errore).__name__)
            else:
                logger.exception("Messaggio «%s» non spedito a %s", oggetto, persona.email)
