"""The only functions that change what the registers hold."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from base.posta import Esterno, spedisci_dopo
from organizzazioni.models import Distretto, Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione

from .esportazioni import FORMATI, TIPI, nome_del_file
from .models import InvioElenco
from .permissions import puo_inviare_elenco
from .selettori import elenco_al

ELENCO = "elenco_aderenti"
"""What a sent list feeds (M1), in the words of the set-up file."""


@transaction.atomic
def invia_elenco(giorno: date, destinatari: Iterable[str], utente: Utente, nota: str = "") -> InvioElenco:
    """Send the list of members of `giorno` to these addresses, keep what was sent, and offer it as evidence.

    The evidence waits for who decides on the manager's; without a criterion that such a list feeds today there is
    none. `ValidationError` when nobody is a member, or nobody is written to; `StampaNonDisponibile` without Pango.
    """
    if not puo_inviare_elenco(utente):
        raise PermissionDenied
    destinatari = list(dict.fromkeys(destinatari))
    elenco = elenco_al(giorno)
    if not elenco:
        raise ValidationError("A questa data non c'è nessuna organizzazione aderente")
    if not destinatari:
        raise ValidationError("Scrivi almeno un indirizzo")
    file = {formato: scrivi(elenco, giorno) for formato, scrivi in FORMATI.items()}
    impronte = {formato: hashlib.sha256(dati).hexdigest() for formato, dati in file.items()}
    invio = InvioElenco.objects.create(
        al=giorno,
        righe=[{nome: _in_json(valore) for nome, valore in asdict(uno).items()} for uno in elenco],
        destinatari=destinatari,
        nota=nota,
        inviato_il=timezone.now(),
        inviato_da=utente,
        **{formato: ContentFile(dati, f"{impronte[formato][:16]}.{formato}") for formato, dati in file.items()},
        **{f"{formato}_sha256": impronta for formato, impronta in impronte.items()},
    )
    _offri(invio, utente)
    spedisci_dopo(
        [Esterno(indirizzo) for indirizzo in destinatari],
        "registri/email/elenco",
        str(invio),
        {"invio": invio, "mittente": utente, "distretto": Distretto.objects.first()},
        [(nome_del_file(giorno, formato), dati, TIPI[formato].partition(";")[0]) for formato, dati in file.items()],
    )
    return invio


def _in_json(valore):
    return valore.isoformat() if isinstance(valore, date) else valore


def _offri(invio: InvioElenco, utente: Utente) -> None:
    """As evidence of the District, if a programme that is open today has a criterion that the list feeds."""
    oggi = timezone.localdate(invio.inviato_il)
    distretto = organizzazione_del_distretto()
    if distretto is None or alimentazione.criterio_alimentato_da(ELENCO, oggi) is None:
        return
    alimentazione.proponi(
        ELENCO,
        invio,
        utente,
        distretto,
        oggi,
        f"Invio dell'elenco degli aderenti al {invio.al:%d/%m/%Y}",
        f"A: {', '.join(invio.destinatari)}. SHA-256 del PDF: {invio.pdf_sha256}; del CSV: {invio.csv_sha256}.",
        file=[(nome_del_file(invio.al, formato), getattr(invio, formato)) for formato in ("pdf", "csv")],
        subito=True,
    )
