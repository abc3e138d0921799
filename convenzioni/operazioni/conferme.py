"""Once a year the partner says whether its offer is still right: asked, confirmed, to be corrected. On `Accordo`."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.collegamenti import Aperto
from base.solleciti import SOLLECITI, Passo, passo

from .. import validita
from ..cura import notifiche
from ..models import Accordo, ConvenzionePage, Segnalazione
from ..permissions import puo_registrare

CHIESTA, CONFERMATA, DA_CORREGGERE = "convenzioni.chiedi", "convenzioni.conferma", "convenzioni.da_correggere"


class GiaRisposto(Exception):
    """The link was used, or the partner answered otherwise since it was sent."""


class CambiataNelFrattempo(Exception):
    """The convention was published again since the partner read it."""


@dataclass(frozen=True)
class Esito:
    """What a run of the reminders did: partners asked, conventions told to organisations and managers."""

    chieste: list[ConvenzionePage]
    senza_risposta: list[ConvenzionePage]


@transaction.atomic
def chiedi_conferme(oggi: date) -> Esito:
    """Ask the partners of what is due on `oggi`, three times a fortnight apart, then tell who keeps the convention.

    Idempotent: the same day again writes to nobody. A partner without an address is told of at once.
    """
    esito = Esito([], [])
    in_vigore = ConvenzionePage.objects.in_vigore(oggi).filter(alias_of=None)
    accordi = Accordo.objects.filter(convenzione__in=in_vigore).select_related("convenzione")
    for accordo in accordi.select_for_update(of=("self",)).order_by("convenzione__title", "pk"):
        dal = validita.da_confermare_dal(accordo.convenzione.termini, accordo.giorno_della_risposta, oggi)
        if dal is None:
            continue
        che_fare = passo(dal, accordo.solleciti, accordo.ultimo_sollecito, oggi, bool(accordo.a_chi_chiedere))
        if che_fare is Passo.SOLLECITO:
            accordo.solleciti += 1
            notifiche.da_confermare(accordo)
            esito.chieste.append(accordo.convenzione)
        elif che_fare is Passo.AL_MANAGER:
            accordo.solleciti = SOLLECITI + 1
            notifiche.non_confermata(accordo)
            esito.senza_risposta.append(accordo.convenzione)
        if che_fare is not None:
            accordo.ultimo_sollecito = oggi
            accordo.save(update_fields=["solleciti", "ultimo_sollecito"])
    return esito


@transaction.atomic
def chiedi_conferma(convenzione: ConvenzionePage, utente, oggi: date) -> Accordo:
    """Ask the partner now, because someone wants to know. The yearly mails go on by themselves."""
    if not puo_registrare(utente, convenzione):
        raise PermissionDenied("Lo chiede l'organizzazione che ha scritto la convenzione, o il manager")
    accordo = _blocca(convenzione)
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
    segnalazione = Segnalazione.objects.create(
        tipo=Segnalazione.Tipo.CORREZIONE,
        convenzione=accordo.convenzione,
        nome=accordo.convenzione.title[:160],
        testo=testo,
    )
    notifiche.segnalazione_arrivata(segnalazione)
    return segnalazione


def _da_rispondere(convenzione, aperto, letta):
    accordo = _blocca(convenzione)
    if accordo is None or not aperto.vale_per(accordo.stato_del_collegamento):
        raise GiaRisposto
    if not _in_vigore(accordo, timezone.localdate()):
        raise PermissionDenied("La convenzione non è più in vigore")
    if letta != accordo.convenzione.versione_pubblica:
        raise CambiataNelFrattempo
    return accordo


def _risposto(accordo, azione):
    accordo.risposto_il = accordo.confermata_il if azione == CONFERMATA else timezone.now()
    accordo.solleciti, accordo.ultimo_sollecito = 0, None
    accordo.save(update_fields=["confermata_il", "risposto_il", "solleciti", "ultimo_sollecito"])
    log(instance=accordo.convenzione, action=azione)
    return accordo


def _blocca(convenzione):
    """The agreement and its convention as they are now, held until the end of the transaction."""
    accordi = Accordo.objects.select_for_update(of=("self", "convenzione", "convenzione__page_ptr"))
    return accordi.select_related("convenzione").filter(convenzione=convenzione).first()


def _in_vigore(accordo, oggi):
    return accordo.convenzione.live and validita.stato(accordo.convenzione.termini, oggi) == validita.Stato.ATTIVA
