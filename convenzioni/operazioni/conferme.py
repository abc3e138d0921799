"""Once a year the partner says whether its offer is still right: asked, confirmed, to be corrected. On `Accordo`."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.collegamenti import Aperto
from cura.operazioni import DaChiedere, GiaRisposto, chiedi_adesso, controlla, indicizza, ricevi, sollecita
from cura.operazioni.conferme import EsitoDeiSolleciti
from cura.registro import cura_di

from .. import validita
from ..cura import notifiche
from ..models import Accordo, ConvenzionePage, Segnalazione

CONFERMATA, DA_CORREGGERE = "convenzioni.conferma", "convenzioni.da_correggere"


@transaction.atomic
def chiedi_conferme(oggi: date) -> EsitoDeiSolleciti:
    """Ask the partners of what is due on `oggi`, three times a fortnight apart, then tell who keeps the convention.

    One mail to each of them, whatever it has to answer for.

    Idempotent: the same day again writes to nobody. A partner without an address is told of at once.
    """
    in_vigore = ConvenzionePage.objects.in_vigore(oggi).filter(alias_of=None)
    accordi = Accordo.objects.filter(convenzione__in=in_vigore).select_related("convenzione")
    dovute: list[DaChiedere] = []
    for accordo in accordi.select_for_update(of=("self",)).order_by("convenzione__title", "pk"):
        dal = accordo.convenzione.da_confermare_dal(oggi)
        if dal is not None:
            partner = (accordo.a_chi_chiedere,) if accordo.a_chi_chiedere else ()
            dovute.append(DaChiedere(accordo, accordo.convenzione, dal, partner))
    esito = sollecita(dovute, oggi)
    for partner, sue in esito.per_persona.items():
        notifiche.da_confermare(partner, [dovuta.riga for dovuta in sue])
    notifiche.non_confermate([dovuta.riga for dovuta in esito.senza_risposta])
    return esito


@transaction.atomic
def chiedi_conferma(convenzione: ConvenzionePage, utente, oggi: date) -> Accordo:
    """Ask the partner now, because someone wants to know. The yearly mails go on by themselves."""
    accordo = _blocca_accordo(convenzione)
    if accordo is None or not _in_vigore(accordo, oggi):
        raise ValidationError("Si chiede conferma di una convenzione pubblicata e attiva")
    if not accordo.a_chi_chiedere:
        raise ValidationError("Scrivi prima l'e-mail del partner, qui sotto")
    chiedi_adesso(accordo, accordo.convenzione, utente, oggi)
    notifiche.da_confermare(accordo.a_chi_chiedere, [accordo])
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
    indicizza(cura_di(ConvenzionePage), ConvenzionePage.objects.con_accordo().get(pk=accordo.convenzione_id))
    return accordo


def _blocca_accordo(convenzione):
    """The agreement and its convention as they are now, held until the end of the transaction."""
    accordi = Accordo.objects.select_for_update(of=("self", "convenzione", "convenzione__page_ptr"))
    return accordi.select_related("convenzione").filter(convenzione=convenzione).first()


def _in_vigore(accordo, oggi):
    return accordo.convenzione.live and validita.stato(accordo.convenzione.vigenza, oggi) == validita.Stato.ATTIVA
