"""What is made of a code: its fingerprint, that of the half answer that it opens, and the key that closes it.

The three are made apart from the secret key of the site, so that none of them says another: who reads the database
cannot tell of which code a half answer is, nor read it.
"""

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from base import seriali

from ..models import BozzaDiRisposta, Codice, Sondaggio

LUNGHEZZA = 12
"""Symbols of a code, 55 bits of chance."""
NON_VALE = "Questo codice non vale: forse è già stato usato"
SBAGLIATO = "Questo codice non esiste: controlla come l'hai scritto"
SENZA_ORA = 0
"""What closes a text writes the time beside it: not here."""


def leggi_codice(testo: str) -> str:
    """A code as somebody typed it; empty when it can be none."""
    return seriali.leggi(testo[:60], LUNGHEZZA) or ""


def impronta(sondaggio: Sondaggio, codice: str) -> str:
    return _impronta("codice", sondaggio, codice).hex()


def impronta_della_bozza(sondaggio: Sondaggio, codice: str) -> str:
    return _impronta("bozza", sondaggio, codice).hex()


def vale(sondaggio: Sondaggio, codice: str) -> bool:
    """Whether it may still be used."""
    return bool(codice) and Codice.objects.filter(sondaggio=sondaggio, impronta=impronta(sondaggio, codice)).exists()


def chiudi(sondaggio: Sondaggio, codice: str, scritto: Mapping[str, list[str]]) -> bytes:
    return _chiave(sondaggio, codice).encrypt_at_time(json.dumps(scritto).encode(), SENZA_ORA)


def leggi_bozza(sondaggio: Sondaggio, codice: str) -> dict[str, list[str]]:
    """What was kept with this code, as it was typed; nothing where there is none, or it cannot be opened."""
    tenuta = BozzaDiRisposta.objects.filter(impronta=impronta_della_bozza(sondaggio, codice)).first()
    if tenuta is None:
        return {}
    try:
        return json.loads(_chiave(sondaggio, codice).decrypt(bytes(tenuta.cifrata)))
    except InvalidToken:  # the secret key of the site is another
        return {}


def _chiave(sondaggio: Sondaggio, codice: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_impronta("chiave", sondaggio, codice)))


def _impronta(scopo: str, sondaggio: Sondaggio, codice: str) -> bytes:
    return salted_hmac(f"ascolto.{scopo}", f"{sondaggio.chiave}.{codice}", algorithm="sha256").digest()
