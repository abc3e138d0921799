"""Who reads, writes and publishes the documents of a year: they name persons, and hold what is not public."""

from organizzazioni.models import Chiunque
from organizzazioni.permissions import e_manager, legge_tutto


def puo_leggere_documenti(utente: Chiunque) -> bool:
    """Manager, Coordinamento and the agency: who reads every evidence."""
    return utente.is_active and legge_tutto(utente)


def puo_scrivere_documenti(utente: Chiunque) -> bool:
    """The manager writes the words, makes a document final, publishes it and takes it away."""
    return utente.is_active and e_manager(utente)
