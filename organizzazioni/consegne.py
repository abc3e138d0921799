"""The register of what each app leaves open to who takes over: a function `utente -> list[Sospeso]`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sospeso:
    """One thing that is open, in words, and where it is seen to."""

    che_cosa: str
    indirizzo: str


_registro: dict[str, Callable] = {}


def registra(chiave: str, funzione: Callable) -> None:
    """Add what the app `chiave` leaves open; the same key twice keeps the last."""
    _registro[chiave] = funzione


def in_sospeso(utente) -> list[Sospeso]:
    """All that is open for who has the role of `utente`."""
    return [sospeso for funzione in _registro.values() for sospeso in funzione(utente)]
