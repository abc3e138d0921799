"""What every operation of the registers does first: only who manages them writes, and over what they have read."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from organizzazioni.models import Utente

from .permissions import puo_gestire

Cosa = TypeVar("Cosa", bound=models.Model)


@dataclass(frozen=True)
class Blocco:
    """What a register says of itself to whom it refuses: `le_cose` as "I corsi li", `questa` as "questo corso"."""

    le_cose: str
    questa: str

    def esigi_che_gestisca(self, utente: Utente) -> None:
        """`PermissionDenied` for who does not write the registers."""
        if not puo_gestire(utente):
            raise PermissionDenied(f"{self.le_cose} scrive il manager")

    def __call__(self, una: Cosa, utente: Utente, versione: int | None = None) -> Cosa:
        """`una` as it is now, locked.

        `PermissionDenied` as above, `ValidationError` when another version than the one that was read.
        """
        self.esigi_che_gestisca(utente)
        attuale = type(una)._default_manager.select_for_update(of=("self",)).get(pk=una.pk)
        esigi_la_versione(attuale, versione, self.questa)
        return attuale


def esigi_la_versione(attuale: Any, versione: int | None, questa: str) -> None:
    """`ValidationError` when `attuale`, which is locked, is another version than the one that was read."""
    if versione is not None and versione != attuale.versione:
        cambiata = f"Un'altra persona ha salvato {questa} mentre scrivevi: ciò che hai scritto è qui, salva di nuovo"
        raise ValidationError(cambiata, code="cambiata")
