"""Sending: a delivery is taken, and that is saved; then its message leaves; then what became of it is written.

So nobody gets an issue twice, whatever crashes and however many workers there are; one who was taken and never marked
is in doubt, and the manager reads it. Why at most once: docs/decisioni.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from ...models import Consegna, NumeroNewsletter
from ..codici import ESTESO, capisci, della_casella, nostro
from ..composizione import ancora_pubbliche, componi, messaggio
from .numeri import concludi, firma
from .rifiuti import allarma_se_molti, segna_rifiuto

RIPROVA = timedelta(minutes=15)
"""After a temporary refusal; twice as long after the second, and so on."""
TENTATIVI = 4
"""After so many temporary refusals it is refused."""
PERSA = timedelta(minutes=15)
"""A delivery taken so long ago was in the hands of someone who crashed: whether it left nobody knows."""

logger = logging.getLogger(__name__)


class Interrotta(Exception):
    """The mail server does not take messages now, whoever they are for."""


def spedisci_lotto(numero_pk: int) -> datetime | None:
    """Send one batch of an issue; when the next one is due, which may be now. None when nothing is left to do.

    Anyone may call it at any time, also while others do.
    """
    adesso = timezone.now()
    numero = NumeroNewsletter.objects.in_partenza().filter(pk=numero_pk).first()
    if numero is None:
        return None
    NumeroNewsletter.objects.filter(pk=numero.pk).update(ultimo_lotto_il=adesso)
    perse = numero.consegne.filter(stato=Consegna.Stato.IN_CORSO, presa_il__lt=adesso - PERSA)
    perse.update(stato=Consegna.Stato.DUBBIA)
    da_spedire = list(numero.consegne.da_spedire(adesso).select_related("iscritto")[: settings.NEWSLETTER_LOTTO])
    if da_spedire:
        try:
            _spedisci(numero, da_spedire)
        except Interrotta as errore:
            logger.error("Newsletter %s: la posta non risponde (%s), si riprova tra poco", numero.pk, errore)
            return timezone.now() + RIPROVA
    if concludi(numero) or not NumeroNewsletter.objects.in_partenza().filter(pk=numero.pk).exists():
        return None
    return _prossimo(numero)


def _prossimo(numero: NumeroNewsletter) -> datetime | None:
    """When there is something to do: now, when a refusal may be tried again, when a lost one is in doubt."""
    adesso = timezone.now()
    if numero.consegne.da_spedire(adesso).exists():
        return adesso
    aperte = numero.consegne.aperte().aggregate(riprova=Min("riprova_dal"), presa=Min("presa_il"))
    attese = [aperte["riprova"], aperte["presa"] + PERSA if aperte["presa"] else None]
    return min((quando for quando in attese if quando is not None), default=None)


def _spedisci(numero: NumeroNewsletter, consegne: list[Consegna]) -> None:
    composizione = componi(numero, [voce for voce, _ in ancora_pubbliche(numero)], firma())
    with _posta() as connessione:
        for consegna in consegne:
            _viva(connessione)
            if not _prendi(consegna):
                continue
            codice = _spedisci_una(consegna, messaggio(composizione, consegna, connessione))
            if nostro(codice) and allarma_se_molti(numero.pk):
                return


@contextmanager
def _posta() -> Iterator[Any]:
    """A connection for the batch. Raises `Interrotta` if there is none to be had."""
    connessione = get_connection()
    _apri(connessione)
    try:
        yield connessione
    finally:
        try:
            connessione.close()
        except (OSError, SMTPException):  # what was sent is sent
            logger.warning("La posta si è chiusa male")


def _apri(connessione):
    try:
        connessione.open()
    except (OSError, SMTPException) as errore:
        raise Interrotta(type(errore).__name__) from errore


def _viva(connessione):
    """Open it again if the server has hung up, before a delivery is taken: after, it would be in doubt for nothing."""
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


def _prendi(consegna: Consegna) -> bool:
    """Take it for oneself, for good; False if someone else did, or its subscriber left."""
    with transaction.atomic(durable=True):
        libera = Consegna.objects.filter(pk=consegna.pk, stato=Consegna.Stato.ATTESA).exclude(iscritto=None)
        return bool(libera.update(stato=Consegna.Stato.IN_CORSO, presa_il=timezone.now()))


def _spedisci_una(consegna, email) -> str:
    """Send it and write what became of it; the code of a refusal, or nothing.

    Of an answer only its code is kept: its words may hold the address.
    """
    try:
        email.send()
    except SMTPRecipientsRefused as rifiuto:
        codice, detto = next(iter(rifiuto.recipients.values()))
        return _rifiutata(consegna, codice, detto, al_destinatario=True)
    except SMTPDataError as rifiuto:  # the message, not the mailbox
        return _rifiutata(consegna, rifiuto.smtp_code, rifiuto.smtp_error, al_destinatario=False)
    except SMTPServerDisconnected:
        _segna(consegna, Consegna.Stato.DUBBIA)
    except SMTPResponseException as rifiuto:  # our sender, or our login: nothing left
        _segna(consegna, Consegna.Stato.ATTESA, codice=_codice(rifiuto.smtp_code, rifiuto.smtp_error))
        raise Interrotta(str(rifiuto.smtp_code)) from rifiuto
    except ValueError:  # an address that cannot be written in a message
        _rifiutata(consegna, 553, b"5.1.3", al_destinatario=True)
    except (OSError, SMTPException):
        _segna(consegna, Consegna.Stato.DUBBIA)
    else:
        _segna(consegna, Consegna.Stato.SPEDITA)
    return ""


def _rifiutata(consegna, codice, detto, al_destinatario) -> str:
    """Temporary (4xx): again later, some times. For good (5xx): refused, and after a few issues the mailbox is left."""
    scritto = _codice(codice, detto)
    tentativi = consegna.tentativi + 1
    if codice < 500 and tentativi < TENTATIVI:
        dopo = timezone.now() + RIPROVA * 2 ** (tentativi - 1)
        _segna(consegna, Consegna.Stato.ATTESA, codice=scritto, tentativi=tentativi, riprova_dal=dopo)
        return ""
    _segna(consegna, Consegna.Stato.RIFIUTATA, codice=scritto, tentativi=tentativi)
    if al_destinatario and della_casella(scritto):
        segna_rifiuto(consegna, scritto)
    return scritto


def _segna(consegna, stato, **campi):
    """What became of a delivery that was taken; one in doubt is so no more if who had it was only slow."""
    presa = (Consegna.Stato.IN_CORSO, Consegna.Stato.DUBBIA)
    Consegna.objects.filter(pk=consegna.pk, stato__in=presa).update(stato=stato, **campi)


def _codice(codice: int, detto: bytes | str) -> str:
    """ "550 5.1.1", with what the words beside it say."""
    parole = detto.decode(errors="replace") if isinstance(detto, bytes) else detto
    esteso = ESTESO.search(parole)
    return capisci(f"{codice} {esteso[0]}" if esteso else str(codice), parole)
