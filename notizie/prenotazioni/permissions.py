"""Who opens the bookings of an event and reads who booked: its organisation and the manager, nobody else."""

from organizzazioni.permissions import e_manager, puo_agire_per

from ..models import EventoPage, SezioneNotiziePage


def puo_gestire_prenotazioni(utente, evento: EventoPage) -> bool:
    """Whether `utente` opens and closes the bookings of `evento`, reads its people, writes how many came."""
    if not utente.is_active:
        return False
    if e_manager(utente):
        return True
    sezione = SezioneNotiziePage.objects.parent_of(evento).select_related("organizzazione").first()
    return sezione is not None and puo_agire_per(utente, sezione.organizzazione)
