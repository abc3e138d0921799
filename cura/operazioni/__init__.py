"""The only functions that change what this app keeps, by subject."""

from .conferme import CambiataNelFrattempo, DaChiedere, GiaRisposto, chiedi_adesso, controlla, sollecita
from .contorni import carica_contorni
from .giudizi import dimentica_giudizi, giudica, spiega
from .indice import aggiorna, dimentica, indicizza, reindicizza, riallinea, togli
from .ricerche import annota_vana
from .ritiri import chiedi_ritiro, conferma_ritiro, rifiuta_ritiro, ripristina
from .segnalazioni import (
    Nota,
    PassaggioImpossibile,
    comincia_bozza,
    crea_bozza,
    prendi_in_carico,
    riapri,
    ricevi,
    risolvi,
)

__all__ = [
    "CambiataNelFrattempo",
    "DaChiedere",
    "GiaRisposto",
    "Nota",
    "PassaggioImpossibile",
    "aggiorna",
    "annota_vana",
    "carica_contorni",
    "chiedi_adesso",
    "chiedi_ritiro",
    "comincia_bozza",
    "conferma_ritiro",
    "controlla",
    "crea_bozza",
    "dimentica",
    "dimentica_giudizi",
    "giudica",
    "indicizza",
    "prendi_in_carico",
    "reindicizza",
    "riallinea",
    "riapri",
    "ricevi",
    "rifiuta_ritiro",
    "ripristina",
    "risolvi",
    "sollecita",
    "spiega",
    "togli",
]
