"""Who answers for an entry is asked whether it is still right, asked again, and then the managers are told."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.log_actions import log

from base.collegamenti import Aperto

from ..models import SollecitiAstratti
from ..permissions import puo_tenere
from ..registro import cura_di
from ..solleciti import SOLLECITI, Passo, passo


class GiaRisposto(Exception):
    """The link was used, or who answers did otherwise since it was sent."""


class CambiataNelFrattempo(Exception):
    """What the public reads was published again since whoever answers read it; the text is for the user."""

    def __init__(self):
        super().__init__("La scheda è cambiata mentre la leggevi: rileggila, poi conferma")


@dataclass(frozen=True)
class DaChiedere:
    """Something due since `dal`: the row that keeps the reminders, the page, whom to ask (nobody: the managers)."""

    riga: SollecitiAstratti
    pagina: Any
    dal: date
    persone: tuple[Any, ...]


@dataclass(frozen=True)
class EsitoDeiSolleciti:
    """What a run of the reminders did: those asked for, by person, and those that nobody answers."""

    per_persona: dict[Any, list[DaChiedere]]
    chieste: list[DaChiedere]
    senza_risposta: list[DaChiedere]


def sollecita(dovute: list[DaChiedere], oggi: date) -> EsitoDeiSolleciti:
    """Take the next step, on `oggi`, for each of `dovute`, whose rows the caller holds; the caller writes to people.

    Idempotent: the same day again takes none.
    """
    esito = EsitoDeiSolleciti(defaultdict(list), [], [])
    for dovuta in dovute:
        riga = dovuta.riga
        che_fare = passo(dovuta.dal, riga.solleciti, riga.ultimo_sollecito, oggi, bool(dovuta.persone))
        if che_fare is Passo.SOLLECITO:
            riga.solleciti += 1
            esito.chieste.append(dovuta)
            for persona in dovuta.persone:
                esito.per_persona[persona].append(dovuta)
        elif che_fare is Passo.AL_MANAGER:
            riga.solleciti = SOLLECITI + 1
            esito.senza_risposta.append(dovuta)
        if che_fare is not None:
            riga.ultimo_sollecito = oggi
    mosse = [dovuta.riga for dovuta in (*esito.chieste, *esito.senza_risposta)]
    if mosse:
        type(mosse[0])._default_manager.bulk_update(mosse, ["solleciti", "ultimo_sollecito"], batch_size=500)
    return esito


def chiedi_adesso(riga: SollecitiAstratti, pagina: Any, utente: Any, oggi: date) -> None:
    """Keep that `utente` asks now, because someone wants to know; the caller, who holds `riga`, writes to people.

    The mails that were due go on by themselves. Raises `PermissionDenied`, and `ValidationError` when it was today.
    """
    if not puo_tenere(utente, pagina):
        raise PermissionDenied("Lo chiede chi lavora per la sua organizzazione, o il manager")
    if riga.ultimo_sollecito == oggi:
        raise ValidationError("L'hai già chiesta oggi")
    riga.ultimo_sollecito = oggi
    riga.save(update_fields=["ultimo_sollecito"])
    log(instance=pagina, action=f"{cura_di(type(pagina)).ambito}.chiedi", user=utente)


def controlla(riga: Any, pagina: Any, aperto: Aperto | None, letta: str) -> None:
    """That an answer may be kept: by a link still good, about the `versione_pubblica` that was read.

    Raises `GiaRisposto`, `CambiataNelFrattempo`.
    """
    if aperto is not None and not aperto.vale_per(riga.stato_del_collegamento):
        raise GiaRisposto
    if letta != pagina.versione_pubblica:
        raise CambiataNelFrattempo
