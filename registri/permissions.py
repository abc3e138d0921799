"""Who reads and writes what the registers hold, and who reads names: see docs/decisioni/0047."""

from typing import Any

from organizzazioni.models import Chiunque, Organizzazione
from organizzazioni.permissions import e_manager, legge_tutto, puo_agire_per

from .models import MisureDellEnte


def puo_leggere_elenco(utente: Chiunque) -> bool:
    """The list of members and the lists that were sent: who reads everything."""
    return utente.is_active and legge_tutto(utente)


def puo_inviare_elenco(utente: Chiunque) -> bool:
    """Sending the list is a duty of the manager (M1)."""
    return puo_gestire(utente)


def puo_gestire(utente: Chiunque) -> bool:
    """Meetings, projects, courses, contacts: the manager writes them."""
    return utente.is_active and e_manager(utente)


def puo_aprire(utente: Chiunque) -> bool:
    """Whether there are meetings or projects for `utente` at all; which ones, their `visibili_a` says."""
    return utente.is_active and (legge_tutto(utente) or Organizzazione.objects.di(utente).exists())


def legge_i_nomi(utente: Chiunque) -> bool:
    """Every name, address and file of the registers, and the manager's training: manager, Coordinamento, the agency.

    The others read the names of the people of their own bodies, and of the rest only which body they came from.
    """
    return utente.is_active and (e_manager(utente) or legge_tutto(utente))


def puo_compilare(utente: Chiunque, misure: MisureDellEnte) -> bool:
    """Answering for a body: its own people, and the manager for one that sent paper, or nobody."""
    return utente.is_active and (e_manager(utente) or puo_agire_per(utente, misure.organizzazione))


def puo_scrivere_consultazione(utente: Chiunque, azione: Any) -> bool:
    """A consultation of `azione` is written by the manager, and by who acts for a body that leads it."""
    if not utente.is_active:
        return False
    return e_manager(utente) or Organizzazione.objects.di(utente).filter(azioni_guidate__azione=azione).exists()


def ha_consultazioni(utente: Chiunque) -> bool:
    """Whether there are consultations for `utente` at all: who reads everything, who acts for a body that leads."""
    return utente.is_active and (
        e_manager(utente)
        or legge_tutto(utente)
        or Organizzazione.objects.di(utente).filter(azioni_guidate__isnull=False).exists()
    )
