"""Who may do what in the guide: categories, summer, prints, sheets, and the care of its entries."""

from organizzazioni.models import Chiunque
from organizzazioni.permissions import e_manager, puo_agire_per

from .models import ServizioPage


def puo_leggere_rapporto(utente: Chiunque) -> bool:
    """Whether `utente` reads the report of the summer, and offers its counts to the programme."""
    return e_manager(utente)


def puo_aggiornare_posti(utente: Chiunque, servizio: ServizioPage) -> bool:
    """Whether `utente` may say how many places are left: who acts for whom the entry belongs to, if it is public.

    A lock or a pending approval does not matter: the number is not part of what waits.
    """
    if not servizio.live or servizio.alias_of_id is not None:
        return False
    return e_manager(utente) or puo_agire_per(utente, servizio.get_parent().specific.organizzazione)


def puo_preparare_bozza(utente: Chiunque, servizio: ServizioPage) -> bool:
    """Whether `utente` may write on the draft of `servizio` now: never over what waits for a decision."""
    permessi = servizio.permissions_for_user(utente)
    return permessi.can_edit() and not permessi.page_locked() and not servizio.workflow_in_progress


def puo_stampare(utente: Chiunque) -> bool:
    """Print the booklets, freeze the guide of the year, offer it as evidence."""
    return utente.is_active and e_manager(utente)
