"""Who may do what with a convention, apart from its page, which Wagtail's own permissions hold."""

from cura.permissions import puo_tenere
from organizzazioni.models import Chiunque
from organizzazioni.permissions import e_manager, puo_agire_per

from .models import ConvenzionePage, Lotto


def puo_leggere_atto(utente: Chiunque, convenzione: ConvenzionePage) -> bool:
    """Whether `utente` opens the signed act: who may register it. Who reads evidence reads no contract."""
    return puo_tenere(utente, convenzione)


def puo_rinnovare(utente: Chiunque, convenzione: ConvenzionePage) -> bool:
    """Whether `utente` may write a draft in the same section."""
    return convenzione.get_parent().specific.permissions_for_user(utente).can_add_subpage()


def puo_concedere(utente: Chiunque) -> bool:
    """Whether `utente` says how many cards an organisation may give."""
    return utente.is_active and e_manager(utente)


def puo_revocare(utente: Chiunque, lotto: Lotto) -> bool:
    """Whether `utente` revokes cards of `lotto`: as for issuing, and the managers also where nobody acts any more."""
    return (utente.is_active and e_manager(utente)) or puo_agire_per(utente, lotto.organizzazione)


def puo_emettere(utente: Chiunque, lotto: Lotto) -> bool:
    """Whether `utente` makes cards of `lotto`: who acts for its organisation, and the managers."""
    return lotto.organizzazione.attiva and (e_manager(utente) or puo_agire_per(utente, lotto.organizzazione))
