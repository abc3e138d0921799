"""Who may do what with a convention, apart from its page, which Wagtail's own permissions hold."""

from cura.registro import cura_di
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager, puo_agire_per

from .models import ConvenzionePage, Segnalazione


def puo_gestire(utente):
    """Whether `utente` writes conventions: for an organisation, or as manager."""
    return e_manager(utente) or Organizzazione.objects.di(utente).exists()


def puo_registrare(utente, convenzione):
    """Whether `utente` says that it was signed or withdrawn: who acts for whose it is, and the managers."""
    organizzazione = convenzione.get_parent().specific.organizzazione
    return e_manager(utente) or (utente.is_authenticated and puo_agire_per(utente, organizzazione))


def puo_leggere_atto(utente, convenzione):
    """Whether `utente` opens the signed act: who may register it. Who reads evidence reads no contract."""
    return puo_registrare(utente, convenzione)


def puo_rinnovare(utente, convenzione):
    """Whether `utente` may write a draft in the same section."""
    return convenzione.get_parent().specific.permissions_for_user(utente).can_add_subpage()


def segnalazioni_visibili_a(utente):
    """Every message to the managers; to the others those about the conventions of their organisations."""
    if e_manager(utente):
        return Segnalazione.objects.all()
    return Segnalazione.objects.filter(cura_di(ConvenzionePage).di(utente, "convenzione__path"))


def puo_gestire_segnalazione(utente, segnalazione):
    """Whether `utente` changes its state: the managers, and whose convention it is for what its partner corrects."""
    if e_manager(utente):
        return utente.is_active
    if segnalazione.tipo != Segnalazione.Tipo.CORREZIONE or segnalazione.convenzione is None:
        return False
    return puo_registrare(utente, segnalazione.convenzione)


def puo_leggere_chi_scrive(utente):
    """Who reads the address that was left to be answered: never the organisation that is told about."""
    return e_manager(utente)


def puo_gestire_card(utente):
    """Whether `utente` sees cards: of an organisation that they act for, or as manager."""
    return e_manager(utente) or Organizzazione.objects.di(utente).exists()


def puo_concedere(utente):
    """Whether `utente` says how many cards an organisation may give."""
    return utente.is_active and e_manager(utente)


def puo_revocare(utente, lotto):
    """Whether `utente` revokes cards of `lotto`: as for issuing, and the managers also where nobody acts any more."""
    return (utente.is_active and e_manager(utente)) or puo_agire_per(utente, lotto.organizzazione)


def puo_emettere(utente, lotto):
    """Whether `utente` makes cards of `lotto`: who acts for its organisation, and the managers."""
    return lotto.organizzazione.attiva and (e_manager(utente) or puo_agire_per(utente, lotto.organizzazione))
