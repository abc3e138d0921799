"""Sending: a delivery is taken, and that is saved; then its message leaves; then what became of it is written.

So nobody gets an issue twice, whatever crashes and however many workers there are; one who was taken and never marked
is in doubt, and the manager reads it. Why at most once: docs/decisioni.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from base.posta.server import EsitoInvio, Interrotta, Risposta, consegna, linea, viva

from ...models import Consegna, NumeroNewsletter
from ..codici import capisci, della_casella, nostro, rinunciato
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


def metti_in_dubbio(**kwargs) -> None:
    """What waited when a copy of the site was made may have left since: a person says whether it leaves again."""
    Consegna.objects.aperte().update(stato=Consegna.Stato.DUBBIA, presa_il=timezone.now())


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
    with linea() as connessione:
        for una in consegne:
            viva(connessione)
            if not _prendi(una):
                continue
            codice = _spedisci_una(una, messaggio(composizione, una, connessione))
            if nostro(codice) and allarma_se_molti(numero.pk):
                return


def _prendi(consegna: Consegna) -> bool:
    """Take it for oneself, for good; False if someone else did, or its subscriber left."""
    with transaction.atomic(durable=True):
        libera = Consegna.objects.filter(pk=consegna.pk, stato=Consegna.Stato.ATTESA).exclude(iscritto=None)
        return bool(libera.update(stato=Consegna.Stato.IN_CORSO, presa_il=timezone.now()))


def _spedisci_una(una: Consegna, email: EmailMessage) -> str:
    """Send it and write what became of it; the code of a refusal, or nothing."""
    try:
        risposta = consegna(email)
    except Interrotta as errore:
        _segna(una, Consegna.Stato.ATTESA, codice=str(errore))
        raise
    if risposta.esito is EsitoInvio.RIFIUTATA:
        return _rifiutata(una, risposta)
    _segna(una, Consegna.Stato.DUBBIA if risposta.esito is EsitoInvio.DUBBIA else Consegna.Stato.SPEDITA)
    return ""


def _rifiutata(una: Consegna, risposta: Risposta) -> str:
    """Temporary (4xx): again later, some times. For good (5xx): refused, and after a few issues the mailbox is left."""
    scritto = capisci(risposta.codice, risposta.parole)
    tentativi = una.tentativi + 1
    if risposta.temporanea and tentativi < TENTATIVI:
        dopo = timezone.now() + RIPROVA * 2 ** (tentativi - 1)
        _segna(una, Consegna.Stato.ATTESA, codice=scritto, tentativi=tentativi, riprova_dal=dopo)
        return ""
    scritto = rinunciato(scritto)
    _segna(una, Consegna.Stato.RIFIUTATA, codice=scritto, tentativi=tentativi)
    if risposta.al_destinatario and della_casella(scritto):
        segna_rifiuto(una, scritto)
    return scritto


def _segna(consegna, stato, **campi):
    """What became of a delivery that was taken; one in doubt is so no more if who had it was only slow."""
    presa = (Consegna.Stato.IN_CORSO, Consegna.Stato.DUBBIA)
    Consegna.objects.filter(pk=consegna.pk, stato__in=presa).update(stato=stato, **campi)
