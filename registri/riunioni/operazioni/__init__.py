"""The only functions that change meetings."""

from .passato import GiaUnita, importa_riunioni, unisci_evidenze
from .riunioni import (
    DOPO_IL_GIORNO,
    ELIMINATA,
    allega_file,
    annulla,
    chiudi,
    convoca,
    elimina,
    registra_presenze,
    riapri,
    salva_partecipanti,
    salva_riunione,
    salva_verbale,
    segna_fatto,
    togli_file,
)

__all__ = [
    "DOPO_IL_GIORNO",
    "ELIMINATA",
    "GiaUnita",
    "allega_file",
    "annulla",
    "chiudi",
    "convoca",
    "elimina",
    "importa_riunioni",
    "registra_presenze",
    "riapri",
    "salva_partecipanti",
    "salva_riunione",
    "salva_verbale",
    "segna_fatto",
    "togli_file",
    "unisci_evidenze",
]
