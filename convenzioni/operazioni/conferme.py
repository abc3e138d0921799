"""Once a year the partner says whether its offer is still right: asked, confirmed, to be corrected. On `Accordo`."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.collegamenti import Aperto
from cura.operazioni import DaChiedere, GiaRisposto, controlla, ricevi, sollecita
from cura.operazioni.conferme import EsitoDeiSolleciti
from cura.permissions import puo_tenere

from .. import validita
from ..cura import notifiche
from ..models import Accordo, ConvenzionePage, Segnalazione

CHIESTA, CONFERMATA, DA_CORREGGERE = "convenzioni.chiedi", "convenzioni.conferma", "convenzioni.da_correggere"


@transaction.atomic
def chiedi_conferme(oggi: date) -> EsitoDeiSolleciti:
    """Ask the partners of what is due on `oggi`, three times a fortnight apart, then tell who keeps the convention.

    Idempotent: the same day again writes to nobody. A partner without an address is told of at once.
    """
    in_vigore = ConvenzionePage.objects.in_vigore(oggi).filter(alias_of=None)
    accordi = Accordo.objects.filter(convenzione__in=in_vigore).select_related("convenzione")
    dovute = []
    for accordo in accordi.select_for_update(of=("self",)).order_by("convenzione__title", "pk"):
        dal = validita.da_confermare_dal(accordo.convenzione.termini, accordo.giorno_della_risposta, oggi)
        if dal is not None:
            partner = (accordo.a_chi_chiedere,) if accordo.a_chi_chiedere else ()
            dovute.append(DaChiedere(accordo, accordo.convenzione, dal, partner))
    esito = sollecita(dovute, oggi)
    for dovuta in esito.chieste:
        notifiche.da_confermare(dovuta.riga)
    for dovuta in esito.senza_risposta:
        notifiche.non_confermata(dovuta.riga)
    return esito


@transaction.atomic
def chiedi_conferma(convenzione: ConvenzionePage, utente, oggi: date) -> Accordo:
    """Ask the partner now, because someone wants to know. The yearly mails go on by themselves."""
    if not puo_tenere(utente, convenzione):
        raise PermissionDenied("Lo chiede l'organizzazione che ha scritto la convenzione, o il manager")
    accordo = _blocca_accordo(convenzione)
    if accordo is None or not _in_vigore(accordo, oggi):
        raise ValidationError("Si chiede conferma di una convenzione pubblicata e attiva")
    if not accordo.a_chi_chiedere:
        raise ValidationError("Scrivi prima l'e-mail del partner, qui sotto")
    if accordo.ultimo_sollecito == oggi:
        raise ValidationError("L'hai già chiesta oggi")
    accordo.ultimo_sollecito = oggi
    accordo.save(update_fields=["ultimo_sollecito"])
    notifiche.da_confermare(accordo)
    log(instance=accordo.convenzione, action=CHIESTA, user=utente)
    return accordo


@transaction.atomic
def conferma(convenzione: ConvenzionePage, aperto: Aperto, letta: str) -> Accordo:
    """The partner says, by its link, that what the public reads is right. `letta` is the `versione_pubblica` it read.

    Raises `GiaRisposto`, `PermissionDenied` when it is no longer in force, and `CambiataNelFrattempo`.
    """
    accordo = _da_rispondere(convenzione, aperto, letta)
    accordo.confermata_il = timezone.now()
    return _risposto(accordo, CONFERMATA)


@transaction.atomic
def correggi(convenzione: ConvenzionePage, aperto: Aperto, testo: str, letta: str) -> Segnalazione:
    """The partner says, by its link, what is no longer right: a thing to do for who keeps the convention.

    Nothing that the public reads changes. Raises as `conferma` does.
    """
    accordo = _da_rispondere(convenzione, aperto, letta)
    _risposto(accordo, DA_CORREGGERE)
    return ricevi(Segnalazione(tipo=Segnalazione.Tipo.CORREZIONE, convenzione=accordo.convenzione, testo=testo))


def _da_rispondere(convenzione, aperto, letta):
    accordo = _blocca_accordo(convenzione)
    if accordo is None:
        raise GiaRisposto
    if not _in_vigore(accordo, timezone.localdate()):
        raise PermissionDenied("La convenzione non è più in vigore")
    controlla(accordo, accordo.convenzione, aperto, letta)
    return accordo


def _risposto(accordo, azione):
    accordo.risposto_il = accordo.confermata_il if azione == CONFERMATA else timezone.now()
    accordo.solleciti, accordo.ultimo_sollecito = 0, None
    accordo.save(update_fields=["confermata_il", "risposto_il", "solleciti", "ultimo_sollecito"])
    log(instance=accordo.convenzione, action=azione)
    return accordo


def _blocca_accordo(convenzione):
    """The agreement and its convention as they are now, held until the end of the transaction."""
    accordi = Accordo.objects.select_for_update(of=("self", "convenzione", "convenzione__page_ptr"))
    return accordi.select_related("convenzione").filter(convenzione=convenzione).first()


def _in_vigore(accordo, oggi):
    return accordo.convenzione.live and validita.stato(accordo.convenzione.termini, oggi) == validita.Stato.ATTIVA
