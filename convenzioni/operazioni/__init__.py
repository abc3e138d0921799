"""The only functions that change what a convention is, apart from what is written on its page, and the cards."""

from .accordi import (
    FIRMATA,
    RITIRATA,
    indicizza,
    manda_promemoria,
    registra_firma,
    reindicizza,
    rinnova,
    ritira,
    togli,
)
from .card import CONCESSE, EMESSE, REVOCATA, concedi, emetti, revoca

__all__ = [
    "CONCESSE",
    "EMESSE",
    "FIRMATA",
    "REVOCATA",
    "RITIRATA",
    "concedi",
    "emetti",
    "indicizza",
    "manda_promemoria",
    "registra_firma",
    "reindicizza",
    "revoca",
    "rinnova",
    "ritira",
    "togli",
]
