"""A convention signed, ended early, renewed, about to end: not what is written on its page, nor what is found."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.allegati import FileAccettato
from cura.operazioni import indicizza
from cura.registro import cura_di
from organizzazioni.models import Utente
from programma.alimentazione import allinea_pagina

from .. import notifiche, validita
from ..models import Accordo, ConvenzionePage, Promemoria
from ..permissions import puo_rinnovare, puo_tenere

FIRMATA, CESSATA = "convenzioni.firma", "convenzioni.cessa"
"""The log actions of the two changes of state that people make; the others come with the days."""


@transaction.atomic
def registra_firma(
    convenzione: ConvenzionePage,
    utente: Utente,
    firmata_il: date,
    protocollo: str = "",
    firmatari: str = "",
    email_partner: str = "",
    file=None,
    accettato: FileAccettato | None = None,
) -> Accordo:
    """Say that `convenzione` was signed: from its first day on it is active. Said again, it corrects what was said.

    `email_partner` is where the partner is asked once a year to confirm. `file` was judged by
    `base.allegati.esamina`; left out, the one that is there stays.
    """
    accordo = _accordo(convenzione, utente)
    if firmata_il > timezone.localdate():
        raise ValidationError("La firma è nel futuro: registrala quando c'è")
    if accordo.firmata_il != firmata_il:
        accordo.firmata_da = utente
    accordo.firmata_il, accordo.protocollo, accordo.firmatari = firmata_il, protocollo, firmatari
    accordo.email_partner = email_partner
    if file is not None and accettato is not None:
        vecchio = accordo.file.name
        accordo.file.save(accettato.nome, file, save=False)
        accordo.nome, accordo.tipo = accettato.nome, accettato.tipo
        if vecchio:
            transaction.on_commit(lambda: accordo.file.storage.delete(vecchio))
    return _salva(accordo, utente, FIRMATA)


@transaction.atomic
def cessa(convenzione: ConvenzionePage, utente: Utente, dal: date, motivo: str) -> Accordo:
    """End `convenzione` before its time: from the day `dal` it no longer holds. What it proved stays proved."""
    accordo = _accordo(convenzione, utente)
    if not motivo.strip():
        raise ValidationError("Scrivi il motivo")
    accordo.cessata_il, accordo.motivo = dal, motivo.strip()
    return _salva(accordo, utente, CESSATA)


@transaction.atomic
def rinnova(convenzione: ConvenzionePage, utente: Utente) -> ConvenzionePage:
    """A draft that follows `convenzione`: the same terms for as long again, from the day after. It publishes nothing.

    A draft that is there already is the one returned. Raises `PermissionDenied`.
    """
    if not puo_rinnovare(utente, convenzione):
        raise PermissionDenied("Non puoi scrivere convenzioni per questa organizzazione")
    pronta = convenzione.rinnovi.filter(live=False).first()
    if pronta is not None:
        return pronta
    inizio, fine = validita.rinnovo(convenzione.vigenza, timezone.localdate())
    return convenzione.copy(
        copy_revisions=False,
        keep_live=False,
        user=utente,
        log_action="wagtail.copy",
        update_attrs={
            "slug": _indirizzo_libero(convenzione, inizio.year),
            "valida_dal": inizio,
            "valida_fino_al": fine,
            "rinnovo": True,
            "precedente": convenzione,
            "owner": utente,
        },
    )


@transaction.atomic
def manda_promemoria(oggi: date) -> list[Promemoria]:
    """Tell organisation and managers of what is about to end on `oggi`. Idempotent: each reminder is sent once."""
    mandati = []
    convenzioni = ConvenzionePage.objects.in_vigore(oggi).con_accordo().prefetch_related("promemoria")
    for convenzione in convenzioni.select_for_update(of=("self",)):
        soglia = validita.promemoria(convenzione.vigenza, oggi)
        scadenza = validita.scadenza(convenzione.vigenza, oggi)
        if soglia is None or scadenza is None:
            continue
        fatte = [p.soglia for p in convenzione.promemoria.all() if p.scadenza == scadenza]
        if validita.da_avvisare(soglia, fatte):
            mandati.append(Promemoria.objects.create(convenzione=convenzione, scadenza=scadenza, soglia=soglia))
            notifiche.in_scadenza(convenzione, scadenza, validita.ultimo_giorno_di_disdetta(convenzione.vigenza, oggi))
    return mandati


def _accordo(convenzione, utente):
    """The agreement of `convenzione`, to write on."""
    if not puo_tenere(utente, convenzione):
        raise PermissionDenied("Lo registra l'organizzazione che ha scritto la convenzione, o il manager")
    return Accordo.objects.select_for_update().get_or_create(convenzione=convenzione)[0]


def _salva(accordo, utente, azione):
    accordo.save()
    pagina = ConvenzionePage.objects.con_accordo().get(pk=accordo.convenzione_id)
    log(instance=pagina, action=azione, user=utente)
    if pagina.live:
        indicizza(cura_di(ConvenzionePage), pagina)
        allinea_pagina(pagina, chi=utente)
    return accordo


def _indirizzo_libero(convenzione, anno):
    """A slug that no sister has: the same with the year, and a number if that is taken."""
    radice_ = f"{convenzione.slug[:60]}-{anno}"
    presi = set(convenzione.get_siblings().values_list("slug", flat=True))
    return next(s for s in (radice_, *(f"{radice_}-{n}" for n in range(2, 1000))) if s not in presi)
