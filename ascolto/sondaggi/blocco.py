"""What every gesture of the manager on a survey does first."""

from django.core.exceptions import PermissionDenied, ValidationError

from organizzazioni.models import Utente

from ..models import Sondaggio
from ..permissions import puo_gestire_sondaggi
from . import flusso_sondaggi as flusso

CAMBIATO = "Un'altra persona ha salvato questo sondaggio mentre scrivevi: ciò che hai scritto è qui, salva di nuovo"


def esigi_che_gestisca(utente: Utente) -> None:
    if not puo_gestire_sondaggi(utente):
        raise PermissionDenied("I sondaggi li prepara il manager")


def bloccato(sondaggio: Sondaggio, utente: Utente, stato: str, versione: int | None = None) -> Sondaggio:
    """The survey as it is now, locked. `ValidationError` when it is not in `stato`, or somebody saved since."""
    esigi_che_gestisca(utente)
    attuale = Sondaggio.objects.select_for_update().get(pk=sondaggio.pk)
    if attuale.stato != stato:
        raise ValidationError(str(flusso.fermo(attuale.stato)))
    if versione is not None and versione != attuale.versione:
        raise ValidationError(CAMBIATO, code="cambiata")
    return attuale


def passato(sondaggio: Sondaggio, utente: Utente, azione: str, motivo: str = "") -> Sondaggio:
    """The survey as it is now, locked, in the state where `azione` leads: who calls writes the rest and keeps it.

    `ValidationError` where its table of passages does not let it, or asks for a reason.
    """
    esigi_che_gestisca(utente)
    attuale = Sondaggio.objects.select_for_update().get(pk=sondaggio.pk)
    passa(attuale, azione, motivo)
    return attuale


def passa(sondaggio: Sondaggio, azione: str, motivo: str = "") -> None:
    """Move `sondaggio`, which is locked, by `azione`, with its reason if it asks for one. Raises as `passato` does."""
    try:
        sondaggio.stato = flusso.passa(azione, sondaggio.stato, motivo)
    except flusso.SondaggioFermo as perche:
        raise ValidationError(str(perche)) from perche
    if flusso.PASSAGGI[azione][2]:
        sondaggio.motivo = motivo.strip()


def scritto(sondaggio: Sondaggio, utente: Utente) -> None:
    """Keep it, and that `utente` wrote some of it."""
    sondaggio.versione += 1
    sondaggio.save()
    sondaggio.autori.add(utente)
