"""Who writes and sends the newsletter."""

from organizzazioni.models import Chiunque
from organizzazioni.permissions import e_manager


def puo_gestire_newsletter(utente: Chiunque) -> bool:
    """Whether `utente` writes issues, sends them, and sees how many they go to."""
    return utente.is_active and e_manager(utente)
