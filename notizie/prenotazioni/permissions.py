"""Who opens the bookings of an event and reads who booked: its organisation and the manager, nobody else."""

from base.contesti import permessi_di
from base.permissions import PaginaPermissionTester
from organizzazioni.models import Chiunque, Organizzazione
from organizzazioni.permissions import e_manager, puo_agire_per

from ..models import EventoPage, PostiDellEvento, SezioneNotiziePage


def organizzazione_di(evento: EventoPage) -> Organizzazione:
    """Whose event it is: of the section it stands in."""
    sezione = SezioneNotiziePage.objects.parent_of(evento).select_related("organizzazione").get()
    return sezione.organizzazione


def puo_gestire_prenotazioni(utente: Chiunque, evento: EventoPage) -> bool:
    """Whether `utente` opens and closes the bookings of `evento`, reads its people, writes how many came."""
    if not utente.is_active:
        return False
    return e_manager(utente) or puo_agire_per(utente, organizzazione_di(evento))


@permessi_di(EventoPage)
class EventoPermissionTester(PaginaPermissionTester):
    """With the page would go how many came, which the year counts: such an event is taken off the site, and stays."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        detti = PostiDellEvento.objects.con_presenti().filter(evento_id=self.page.pk)
        return super().can_delete(ignore_bulk) and not detti.exists()
