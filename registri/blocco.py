"""What every operation of the registers does first: only who manages them writes, and over what they have read."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from organizzazioni.models import Utente

from .permissions import puo_gestire

Cosa = TypeVar("Cosa", bound=models.Model)


def esigi_che_gestisca(utente: Utente, le_cose: str) -> None:
    """`PermissionDenied` for who does not write the registers; `le_cose` is what is written, as "I corsi li"."""
    if not puo_gestire(utente):
        raise PermissionDenied(f"{le_cose} scrive il manager")


def bloccata(una: Cosa, utente: Utente, versione: int | None, le_cose: str, questa: str) -> Cosa:
    """`una` as it is now, locked; `questa` is how it is called, as "questo corso".

    `PermissionDenied` as above, `ValidationError` when another version than the one that was read.
    """
    esigi_che_gestisca(utente, le_cose)
    attuale = type(una)._default_manager.select_for_update(of=("self",)).get(pk=una.pk)
    esigi_la_versione(attuale, versione, questa)
    return attuale


def esigi_la_versione(attuale: Any, versione: int | None, questa: str) -> None:
    """`ValidationError` when `attuale`, which is locked, is another version than the one that was read."""
    if versione is not None and versione != attuale.versione:
        cambiata = f"Un'altra persona ha salvato {questa} mentre scrivevi: ciò che hai scritto è qui, salva di nuovo"
        raise ValidationError(cambiata, code="cambiata")
