"""The only functions that change subscriptions, issues and deliveries."""

from .iscrizioni import cancella, cancella_indirizzo, chiedi, conferma, dimentica_non_confermati, disiscrivi

__all__ = [
    "cancella",
    "cancella_indirizzo",
    "chiedi",
    "conferma",
    "dimentica_non_confermati",
    "disiscrivi",
]
