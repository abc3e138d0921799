"""The only functions that change subscriptions, issues and deliveries."""

from .iscrizioni import cancella, cancella_indirizzo, chiedi, conferma, dimentica_non_confermati, disiscrivi
from .numeri import (
    AVVIATA,
    INVIATA,
    PROVATA,
    RISPEDITE,
    anteprima,
    avvia_invio,
    concludi,
    invia_prova,
    riprendi,
    rispedisci_dubbie,
    scrive,
    trattieni,
)
from .rifiuti import ALLARMATA, registra_rapporto

__all__ = [
    "ALLARMATA",
    "AVVIATA",
    "INVIATA",
    "PROVATA",
    "RISPEDITE",
    "anteprima",
    "avvia_invio",
    "cancella",
    "cancella_indirizzo",
    "chiedi",
    "concludi",
    "conferma",
    "dimentica_non_confermati",
    "disiscrivi",
    "invia_prova",
    "registra_rapporto",
    "riprendi",
    "rispedisci_dubbie",
    "scrive",
    "trattieni",
]
