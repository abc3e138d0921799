"""The link of a mail by which Coordinamento decides on one evidence without signing in."""

from base.collegamenti import TipoDiCollegamento
from organizzazioni import decisioni_dalla_posta

DECISIONE = TipoDiCollegamento("programma.decisione", decisioni_dalla_posta.DURATA)
"""About one evidence and one person: good until it is decided, withdrawn or written again, or the password changes."""


def stato_di(evidenza, persona) -> tuple:
    """What must stay as it was for the link to be good."""
    return evidenza.stato, evidenza.versione, evidenza.inviata_il.timestamp(), persona.password


def indirizzo_di_decisione(evidenza, persona) -> str:
    """The full address at which `persona` reads and decides."""
    gettone = DECISIONE.gettone(evidenza.pk, persona.pk, stato=stato_di(evidenza, persona))
    return decisioni_dalla_posta.indirizzo_di_decisione("decisione", gettone)
