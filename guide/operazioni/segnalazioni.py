"""What people report: received, taken in charge, closed, turned into a draft. Nobody else changes a state."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from base import segnalazioni
from base.formati.caratteri import uguagliabile
from base.segnalazioni import PassaggioImpossibile
from organizzazioni.models import Organizzazione

from ..models import Segnalazione, ServizioPage, SezioneGuidaPage
from ..permissions import puo_gestire_segnalazioni
from ..redazione import notifiche

Tipo = Segnalazione.Tipo


@transaction.atomic
def segnala_errore(servizio: ServizioPage, testo: str, email: str = "") -> Segnalazione:
    """Keep an error that someone saw in an entry, and tell the managers and its organisation.

    The organisation reads what is wrong, never who wrote it.
    """
    segnalazione = Segnalazione.objects.create(
        tipo=Tipo.ERRORE, servizio=servizio, nome=servizio.title[:160], testo=testo, email=email
    )
    notifiche.segnalazione_arrivata(segnalazione)
    return segnalazione


@transaction.atomic
def proponi_servizio(
    nome: str, testo: str, ente: str = "", dove: str = "", contatti: str = "", email: str = ""
) -> Segnalazione:
    """Keep a service that someone would like to find in the guide, and tell the managers."""
    segnalazione = Segnalazione.objects.create(
        tipo=Tipo.PROPOSTA, nome=nome, testo=testo, ente=ente, dove=dove, contatti=contatti, email=email
    )
    notifiche.segnalazione_arrivata(segnalazione)
    return segnalazione


@transaction.atomic
def prendi_in_carico(segnalazione: Segnalazione, utente) -> Segnalazione:
    """`utente` takes care of it; from someone else too."""
    segnalazione = _blocca(segnalazione, utente)
    segnalazioni.in_carico(segnalazione, utente)
    log(instance=segnalazione, action="guide.prende_in_carico", user=utente)
    return segnalazione


@transaction.atomic
def risolvi(segnalazione: Segnalazione, utente, risposta: str = "") -> Segnalazione:
    """Close it, answering by mail where there is an answer and an address; the address is then erased."""
    segnalazione = _blocca(segnalazione, utente)
    if email := segnalazioni.chiudi(segnalazione, utente, risposta):
        notifiche.risposta(email, segnalazione.nome, segnalazione.risposta)
    log(instance=segnalazione, action="guide.risolve", user=utente, data={"risposta": bool(segnalazione.risposta)})
    return segnalazione


@transaction.atomic
def riapri(segnalazione: Segnalazione, utente) -> Segnalazione:
    """Back in charge of `utente`: it was closed too soon."""
    segnalazione = _blocca(segnalazione, utente)
    segnalazioni.riapri(segnalazione, utente)
    log(instance=segnalazione, action="guide.riapre", user=utente)
    return segnalazione


@transaction.atomic
def crea_bozza(segnalazione: Segnalazione, utente, organizzazione: Organizzazione) -> ServizioPage:
    """Make of a proposal a draft in the section of `organizzazione`, with what was written, and take it in charge."""
    segnalazione = _blocca(segnalazione, utente)
    if segnalazione.tipo != Tipo.PROPOSTA or segnalazione.bozza_id or segnalazione.risolta:
        raise PassaggioImpossibile("Da questa segnalazione non si può creare una scheda")
    sezione = SezioneGuidaPage.objects.filter(organizzazione=organizzazione).first()
    if sezione is None:
        raise PassaggioImpossibile(f"{organizzazione} non ha ancora una sezione nella guida")
    propria = not segnalazione.ente or uguagliabile(segnalazione.ente) in {
        uguagliabile(organizzazione.denominazione),
        uguagliabile(organizzazione.nome_breve),
    }
    bozza = ServizioPage(
        owner=utente,
        erogatore=organizzazione if propria else None,
        erogatore_esterno="" if propria else segnalazione.ente,
        **segnalazioni.campi_della_bozza(segnalazione),
    )
    sezione.add_child(instance=bozza)
    bozza.save_revision(user=utente, log_action=True, clean=False)  # the kind of body is still to be said
    segnalazioni.in_bozza(segnalazione, utente, bozza)
    log(instance=segnalazione, action="guide.crea_bozza", user=utente, data={"organizzazione": str(organizzazione)})
    return bozza


def _blocca(segnalazione, utente):
    """The report as it is now, held until the end of the transaction."""
    if not puo_gestire_segnalazioni(utente):
        raise PermissionDenied("Le segnalazioni le gestisce il manager territoriale")
    return Segnalazione.objects.select_for_update().get(pk=segnalazione.pk)
