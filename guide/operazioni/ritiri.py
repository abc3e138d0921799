"""Entries taken off the guide: asked by the organisation, decided by the manager, put back where it was wrong."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from cura.operazioni import PassaggioImpossibile

from ..models import RichiestaDiRitiro, ServizioPage
from ..permissions import puo_chiedere_ritiro, puo_decidere_ritiri
from ..redazione import notifiche

Esito = RichiestaDiRitiro.Esito


@transaction.atomic
def chiedi_ritiro(servizio: ServizioPage, utente, motivo: str) -> RichiestaDiRitiro:
    """The organisation asks that the public no longer find the entry, and says why. One request at a time."""
    if not puo_chiedere_ritiro(utente, servizio):
        raise PermissionDenied("Il ritiro lo chiede chi lavora per l'organizzazione della scheda")
    servizio = ServizioPage.objects.select_for_update(of=("self",)).get(pk=servizio.pk)
    if not servizio.live:
        raise PassaggioImpossibile("Questa scheda non è pubblicata: non c'è nulla da ritirare")
    if servizio.ritiri.aperte().exists():
        raise PassaggioImpossibile("Il ritiro di questa scheda è già stato chiesto")
    richiesta = RichiestaDiRitiro.objects.create(
        servizio=servizio, nome=servizio.title, motivo=motivo.strip(), chiesta_da=utente
    )
    log(instance=servizio, action="guide.chiede_ritiro", user=utente, data={"motivo": richiesta.motivo})
    notifiche.ritiro_chiesto(richiesta)
    return richiesta


@transaction.atomic
def conferma_ritiro(richiesta: RichiestaDiRitiro, utente) -> RichiestaDiRitiro:
    """Take the entry off: it stays in its section, and `ripristina` puts back what the public read."""
    richiesta = _blocca(richiesta, utente)
    servizio = richiesta.servizio
    if servizio.live:
        richiesta.revisione = _di_nessuno(servizio)
        stato = servizio.current_workflow_state
        if stato is not None:  # what waits would bring it back when approved
            stato.cancel(user=utente)
        servizio.unpublish(user=utente, log_action=True)
    _decisa(richiesta, Esito.CONFERMATA, utente)
    log(instance=servizio, action="guide.ritira", user=utente)
    return richiesta


@transaction.atomic
def rifiuta_ritiro(richiesta: RichiestaDiRitiro, utente, motivo: str) -> RichiestaDiRitiro:
    """Leave the entry where it is, and tell the organisation why."""
    richiesta = _blocca(richiesta, utente)
    if not motivo.strip():
        raise PassaggioImpossibile("Scrivi il motivo: chi ha chiesto il ritiro lo deve sapere")
    richiesta.nota = motivo.strip()
    _decisa(richiesta, Esito.RIFIUTATA, utente)
    log(instance=richiesta.servizio, action="guide.rifiuta_ritiro", user=utente, data={"motivo": richiesta.nota})
    return richiesta


@transaction.atomic
def ripristina(richiesta: RichiestaDiRitiro, utente) -> ServizioPage:
    """Put back a withdrawn entry as the public last read it."""
    if not puo_decidere_ritiri(utente):
        raise PermissionDenied("Solo il manager territoriale può farlo")
    richiesta = _bloccata(richiesta)
    servizio = richiesta.servizio
    if richiesta.esito != Esito.CONFERMATA or richiesta.ripristinata_il or servizio.live or not richiesta.revisione:
        raise PassaggioImpossibile("Questa scheda non è in archivio")
    richiesta.revisione.publish(user=utente, skip_permission_checks=True)
    richiesta.ripristinata_il = timezone.now()
    richiesta.save(update_fields=["ripristinata_il"])
    log(instance=servizio, action="guide.ripristina", user=utente)
    return ServizioPage.objects.get(pk=servizio.pk)


def _di_nessuno(servizio):
    """The entry as the public reads it now, in a revision that nobody may write over, as an author may on their own."""
    return Revision.objects.create(
        content_object=servizio,
        base_content_type=servizio.get_base_content_type(),
        user=None,
        content=servizio.serializable_data(),
        object_str=str(servizio),
    )


def _bloccata(richiesta):
    """The request as it is now, held until the end of the transaction."""
    return RichiestaDiRitiro.objects.select_for_update(of=("self",)).select_related("servizio").get(pk=richiesta.pk)


def _blocca(richiesta, utente):
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
