"""Sending mail: one message per person, text and HTML, kept with the decision that it tells of, sent by the worker.

No request waits for a mail server, and a failure never undoes a decision: see `operazioni`.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
ESTERNO = "un indirizzo esterno"
NESSUNO = "nessuno@portale.invalid"
"""Who is written to where nobody is, so that it takes the same time: the message never leaves."""
_silenzio = ContextVar("silenzio", default=False)


@dataclass(frozen=True)
class Esterno:
    """Someone without an account, who is written to at an address that they left."""

    email: str
    is_active: bool = True

    def __str__(self):
        """Without the address, which nobody needs to read."""
        return ESTERNO


@contextmanager
def senza_posta():
    """Send nothing of what is decided in here: for data that nobody is waiting for."""
    segno = _silenzio.set(True)
    try:
        yield
    finally:
        _silenzio.reset(segno)


def spedisci_dopo(destinatari, modello, oggetto, contesto, allegati=(), rispondi_a=()):
    """Put `modello` (`<modello>.txt` and `.html`) for every address in the outbox, within the transaction of now.

    `destinatari` is an iterable of people with `email`; those without an address are left out. `oggetto` is
    one line of text. The templates get `contesto` and `persona`. `allegati` are (name, bytes, type), `rispondi_a` the
    addresses to which one answers. What cannot be written is kept without its text.
    """
    from .operazioni import accoda, accoda_senza_testo  # models, which some who write mails are loaded before

    if _silenzio.get():
        return
    oggetto = " ".join(oggetto.split())
    for persona in destinatari:
        if not (persona.email and persona.is_active):
            continue
        try:
            with transaction.atomic():
                messaggio = _scrivi(persona, modello, oggetto, contesto, allegati, rispondi_a)
        except Exception as errore:  # noqa: BLE001  (whatever a template meets, the decision stands)
            logger.error("Messaggio «%s» non scritto: %s", oggetto, type(errore).__name__)
            accoda_senza_testo(persona.email, str(persona), oggetto)
        else:
            accoda(messaggio, str(persona))


def _scrivi(persona, modello, oggetto, contesto, allegati=(), rispondi_a=()):
    dati = {**contesto, "persona": persona, "oggetto": oggetto}
    messaggio = EmailMultiAlternatives(
        oggetto,
        render_to_string(f"{modello}.txt", dati),
        to=[persona.email],
        reply_to=list(rispondi_a),
        headers={"Auto-Submitted": "auto-generated"},
    )
    messaggio.attach_alternative(render_to_string(f"{modello}.html", dati), "text/html")
    for allegato in allegati:
        messaggio.attach(*allegato)
    return messaggio
