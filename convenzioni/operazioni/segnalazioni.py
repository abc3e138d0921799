"""What people write about conventions: received, taken in charge, closed, turned into a draft."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base import segnalazioni
from base.segnalazioni import PassaggioImpossibile
from organizzazioni.models import Organizzazione

from ..cura import notifiche
from ..models import Categoria, ConvenzionePage, Segnalazione, SezioneConvenzioniPage
from ..permissions import puo_gestire_segnalazione

Tipo = Segnalazione.Tipo


@transaction.atomic
def proponi_convenzione(
    nome: str, testo: str, categoria: Categoria | None = None, dove: str = "", contatti: str = "", email: str = ""
) -> Segnalazione:
    """Keep a convention that someone would like to have, and tell the managers."""
    segnalazione = Segnalazione.objects.create(
        tipo=Tipo.PROPOSTA, nome=nome, testo=testo, categoria=categoria, dove=dove, contatti=contatti, email=email
    )
    notifiche.segnalazione_arrivata(segnalazione)
    return segnalazione


@transaction.atomic
def segnala_rifiuto(convenzione: ConvenzionePage, testo: str, email: str = "") -> Segnalazione:
    """Keep that a discount was refused, and tell the managers and the organisation, which never reads who wrote it."""
    segnalazione = Segnalazione.objects.create(
        tipo=Tipo.RIFIUTO, convenzione=convenzione, nome=convenzione.title[:160], testo=testo, email=email
    )
    notifiche.segnalazione_arrivata(segnalazione)
    return segnalazione


@transaction.atomic
def prendi_in_carico(segnalazione: Segnalazione, utente) -> Segnalazione:
    """`utente` takes care of it; from someone else too."""
    segnalazione = _blocca(segnalazione, utente)
    segnalazioni.in_carico(segnalazione, utente)
    log(instance=segnalazione, action="convenzioni.prende_in_carico", user=utente)
    return segnalazione


@transaction.atomic
def risolvi(segnalazione: Segnalazione, utente, risposta: str = "") -> Segnalazione:
    """Close it, answering by mail where there is an answer and an address; the address is then erased."""
    segnalazione = _blocca(segnalazione, utente)
    if email := segnalazioni.chiudi(segnalazione, utente, risposta):
        notifiche.risposta(email, segnalazione.nome, segnalazione.risposta)
    log(
        instance=segnalazione, action="convenzioni.risolve", user=utente, data={"risposta": bool(segnalazione.risposta)}
    )
    return segnalazione


@transaction.atomic
def riapri(segnalazione: Segnalazione, utente) -> Segnalazione:
    """Back in charge of `utente`: it was closed too soon."""
    segnalazione = _blocca(segnalazione, utente)
    segnalazioni.riapri(segnalazione, utente)
    log(instance=segnalazione, action="convenzioni.riapre", user=utente)
    return segnalazione


@transaction.atomic
def crea_bozza(
    segnalazione: Segnalazione, utente, organizzazione: Organizzazione, categoria: Categoria
) -> ConvenzionePage:
    """Make of a proposal a draft in the section of `organizzazione`, with what was written, and take it in charge."""
    segnalazione = _blocca(segnalazione, utente)
    if segnalazione.tipo != Tipo.PROPOSTA or segnalazione.bozza_id or segnalazione.risolta:
        raise PassaggioImpossibile("Da questa segnalazione non si può creare una convenzione")
    sezione = SezioneConvenzioniPage.objects.filter(organizzazione=organizzazione).first()
    if sezione is None:
        raise PassaggioImpossibile(f"{organizzazione} non ha ancora una sezione delle convenzioni")
    bozza = ConvenzionePage(
        owner=utente,
        partner=segnalazione.nome,
        categoria=categoria,
        valida_dal=timezone.localdate(),
        **segnalazioni.campi_della_bozza(segnalazione),
    )
    sezione.add_child(instance=bozza)
    bozza.save_revision(user=utente, log_action=True)
    segnalazioni.in_bozza(segnalazione, utente, bozza)
    log(
        instance=segnalazione,
        action="convenzioni.crea_bozza",
        user=utente,
        data={"organizzazione": str(organizzazione)},
    )
    return bozza


def _blocca(segnalazione, utente):
    """The message as it is now, held until the end of the transaction."""
    if not puo_gestire_segnalazione(utente, segnalazione):
        raise PermissionDenied("Questa segnalazione la gestisce il manager territoriale")
    return Segnalazione.objects.select_for_update().get(pk=segnalazione.pk)
