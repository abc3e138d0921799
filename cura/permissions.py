"""Who may do what with entries, with what people write about them, and with the words that order them."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from organizzazioni.models import Chiunque, Organizzazione
from organizzazioni.permissions import e_manager, puo_agire_per

from .models.segnalazioni import SegnalazioneAstratta, SegnalazioneQuerySet
from .registro import cura_di


class SoloDelManager(ModelPermissionPolicy):
    """Everything to the managers, nothing to anyone else, whatever Django permissions they hold."""

    def user_has_permission(self, user: Chiunque, action: str) -> bool:
        return e_manager(user)

    def user_has_any_permission(self, user: Chiunque, actions: Iterable[str]) -> bool:
        return e_manager(user)


def puo_tenere(utente: Chiunque, pagina: Any) -> bool:
    """Whether `utente` answers for `pagina`: who acts for the organisation in whose section it is, and the managers."""
    if not utente.is_active:
        return False
    organizzazione = cura_di(type(pagina)).organizzazione_di(pagina)
    return e_manager(utente) or (organizzazione is not None and puo_agire_per(utente, organizzazione))


def tiene_qualcosa(utente: Chiunque) -> bool:
    """Whether `utente` keeps entries at all: for an organisation, or as manager."""
    return e_manager(utente) or Organizzazione.objects.di(utente).exists()


def segnalazioni_visibili_a(utente: Chiunque, modello: type[SegnalazioneAstratta]) -> SegnalazioneQuerySet:
    """The messages (a model) that `utente` reads: all for the managers, for the others those about their entries."""
    if e_manager(utente):
        return modello.objects.all()
    return modello.objects.filter(cura_di(modello.modello_curato()).di(utente, f"{modello.legame}__path"))


def puo_gestire_segnalazione(utente: Chiunque, segnalazione: Any) -> bool:
    """Whether `utente` changes its state: the managers; of what their own side corrects, who answers for the entry."""
    if e_manager(utente):
        return utente.is_active
    if segnalazione.tipo != segnalazione.CORREZIONE or segnalazione.contenuto is None:
        return False
    return puo_tenere(utente, segnalazione.contenuto)


def puo_leggere_chi_scrive(utente: Chiunque) -> bool:
    """Who reads the address that was left to be answered: never the organisation that is told about."""
    return e_manager(utente)


def puo_decidere_ritiri(utente: Chiunque) -> bool:
    """Who takes entries off, and puts them back."""
    return e_manager(utente)
