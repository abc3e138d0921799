"""Who plans what. Others' pieces are as if they did not exist: see `PezzoProgrammato.objects.visibili_a`."""

from django.db.models import QuerySet

from organizzazioni.models import Chiunque, Organizzazione
from organizzazioni.permissions import e_manager, puo_agire_per
from programma.alimentazione import evidenze_nate_da
from programma.permissions import puo_leggere

from ..models import PezzoProgrammato, PianoEditoriale


def puo_pianificare(utente: Chiunque) -> bool:
    """Whether `utente` has a calendar at all: for an organisation, or as manager."""
    return utente.is_active and (e_manager(utente) or Organizzazione.objects.di(utente).exists())


def pianifica_per(utente: Chiunque) -> QuerySet:
    """The organisations for which `utente` plans (a QuerySet); managers for any active one."""
    if not utente.is_active:
        return Organizzazione.objects.none()
    return Organizzazione.objects.attive() if e_manager(utente) else Organizzazione.objects.di(utente)


def puo_modificare(utente: Chiunque, pezzo: PezzoProgrammato) -> bool:
    """Whether `utente` plans, moves, records and deletes this piece; which of these may be done, its state says."""
    return utente.is_active and (e_manager(utente) or puo_agire_per(utente, pezzo.organizzazione))


def puo_vedere_immagine(utente: Chiunque, pezzo: PezzoProgrammato) -> bool:
    """The image of what was sent is a proof: who plans it sees it, and who reads an evidence born from it."""
    return puo_modificare(utente, pezzo) or any(puo_leggere(utente, evidenza) for evidenza in evidenze_nate_da(pezzo))


def puo_scrivere_piano(utente: Chiunque) -> bool:
    """The plan of the year is the manager's."""
    return utente.is_active and e_manager(utente)


def puo_leggere_piano(utente: Chiunque, piano: PianoEditoriale) -> bool:
    """A plan that the manager marked as present is for everyone who plans."""
    return puo_scrivere_piano(utente) or (puo_pianificare(utente) and piano.presente)
