"""Who opens the bookings of an event and reads who booked: its organisation and the manager, nobody else."""

from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager, puo_agire_per

from ..models import EventoPage, SezioneNotiziePage


def organizzazione_di(evento: EventoPage) -> Organizzazione:
    """Whose event it is: of the section it stands in."""
    sezione = SezioneNotiziePage.objects.parent_of(evento).select_related("organizzazione").get()
    return sezione.organizzazione


def puo_gestire_prenotazioni(utente, evento: EventoPage) -> bool:
    """Whether `utente` opens and closes the bookings of `evento`, reads its people, writes how many came."""
    if not utente.is_active:
        return False
    return e_manager(utente) or puo_agire_per(utente, organizzazione_di(evento))
