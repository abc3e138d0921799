"""The only functions that change what a convention is, apart from what is written on its page, and the cards."""

from .accordi import (
    CESSATA,
    FIRMATA,
    cessa,
    manda_promemoria,
    registra_firma,
    rinnova,
)
from .card import CONCESSE, EMESSE, INSIEME, REVOCATA, concedi, emetti, revoca
from .conferme import (
    CONFERMATA,
    DA_CORREGGERE,
    chiedi_conferma,
    chiedi_conferme,
    conferma,
    correggi,
)
from .segnalazioni import proponi_convenzione, segnala_errore, segnala_rifiuto

__all__ = [
    "CESSATA",
    "CONCESSE",
    "CONFERMATA",
    "DA_CORREGGERE",
    "EMESSE",
    "FIRMATA",
    "INSIEME",
    "REVOCATA",
    "cessa",
    "chiedi_conferma",
    "chiedi_conferme",
    "concedi",
    "conferma",
    "correggi",
    "emetti",
    "manda_promemoria",
    "proponi_convenzione",
    "registra_firma",
    "revoca",
    "rinnova",
    "segnala_errore",
    "segnala_rifiuto",
]
