"""What was written elsewhere becomes meetings: a sheet that is imported, evidence that was given by hand."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from organizzazioni.models import Utente
from programma import alimentazione

from ... import permissions
from ...models import Partecipante, PassaggioDellaRiunione, Riunione
from .. import flusso_riunioni as flusso
from ..importazione import PianoDiRiunioni
from ..riconoscere import Coppia

DAL_FILE = "Importata da un foglio"
DALLE_EVIDENZE = "Dalle evidenze già date"


class GiaUnita(ValidationError):
    """An evidence is of one meeting, and this one is of another already."""


@transaction.atomic
def importa_riunioni(piano: PianoDiRiunioni, utente: Utente) -> list[Riunione]:
    """Make the new meetings of `piano`, held and still to be closed; those that are here already stay as they are."""
    if not permissions.puo_gestire(utente):
        raise PermissionDenied("Le riunioni le importa il manager")
    if piano.problemi:
        raise ValidationError("Il file ha degli errori: niente è stato importato")
    return [_scrivi(letta.riunione, letta.persone, flusso.TENUTA, utente, DAL_FILE) for letta in piano.nuove]


@transaction.atomic
def unisci_evidenze(coppia: Coppia, utente: Utente | None) -> Riunione:
    """Say that the evidence of `coppia` is of its meeting, which is made, closed, where there is none.

    The evidence stays as it is, with its decisions: what it serves is not given again by the meeting. `utente` is None
    for a command. `GiaUnita` when one of it is of another meeting, or the meeting gave the same by itself.
    """
    if utente is not None and not permissions.puo_gestire(utente):
        raise PermissionDenied("Le riunioni le scrive il manager")
    evidenze = list(coppia.evidenze)
    if Riunione.gia_date.through.objects.filter(evidenza__in=[e.pk for e in evidenze]).exists():
        raise GiaUnita("Un'evidenza è già di un'altra riunione: rileggi la pagina")
    riunione = coppia.riunione
    if riunione is not None:
        date = alimentazione.evidenze_nate_da(riunione).filter(fonte_criterio__codice__in=coppia.codici)
        if doppie := [evidenza.fonte_criterio.codice for evidenza in date]:
            raise GiaUnita(f"La riunione ha già dato {', '.join(doppie)}: se è lo stesso fatto, revoca una delle due")
    else:
        riunione = _scrivi(coppia.da_fare(), coppia.persone(), flusso.CHIUSA, utente, DALLE_EVIDENZE)
    riunione.gia_date.add(*evidenze)
    return riunione


def _scrivi(
    riunione: Riunione, persone: Iterable[Partecipante], stato: str, utente: Utente | None, motivo: str
) -> Riunione:
    riunione.stato = stato
    riunione.save()
    if utente is not None:
        riunione.autori.add(utente)
    for uno in persone:
        uno.riunione = riunione
    Partecipante.objects.bulk_create(persone)
    PassaggioDellaRiunione.objects.create(riunione=riunione, chi=utente, a=stato, motivo=motivo)
    return riunione
