"""The register of what each app leaves open to who takes over: a function `utente -> list[Pendenza]`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pendenza:
    """One thing that is open, in words, and where it is seen to."""

    che_cosa: str
    indirizzo: str


_registro: dict[str, Callable] = {}


def registra(chiave: str, funzione: Callable) -> None:
    """Add what the app `chiave` leaves open; the same key twice keeps the last."""
    _registro[chiave] = funzione


def pendenze_di(utente) -> list[Pendenza]:
    """All that is open for who has the role of `utente`."""
    return [pendenza for funzione in _registro.values() for pendenza in funzione(utente)]
