"""The outbox: a message is kept with what was decided; then it is taken, and that is saved; then it leaves.

So nobody gets it twice, whatever crashes: one that was taken and of which nothing more is known is in doubt, and a
person decides. Once the server has it, the row is deleted: the outbox holds only what has not left.
"""

import base64
import logging
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from ..compiti import compito, metti_in_coda
from ..models import SENZA_TESTO, MessaggioInUscita
from . import ESTERNO, NESSUNO
from .server import EsitoInvio, Interrotta, consegna, linea, viva

RIPROVE = [timedelta(minutes=minuti) for minuti in (1, 5, 15, 60, 180, 360, 720)]
"""How long after each attempt comes the next; after the last, some 22 hours, a person decides."""
PERSA = timedelta(minutes=15)
"""A message taken so long ago was in the hands of someone who crashed: whether it left nobody knows."""
CONSERVA = timedelta(days=30)
"""How long what did not leave is kept, with its address, for someone to decide."""
LOTTO = 100
OGGETTO = 200
"""How much of a subject tells what a message is about: a longer one is cut where it is kept."""

NON_RISPONDE = "il server di posta non risponde"

logger = logging.getLogger(__name__)
Stato = MessaggioInUscita.Stato


def accoda(messaggio: EmailMessage, a_chi: str) -> None:
    """Keep `messaggio` in the transaction of now; the worker hears of it at the commit. `a_chi` is who it is for."""
    if messaggio.recipients():
        _tieni(", ".join(messaggio.to), a_chi, str(messaggio.subject), contenuto=_in_dati(messaggio))
        _avvisa()


def accoda_senza_testo(email: str, a_chi: str, oggetto: str) -> None:
    """Keep that someone is still to be told of `oggetto`, where the message itself could not be written."""
    _tieni(email, a_chi, oggetto, stato=Stato.FALLITO, errore=SENZA_TESTO)


def spedisci(adesso: datetime | None = None) -> datetime | None:
    """Send what may leave now; when the next may, or None if nothing waits. Anyone may call it at any time."""
    adesso = adesso or timezone.now()
    MessaggioInUscita.objects.filter(email=NESSUNO).delete()
    perse = MessaggioInUscita.objects.filter(stato=Stato.IN_CORSO, preso_il__lt=adesso - PERSA)
    perse.update(stato=Stato.DUBBIO, errore="chi lo spediva si è interrotto")
    pronti = MessaggioInUscita.objects.da_spedire(adesso)
    try:
        while lotto := list(pronti[:LOTTO]):
            with linea() as connessione:
                for riga in lotto:
                    viva(connessione)
                    if _prendi(riga):
                        _spedisci_uno(riga, connessione)
    except Interrotta as errore:
        logger.error("La posta non parte (%s): si riprova tra poco", errore)
        _rimanda(pronti, NON_RISPONDE)
    aperti = MessaggioInUscita.objects.filter(stato__in=(Stato.ATTESA, Stato.IN_CORSO))
    attese = aperti.aggregate(riprova=Min("riprova_dal"), preso=Min("preso_il"))
    quando = [attese["riprova"], attese["preso"] + PERSA if attese["preso"] else None]
    return min((momento for momento in quando if momento is not None), default=None)


def rispedisci(righe: Any) -> int:
    """Send again these of the outbox, which did not leave or are in doubt, because a person said so; how many."""
    ferme = righe.fermi().exclude(contenuto=None)
    quante = ferme.update(stato=Stato.ATTESA, tentativi=0, riprova_dal=timezone.now(), preso_il=None, errore="")
    if quante:
        _avvisa()
    return quante


def metti_in_dubbio(**kwargs: Any) -> None:
    """What waited when a copy of the site was made may have left since: a person says whether it leaves again."""
    aperti = MessaggioInUscita.objects.filter(stato__in=(Stato.ATTESA, Stato.IN_CORSO))
    aperti.update(stato=Stato.DUBBIO, errore="il sito è stato ripristinato da una copia")


def dimentica_vecchi() -> int:
    """Delete what did not leave and nobody decided about in `CONSERVA`; how many."""
    return MessaggioInUscita.objects.fermi().filter(creato_il__lt=timezone.now() - CONSERVA).delete()[0]


def dimentica_esterno(email: str, di: str = "") -> None:
    """Leave nothing to be sent to who has no account and asked to be forgotten; with `di`, how a subject ends after
    its «: », only of that."""
    suoi = MessaggioInUscita.objects.filter(email__iexact=email, a_chi=ESTERNO)
    if di:
        suoi = suoi.filter(oggetto__contains=f": {' '.join(di.split())}"[:OGGETTO])
    suoi.delete()


def _tieni(email, a_chi, oggetto, **campi):
    MessaggioInUscita.objects.create(email=email, a_chi=a_chi[:200], oggetto=oggetto[:255], **campi)


def _avvisa():
    transaction.on_commit(lambda: metti_in_coda(compito("base.tasks.spedisci_posta")), robust=True)


def _prendi(riga: MessaggioInUscita) -> bool:
    """Take it for oneself, for good; False if someone else did."""
    with transaction.atomic(durable=True):
        libera = MessaggioInUscita.objects.filter(pk=riga.pk, stato=Stato.ATTESA)
        return bool(libera.update(stato=Stato.IN_CORSO, preso_il=timezone.now(), riprova_dal=None))


def _spedisci_uno(riga, connessione):
    """Send one that was taken, and write what became of it."""
    sua = MessaggioInUscita.objects.filter(pk=riga.pk)
    try:
        risposta = consegna(_da_dati(riga.contenuto, connessione))
    except Interrotta:
        sua.update(stato=Stato.ATTESA, preso_il=None, riprova_dal=riga.riprova_dal)
        raise
    if risposta.esito is EsitoInvio.PRESA:
        sua.delete()
    elif risposta.esito is EsitoInvio.DUBBIA:
        sua.update(stato=Stato.DUBBIO, errore="il server di posta ha smesso di rispondere mentre lo prendeva")
    elif risposta.temporanea:
        _rimanda(sua, f"il server di posta non l'ha ancora preso ({risposta.codice})")
    else:
        sua.update(stato=Stato.FALLITO, errore=f"il server di posta l'ha rifiutato ({risposta.codice})")


def _rimanda(righe, errore):
    """Try these again later, each the later the more often it was tried; after the last time a person decides."""
    chiavi = list(righe.values_list("pk", "tentativi"))
    for fatti in {tentativi for _, tentativi in chiavi}:
        quali = MessaggioInUscita.objects.filter(pk__in=[pk for pk, tentativi in chiavi if tentativi == fatti])
        if fatti < len(RIPROVE):
            dopo = timezone.now() + RIPROVE[fatti]
            quali.update(stato=Stato.ATTESA, preso_il=None, tentativi=fatti + 1, riprova_dal=dopo, errore=errore)
        else:
            quali.update(stato=Stato.FALLITO, preso_il=None, errore=errore)


def _in_dati(messaggio: EmailMessage) -> dict[str, Any]:
    """What is needed to make it again. Raises `TypeError` for an attachment that is not a file with a name."""
    campi = ("body", "from_email", "to", "cc", "bcc", "reply_to", "extra_headers", "content_subtype")
    alternative = getattr(messaggio, "alternatives", [])
    dominio = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    messaggio.extra_headers.setdefault("Message-ID", make_msgid(domain=dominio))  # its own, however often it is tried
    return {
        "subject": str(messaggio.subject),
        **{campo: getattr(messaggio, campo) for campo in campi},
        "alternatives": [[alternativa[0], alternativa[1]] for alternativa in alternative],
        "attachments": [_allegato(*allegato) for allegato in messaggio.attachments],
    }


def _allegato(nome, contenuto, tipo=None):
    byte = contenuto if isinstance(contenuto, bytes) else str(contenuto).encode()
    return [nome, base64.b64encode(byte).decode(), tipo]


def _da_dati(dati: dict[str, Any], connessione: Any) -> EmailMultiAlternatives:
    campi = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "alternatives")
    messaggio = EmailMultiAlternatives(
        **{campo: dati[campo] for campo in campi}, headers=dati["extra_headers"], connection=connessione
    )
    messaggio.content_subtype = dati["content_subtype"]
    for nome, contenuto, tipo in dati["attachments"]:
        messaggio.attach(nome, base64.b64decode(contenuto), tipo)
    return messaggio
