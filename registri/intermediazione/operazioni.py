"""The only functions that change the manager's log of contacts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cura.dichiarazione import Cura
from cura.operazioni import Nota, comincia_bozza
from cura.operazioni.segnalazioni import TITOLO
from organizzazioni.models import Organizzazione, Utente

from ..blocco import Blocco
from ..models import Intermediazione, Partecipante, Riunione, TipoRiunione
from ..riunioni.operazioni import salva_partecipanti, salva_riunione

bloccata = Blocco("Le intermediazioni le", "questa riga")


@transaction.atomic
def salva_intermediazione(una: Intermediazione, utente: Utente, versione: int | None = None) -> Intermediazione:
    """Write a contact, or what a member said."""
    if una.pk:
        una.versione = bloccata(una, utente, versione).versione + 1
    else:
        bloccata.esigi_che_gestisca(utente)
        una.scritta_da = utente
    una.save()
    return una


@transaction.atomic
def segna_seguito(una: Intermediazione, utente: Utente) -> Intermediazione:
    """What was to be done is done today; or is not, after all."""
    attuale = bloccata(una, utente)
    attuale.fatto_il = None if attuale.fatto_il else timezone.localdate()
    attuale.save(update_fields=["fatto_il"])
    return attuale


@transaction.atomic
def prepara_riunione(una: Intermediazione, utente: Utente) -> Riunione:
    """A meeting about it, to be completed, with the manager and the body invited; asked again, the one that is there.

    `ValidationError` where there is no kind of meeting yet.
    """
    attuale = bloccata(una, utente)
    if attuale.riunione is not None:
        return attuale.riunione
    tipo = TipoRiunione.objects.first()
    if tipo is None:
        raise ValidationError("Prima aggiungi un tipo di riunione, in Impostazioni")
    giorno = max(attuale.entro or timezone.localdate(), timezone.localdate())
    riunione = salva_riunione(Riunione(tipo=tipo, titolo=attuale.argomento, giorno=giorno), utente)
    invitato = Partecipante(nome="Da nominare", organizzazione=attuale.organizzazione, altro_ente=attuale.altro_ente)
    if attuale.ente:
        salva_partecipanti(riunione, utente, [invitato])
    attuale.riunione = riunione
    attuale.save(update_fields=["riunione"])
    return riunione


@transaction.atomic
def prepara_pagina(
    una: Intermediazione, utente: Utente, cura: Cura, organizzazione: Organizzazione, **altro: Any
) -> Any:
    """A draft of a convention or a service, to be completed; asked again, the one that is there.

    It begins with the subject and the body: the outcome is the manager's own. Raises `PassaggioImpossibile`.
    """
    attuale = bloccata(una, utente)
    gia = cura.modello._default_manager.filter(pk__in=attuale.pagine.values("pk")).first()
    if gia is not None:
        return gia
    nota = Nota(attuale.ente[:TITOLO], attuale.altro_ente[:TITOLO])
    bozza = comincia_bozza(cura, nota, organizzazione, utente, title=attuale.argomento, **altro)
    attuale.pagine.add(bozza)
    return bozza


@transaction.atomic
def elimina_intermediazione(una: Intermediazione, utente: Utente) -> None:
    """Throw it away: it is a note, and proves nothing. The meeting and the drafts that were made from it stay."""
    bloccata(una, utente).delete()
