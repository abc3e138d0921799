"""Handing messages to the mail server, and what became of each."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)
_ESTESO = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class Interrotta(Exception):
    """The mail server does not take messages now, whoever they are for."""


class EsitoInvio(Enum):
    PRESA, RIFIUTATA, DUBBIA = "presa", "rifiutata", "dubbia"


@dataclass(frozen=True)
class Risposta:
    """What the server said of one message. `parole` are its own words: they may hold the address, and are not kept."""

    esito: EsitoInvio
    numero: int = 0
    parole: str = ""
    al_destinatario: bool = False  # of the mailbox, not of the message

    @property
    def codice(self) -> str:
        """ "550 5.1.1"."""
        esteso = _ESTESO.search(self.parole)
        return f"{self.numero} {esteso[0]}" if esteso else str(self.numero)

    @property
    def temporanea(self) -> bool:
        """Whether a refusal may become a yes later."""
        return self.numero < 500


@contextmanager
def linea() -> Iterator[Any]:
    """A connection to the server of `POSTA_BACKEND`. Raises `Interrotta` if there is none to be had."""
    connessione = get_connection(settings.POSTA_BACKEND)
    _apri(connessione)
    try:
        yield connessione
    finally:
        try:
            connessione.close()
        except (OSError, SMTPException):  # what was sent is sent
            logger.warning("La posta si è chiusa male")


def viva(connessione) -> None:
    """Open it again if the server has hung up, before a message is taken: after, it would be in doubt for nothing."""
    smtp = getattr(connessione, "connection", None)
    if smtp is None:
        _apri(connessione)
        return
    try:
        smtp.noop()
    except (OSError, SMTPException):
        smtp.close()
        connessione.connection = None
        _apri(connessione)


def consegna(messaggio: EmailMessage) -> Risposta:
    """Hand over one message. Raises `Interrotta`, with the code, when the server refuses us: nothing left."""
    try:
        messaggio.send()
    except SMTPRecipientsRefused as rifiuto:
        codice, parole = next(iter(rifiuto.recipients.values()))
        return _rifiuto(codice, parole, al_destinatario=True)
    except SMTPDataError as rifiuto:  # the message, not the mailbox
        return _rifiuto(rifiuto.smtp_code, rifiuto.smtp_error)
    except SMTPServerDisconnected:
        return Risposta(EsitoInvio.DUBBIA)
    except SMTPResponseException as rifiuto:  # our sender, or our login
        raise Interrotta(_rifiuto(rifiuto.smtp_code, rifiuto.smtp_error).codice) from rifiuto
    except ValueError:  # an address that cannot be written in a message
        return _rifiuto(553, b"5.1.3", al_destinatario=True)
    except (OSError, SMTPException):
        return Risposta(EsitoInvio.DUBBIA)
    return Risposta(EsitoInvio.PRESA)


def _apri(connessione):
    try:
        connessione.open()
    except (OSError, SMTPException) as errore:
        raise Interrotta(type(errore).__name__) from errore


def _rifiuto(codice: int, parole: bytes | str, al_destinatario: bool = False) -> Risposta:
    testo = parole.decode(errors="replace") if isinstance(parole, bytes) else parole
    return Risposta(EsitoInvio.RIFIUTATA, codice, testo, al_destinatario)
