"""Entries taken off: asked by the organisation, decided by the manager, put back where it was wrong."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from .. import notifiche
from ..models import RichiestaDiRitiroAstratta
from ..permissions import puo_decidere_ritiri, puo_tenere
from ..registro import cura_di
from .segnalazioni import PassaggioImpossibile

Esito = RichiestaDiRitiroAstratta.Esito


@transaction.atomic
def chiedi_ritiro(pagina: Any, utente: Any, motivo: str) -> Any:
    """The organisation asks that the public no longer find the entry, and says why. One request at a time."""
    if not puo_tenere(utente, pagina):
        raise PermissionDenied("Il ritiro lo chiede chi lavora per la sua organizzazione")
    pagina = type(pagina).objects.select_for_update(of=("self",)).get(pk=pagina.pk)
    if not pagina.live:
        raise PassaggioImpossibile("Non è pubblicata: non c'è nulla da ritirare")
    if pagina.ritiri.aperte().exists():
        raise PassaggioImpossibile("Il ritiro è già stato chiesto")
    richiesta = pagina.ritiri.create(nome=pagina.title, motivo=motivo.strip(), chiesta_da=utente)
    _annota(pagina, "chiede_ritiro", utente, motivo=richiesta.motivo)
    notifiche.ritiro_chiesto(richiesta)
    return richiesta


@transaction.atomic
def conferma_ritiro(richiesta: RichiestaDiRitiroAstratta, utente: Any) -> RichiestaDiRitiroAstratta:
    """Take the entry off: it stays in its section, and `ripristina` puts back what the public read."""
    richiesta = _blocca_richiesta(richiesta, utente)
    pagina = richiesta.contenuto
    if pagina.live:
        richiesta.revisione = _di_nessuno(pagina)
        stato = pagina.current_workflow_state
        if stato is not None:  # what waits would bring it back when approved
            stato.cancel(user=utente)
        pagina.unpublish(user=utente, log_action=True)
    _decisa(richiesta, Esito.CONFERMATA, utente)
    _annota(pagina, "conferma_ritiro", utente)
    return richiesta


@transaction.atomic
def rifiuta_ritiro(richiesta: RichiestaDiRitiroAstratta, utente: Any, motivo: str) -> RichiestaDiRitiroAstratta:
    """Leave the entry where it is, and tell the organisation why."""
    richiesta = _blocca_richiesta(richiesta, utente)
    if not motivo.strip():
        raise PassaggioImpossibile("Scrivi il motivo: chi ha chiesto il ritiro lo deve sapere")
    richiesta.nota = motivo.strip()
    _decisa(richiesta, Esito.RIFIUTATA, utente)
    _annota(richiesta.contenuto, "rifiuta_ritiro", utente, motivo=richiesta.nota)
    return richiesta


@transaction.atomic
def ripristina(richiesta: RichiestaDiRitiroAstratta, utente: Any) -> Any:
    """Put back a withdrawn entry as the public last read it."""
    if not puo_decidere_ritiri(utente):
        raise PermissionDenied("Solo il manager territoriale può farlo")
    richiesta = _bloccata(richiesta)
    pagina = richiesta.contenuto
    if richiesta.esito != Esito.CONFERMATA or richiesta.ripristinata_il or pagina.live or not richiesta.revisione:
        raise PassaggioImpossibile("Non è in archivio")
    richiesta.revisione.publish(user=utente, skip_permission_checks=True)
    richiesta.ripristinata_il = timezone.now()
    richiesta.save(update_fields=["ripristinata_il"])
    _annota(pagina, "ripristina", utente)
    return type(pagina).objects.get(pk=pagina.pk)


def _di_nessuno(pagina):
    """The entry as the public reads it now, in a revision that nobody may write over, as an author may on their own."""
    return Revision.objects.create(
        content_object=pagina,
        base_content_type=pagina.get_base_content_type(),
        user=None,
        content=pagina.serializable_data(),
        object_str=str(pagina),
    )


def _bloccata(richiesta):
    """The request as it is now, held until the end of the transaction."""
    return type(richiesta).objects.select_for_update(of=("self",)).select_related(richiesta.legame).get(pk=richiesta.pk)


def _blocca_richiesta(richiesta, utente):
    """The same, where it must still wait and be for `utente` to decide."""
    if not puo_decidere_ritiri(utente):
        raise PermissionDenied("Solo il manager territoriale può decidere un ritiro")
    richiesta = _bloccata(richiesta)
    if richiesta.esito:
        raise PassaggioImpossibile("Questa richiesta è già stata decisa")
    return richiesta


def _decisa(richiesta, esito, utente):
    richiesta.esito, richiesta.decisa_da, richiesta.decisa_il = esito, utente, timezone.now()
    richiesta.save()
    notifiche.ritiro_deciso(richiesta)


def _annota(pagina, azione, utente, **dati):
    log(instance=pagina, action=f"{cura_di(type(pagina)).ambito}.{azione}", user=utente, data=dati or None)
