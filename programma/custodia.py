"""What holds up a score is not taken from under it, by whatever route of the models."""

from django.db.models import ProtectedError
from django.db.models.signals import m2m_changed, pre_delete

from base.solo_aggiunte import NonSiCambia
from organizzazioni.models import Organizzazione

from . import flusso
from .models import Criterio, Evidenza, ProgrammaPage, Riconoscimento


def collega() -> None:
    """Listen to what would change a score of the past."""
    m2m_changed.connect(_enti_riconosciuti, sender=Riconoscimento.organizzazioni.through, dispatch_uid="custodia-enti")
    pre_delete.connect(_criterio, sender=Criterio, dispatch_uid="custodia-criterio")
    pre_delete.connect(_evidenza, sender=Evidenza, dispatch_uid="custodia-evidenza")
    pre_delete.connect(_organizzazione, sender=Organizzazione, dispatch_uid="custodia-organizzazione")


def _enti_riconosciuti(instance, action, **kwargs):
    """The bodies named by a recognition are written with it, and then stay."""
    scrive = action == "pre_add" and getattr(instance, "si_sta_scrivendo", False)
    if action.startswith("pre_") and not scrive:
        raise NonSiCambia


def _criterio(instance, **kwargs):
    """The act fixes its criteria: they go with a draft only, and not with one that was in force and is corrected."""
    if instance.programma.stato != ProgrammaPage.Stato.BOZZA:
        raise ProtectedError("Il programma è approvato: i suoi criteri restano", {instance})
    if Riconoscimento.objects.filter(criterio__programma=instance.programma_id).exists():
        raise ProtectedError("Il programma ha già dato punteggi: i suoi criteri restano", {instance})


def _evidenza(instance, **kwargs):
    """What was sent, returned or decided says who said no, and what waited on a day: a draft only is thrown away."""
    if instance.stato != flusso.BOZZA:
        raise ProtectedError("È stata inviata: resta, con chi l'ha scritta e chi ha deciso", {instance})


def _organizzazione(instance, **kwargs):
    riconosciuti = Riconoscimento.objects.filter(organizzazioni=instance)
    if riconosciuti.exists():
        raise ProtectedError("È nominata in evidenze riconosciute: resta", set(riconosciuti))
