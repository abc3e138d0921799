"""What people report: received, taken in charge, closed, turned into a draft. Nobody else changes a state."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import Truncator
from wagtail.log_actions import log

from organizzazioni.models import Organizzazione

from .. import notifiche
from ..dichiarazione import Cura
from ..flusso_segnalazioni import PassaggioImpossibile, passa
from ..models import SegnalazioneAstratta
from ..permissions import puo_gestire_segnalazione
from ..registro import cura_di

TITOLO = 160


@dataclass(frozen=True)
class Nota:
    """What a draft begins from where nobody proposed it: who offers, and, if it is another body, which."""

    nome: str
    ente: str = ""


Una = TypeVar("Una", bound=SegnalazioneAstratta)


@transaction.atomic
def ricevi(segnalazione: Una) -> Una:
    """Keep what someone wrote; tell the managers and, of an entry, its organisation, which never reads who wrote."""
    contenuto = segnalazione.contenuto
    if contenuto is not None:
        segnalazione.nome = contenuto.title[:TITOLO]
    segnalazione.save()
    notifiche.segnalazione_arrivata(segnalazione)
    return segnalazione


@transaction.atomic
def prendi_in_carico(segnalazione: Una, utente: Any) -> Una:
    """`utente` takes care of it; from someone else too."""
    segnalazione = _blocca_segnalazione(segnalazione, utente)
    _in_carico(segnalazione, "prende_in_carico", utente)
    return _annota(segnalazione, "prende_in_carico", utente)


@transaction.atomic
def risolvi(segnalazione: Una, utente: Any, risposta: str = "") -> Una:
    """Close it, answering by mail where there is an answer and an address; the address is then erased."""
    segnalazione = _blocca_segnalazione(segnalazione, utente)
    stato = passa("risolve", segnalazione.stato)
    risposta, email = risposta.strip(), segnalazione.email
    if risposta and not email:
        raise PassaggioImpossibile("Chi ha scritto non ha lasciato un'e-mail: non possiamo rispondere")
    segnalazione.stato, segnalazione.email, segnalazione.risposta = stato, "", risposta
    segnalazione.presa_da, segnalazione.risolta_il = segnalazione.presa_da or utente, timezone.now()
    segnalazione.save()
    if risposta:
        notifiche.risposta(segnalazione, email)
    return _annota(segnalazione, "risolve", utente, risposta=bool(risposta))


@transaction.atomic
def riapri(segnalazione: Una, utente: Any) -> Una:
    """Back in charge of `utente`: it was closed too soon."""
    segnalazione = _blocca_segnalazione(segnalazione, utente)
    segnalazione.stato = passa("riapre", segnalazione.stato)
    segnalazione.presa_da, segnalazione.risolta_il = utente, None
    segnalazione.save(update_fields=["stato", "presa_da", "risolta_il"])
    return _annota(segnalazione, "riapre", utente)


@transaction.atomic
def crea_bozza(segnalazione: Any, utente: Any, organizzazione: Organizzazione, **altro: Any) -> Any:
    """Make of a proposal a draft in the section of `organizzazione`, with what was written, and take it in charge.

    `altro` is what the kind of entry asks besides (`Cura.bozza`).
    """
    segnalazione = _blocca_segnalazione(segnalazione, utente)
    cura = cura_di(segnalazione.modello_curato())
    if segnalazione.tipo != segnalazione.PROPOSTA or segnalazione.bozza_id or segnalazione.risolta:
        raise PassaggioImpossibile(f"Da questa segnalazione non si può creare una {cura.detta}")
    bozza = comincia_bozza(cura, segnalazione, organizzazione, utente, **_campi(segnalazione), **altro)
    segnalazione.bozza = bozza
    segnalazione.save(update_fields=["bozza"])
    _in_carico(segnalazione, "crea_bozza", utente)
    _annota(segnalazione, "crea_bozza", utente, organizzazione=str(organizzazione))
    return bozza


@transaction.atomic
def comincia_bozza(cura: Cura, proposta: Any, organizzazione: Organizzazione, utente: Any, **campi: Any) -> Any:
    """A draft of this kind in the section of `organizzazione`, begun from a proposal, or from a `Nota`.

    `PassaggioImpossibile` where it has no section, or `utente` adds nothing there.
    """
    sezione = cura.sezione.objects.filter(organizzazione=organizzazione).first()
    if sezione is None:
        raise PassaggioImpossibile(f"{organizzazione} non ha ancora una sezione {cura.in_dove}")
    if not sezione.permissions_for_user(utente).can_add_subpage():
        raise PassaggioImpossibile(f"Non puoi scrivere {cura.in_dove} per {organizzazione}")
    bozza = cura.bozza(proposta, organizzazione, owner=utente, live=False, **campi)
    sezione.add_child(instance=bozza)
    bozza.save_revision(user=utente, log_action=True, clean=False)  # who completes it says what is missing
    return bozza


def _campi(proposta):
    """What the draft of a page that was proposed begins with: its title, and the words of who wrote, made harmless."""
    altri = (("Dove", proposta.dove), ("Contatti", proposta.contatti))
    paragrafi = [proposta.testo, *(f"{nome}: {valore}" for nome, valore in altri if valore)]
    return {
        "title": proposta.nome,
        "sommario": Truncator(" ".join(proposta.testo.split())).chars(160),
        "testo": "".join(f"<p>{escape(paragrafo)}</p>" for paragrafo in paragrafi),
    }


def _in_carico(segnalazione, azione, utente):
    segnalazione.stato, segnalazione.presa_da = passa(azione, segnalazione.stato), utente
    segnalazione.save(update_fields=["stato", "presa_da"])


def _blocca_segnalazione(segnalazione, utente):
    """The message as it is now, held until the end of the transaction."""
    if not puo_gestire_segnalazione(utente, segnalazione):
        raise PermissionDenied("Questa segnalazione la gestisce il manager territoriale")
    return type(segnalazione).objects.select_for_update().get(pk=segnalazione.pk)


def _annota(segnalazione, azione, utente, **dati):
    ambito = cura_di(segnalazione.modello_curato()).ambito
    log(instance=segnalazione, action=f"{ambito}.{azione}", user=utente, data=dati or None)
    return segnalazione
