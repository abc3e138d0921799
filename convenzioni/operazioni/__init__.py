"""The only functions that change what a convention is, apart from what is written on its page, and the cards."""

from .accordi import (
    FIRMATA,
    RITIRATA,
    manda_promemoria,
    registra_firma,
    rinnova,
    ritira,
)
from .card import CONCESSE, EMESSE, INSIEME, REVOCATA, concedi, emetti, revoca
from .conferme import (
    CHIESTA,
    CONFERMATA,
    DA_CORREGGERE,
    CambiataNelFrattempo,
    GiaRisposto,
    chiedi_conferma,
    chiedi_conferme,
    conferma,
    correggi,
)
from .segnalazioni import (
    PassaggioImpossibile,
    crea_bozza,
    prendi_in_carico,
    proponi_convenzione,
    riapri,
    risolvi,
    segnala_rifiuto,
)

__all__ = [
    "CHIESTA",
    "CONCESSE",
    "CONFERMATA",
    "DA_CORREGGERE",
    "EMESSE",
    "FIRMATA",
    "INSIEME",
    "REVOCATA",
    "RITIRATA",
    "CambiataNelFrattempo",
    "GiaRisposto",
    "PassaggioImpossibile",
    "chiedi_conferma",
    "chiedi_conferme",
    "concedi",
    "conferma",
    "correggi",
    "crea_bozza",
    "emetti",
    "manda_promemoria",
    "prendi_in_carico",
    "proponi_convenzione",
    "registra_firma",
    "revoca",
    "riapri",
    "rinnova",
    "risolvi",
    "ritira",
    "segnala_rifiuto",
]
