"""The only functions that change internal deadlines, personal notices, and that write to who owes something."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.percorsi import sta_sotto
from organizzazioni.models import Organizzazione, Utente

from .. import notifiche, permissions
from ..models import AvvisiPersonali, ProgrammaPage, TermineInterno
from ..models.termini import nuova_chiave
from ..selettori.dovuti import anni_da_fare, persone_di
from ..selettori.riassunto import da_avvisare, riassunto_di
from .comuni import esigi


@transaction.atomic
def salva_termine(termine: TermineInterno, programma: ProgrammaPage, utente) -> TermineInterno:
    """Write an internal deadline of an action of `programma`, within its period.

    `ValidationError` when the day is out of it, or the action is of another programme.
    """
    _esigi_aperto(programma, utente)
    if not sta_sotto(termine.azione.path, programma.path):
        raise ValidationError({"azione": f"Questa azione non è del programma {programma.anno}"})
    if not programma.comprende(termine.giorno):
        periodo = f"dal {programma.dal:%d/%m/%Y} al {programma.scadenza:%d/%m/%Y}"
        raise ValidationError({"giorno": f"Scegli un giorno del programma {programma.anno}, {periodo}"})
    termine.save()
    return termine


@transaction.atomic
def segna_termine(termine: TermineInterno, programma: ProgrammaPage, utente, fatto: bool) -> TermineInterno:
    """Say that what was to be done by then is done, or that it is not."""
    _esigi_aperto(programma, utente)
    termine.fatto_il = timezone.localdate() if fatto else None
    termine.save(update_fields=["fatto_il", "cambiato_il"])
    return termine


@transaction.atomic
def togli_termine(termine: TermineInterno, programma: ProgrammaPage, utente) -> None:
    _esigi_aperto(programma, utente)
    termine.delete()


@transaction.atomic
def scrivi_al_referente(
    programma: ProgrammaPage, ente: Organizzazione, utente, oggetto: str, testo: str
) -> list[Utente]:
    """Write to the people of `ente`; who was written to. Answers go to `utente`; the log keeps that it was done.

    `ValidationError` when nobody signs in for it.
    """
    _esigi_aperto(programma, utente)
    persone = persone_di(ente)
    if not persone:
        raise ValidationError(f"Nessuno entra nel portale per {ente}: prima invita una persona")
    notifiche.sollecito(persone, oggetto, testo, utente)
    log(instance=programma, action="programma.scrivi", user=utente, data={"organizzazione": str(ente)})
    return persone


@transaction.atomic
def avvisi_di(persona) -> AvvisiPersonali:
    """The notices of `persona`, made the first time that they are asked for."""
    return AvvisiPersonali.objects.get_or_create(persona=persona)[0]


@transaction.atomic
def scegli_riassunto(persona, vuole: bool) -> None:
    AvvisiPersonali.objects.filter(pk=avvisi_di(persona).pk).update(riassunto=vuole)


@transaction.atomic
def cambia_indirizzo(persona, togli: bool = False) -> None:
    """Give the calendar of `persona` a new secret address, or none: the one before stops working at once."""
    AvvisiPersonali.objects.filter(pk=avvisi_di(persona).pk).update(chiave=None if togli else nuova_chiave())


def manda_riassunti(oggi: date) -> list[Utente]:
    """The digest of the week to who has something to do and wants it; who got it. At most one a week to anybody."""
    mandati, aperti = [], anni_da_fare(oggi)
    for persona in da_avvisare():
        with transaction.atomic():
            avvisi_di(persona)
            avvisi = AvvisiPersonali.objects.select_for_update().get(persona=persona)
            if not avvisi.riassunto or _stessa_settimana(avvisi.riassunto_del, oggi):
                continue
            if riassunto := riassunto_di(persona, oggi, aperti):
                avvisi.riassunto_del = oggi
                avvisi.save(update_fields=["riassunto_del"])
                notifiche.riassunto(persona, riassunto)
                mandati.append(persona)
    return mandati


def _stessa_settimana(prima: date | None, oggi: date) -> bool:
    return prima is not None and prima.isocalendar()[:2] == oggi.isocalendar()[:2]


def _esigi_aperto(programma: ProgrammaPage, utente) -> None:
    esigi(permissions.puo_gestire_programma(utente))
    esigi(not programma.chiuso, "Il programma è chiuso")
