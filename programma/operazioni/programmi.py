"""The only functions that change the state of a programme, or a criterion of it."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.log_actions import log

from base.storia import a_nome_di

from .. import flusso_programma, permissions
from ..models import AzionePage, Chiusura, Criterio, ProgrammaPage
from ..punteggi import VERSIONE_REGOLE
from ..selettori.chiusure import fotografia
from ..selettori.prontezza import approvazioni_annullabili, lacune, riconosciute, ultima_approvazione
from ..selettori.punteggio import ricalcola
from ..selettori.situazione import situazione
from .comuni import esigi

programma_approvato = Signal()
"""Sent after the commit, with `programma`, `utente` (who approved it; None for a set-up file) and `quando`."""
approvazione_annullata = Signal()
"""Sent in the transaction, with `programma`, `utente` and `approvato_il` (the moment of what was undone)."""


def _cambia_stato(
    programma: ProgrammaPage, azione: str, utente, motivo: str = "", dati: dict | None = None
) -> ProgrammaPage:
    with transaction.atomic(), a_nome_di(utente):
        attuale = ProgrammaPage.objects.select_for_update().get(pk=programma.pk)
        attuale.stato = flusso_programma.passa(azione, attuale.stato, motivo)
        ProgrammaPage.objects.filter(pk=attuale.pk).update(stato=attuale.stato)
        detto = {"motivo": motivo.strip()} if motivo else dati
        log(instance=attuale, action=f"programma.{azione}", user=utente, data=detto)
    programma.stato = attuale.stato
    return programma


@transaction.atomic
def approva_programma(programma: ProgrammaPage, utente=None) -> ProgrammaPage:
    """`bozza → approvato`: the act is out, programme and actions are public and locked.

    `ValidationError` lists what is missing; without `utente` it is a set-up file, judged by its own rules.
    """
    esigi(utente is None or permissions.puo_gestire_programma(utente))
    attuale = ProgrammaPage.objects.select_for_update(of=("self",)).get(pk=programma.pk)
    flusso_programma.passa("approva", attuale.stato)
    if utente is not None and (mancano := lacune(attuale)):
        raise ValidationError([str(lacuna) for lacuna in mancano])
    pagine = (programma, *AzionePage.objects.child_of(programma))
    nascoste = [pagina.pk for pagina in pagine if not pagina.live]
    dati = {"riconosciute": riconosciute(programma), "pubblicate": nascoste}
    _cambia_stato(programma, "approva", utente, dati=dati)
    for pagina in pagine:
        if not pagina.live or (pagina.has_unpublished_changes and not getattr(pagina, "fuori_programma", False)):
            pagina.get_latest_revision().publish(user=utente, skip_permission_checks=True)
    detto = {"programma": programma, "utente": utente, "quando": timezone.now()}
    transaction.on_commit(lambda: programma_approvato.send(ProgrammaPage, **detto))
    programma.refresh_from_db()
    return programma


@transaction.atomic
def annulla_approvazione(programma: ProgrammaPage, utente) -> ProgrammaPage:
    """`approvato → bozza`, as if it had not been approved, while nothing has been recognised since."""
    esigi(permissions.puo_gestire_programma(utente))
    attuale = ProgrammaPage.objects.select_for_update(of=("self",)).get(pk=programma.pk)
    flusso_programma.passa("annulla", attuale.stato)
    if not approvazioni_annullabili([attuale]):
        raise ValidationError("Qualche evidenza è già stata riconosciuta: l'approvazione si corregge, con il motivo")
    _cambia_stato(programma, "annulla", utente)
    approvazione = ultima_approvazione(attuale)
    nascoste = approvazione.data.get("pubblicate", []) if approvazione else []
    for pagina in (programma, *AzionePage.objects.child_of(programma).filter(fuori_programma=False)):
        if pagina.live and pagina.pk in nascoste:
            pagina.unpublish(user=utente)
    if approvazione:
        approvazione_annullata.send(
            ProgrammaPage, programma=programma, utente=utente, approvato_il=approvazione.timestamp
        )
    programma.refresh_from_db()
    return programma


def correggi_programma(programma: ProgrammaPage, utente, motivo: str) -> ProgrammaPage:
    """`approvato → bozza` with a reason that stays in the log: what is public stays public until the next approval."""
    esigi(permissions.puo_gestire_programma(utente))
    return _cambia_stato(programma, "correggi", utente, motivo)


@transaction.atomic
def chiudi_programma(programma: ProgrammaPage, utente) -> ProgrammaPage:
    """`approvato → chiuso`: nothing is created, edited, approved or withdrawn any more, and what it said is kept."""
    esigi(permissions.puo_gestire_programma(utente))
    _cambia_stato(programma, "chiudi", utente)
    _congela(programma, utente)
    return programma


def _congela(programma: ProgrammaPage, utente) -> None:
    """Keep score, inputs, members, marks and criteria as they are in the moment of the closing."""
    oggi = timezone.localdate()
    allora = situazione(programma, oggi)
    assert allora.chiuso_il is not None, "it was closed just now"  # noqa: S101  (for the type)
    contenuto = fotografia(ricalcola(programma, oggi, allora=allora), allora.chiuso_il, utente)
    Chiusura.objects.create(
        programma=programma,
        chiuso_il=allora.chiuso_il,
        chiuso_da=utente,
        regole=VERSIONE_REGOLE,
        contenuto=contenuto,
        sha256=Chiusura.impronta(contenuto),
    )


def riapri_programma(programma: ProgrammaPage, utente, motivo: str) -> ProgrammaPage:
    """`chiuso → approvato`, with a reason that stays in the log."""
    esigi(permissions.puo_gestire_programma(utente))
    return _cambia_stato(programma, "riapri", utente, motivo)


@transaction.atomic
def salva_criterio(criterio: Criterio, utente) -> Criterio:
    """Save the fields of `criterio` that may be written now, and log which changed: the score follows from them.

    `PermissionDenied` when nothing of it may be written, or a field that is fixed was changed.
    """
    programma = ProgrammaPage.objects.select_for_update().get(pk=criterio.programma_id)
    criterio.programma = programma
    nuovo = criterio.pk is None
    attuale = criterio if nuovo else Criterio.objects.select_related("programma").get(pk=criterio.pk)
    aperti = permissions.campi_del_criterio(utente, attuale)
    esigi(bool(aperti), "I criteri di questo programma non si possono scrivere ora")
    cambiati = _campi_cambiati(attuale, criterio)
    if fissi := set(cambiati) - {*aperti, "posizione"}:
        raise PermissionDenied(f"L'atto è approvato: non si cambia {', '.join(sorted(fissi))}")
    if nuovo and criterio.posizione is None:
        ultimo = Criterio.objects.del_programma(programma).order_by("-posizione").first()
        criterio.posizione = ultimo.posizione + 1 if ultimo else 1
    with a_nome_di(utente):
        criterio.save()
    if nuovo or cambiati:
        valori = {campo: str(getattr(criterio, campo)) for campo in cambiati}
        log(instance=programma, action="programma.criterio", user=utente, data={"codice": criterio.codice, **valori})
    return criterio


@transaction.atomic
def conta_offerto(criterio: Criterio, totale: Decimal | None, utente) -> None:
    """Write what is offered of a criterion with a threshold as a register counts it; None: nothing is known.

    `PermissionDenied` once the programme is closed.
    """
    attuale = Criterio.objects.select_for_update(of=("self",)).select_related("programma").get(pk=criterio.pk)
    esigi(
        permissions.puo_gestire_programma(utente) and not attuale.programma.chiuso,
        "Il programma è chiuso: le ore offerte restano quelle",
    )
    if attuale.offerto == totale:
        return
    attuale.offerto = totale
    with a_nome_di(utente):
        attuale.save(update_fields=["offerto"])
    dati = {"codice": attuale.codice, "offerto": str(totale)}
    log(instance=attuale.programma, action="programma.criterio", user=utente, data=dati)


def _campi_cambiati(attuale: Criterio, criterio: Criterio) -> list[str]:
    campi = [campo.attname for campo in Criterio._meta.concrete_fields]
    return [campo.removesuffix("_id") for campo in campi if getattr(attuale, campo) != getattr(criterio, campo)]


@transaction.atomic
def elimina_criterio(criterio: Criterio, utente) -> None:
    """Take a criterion off a draft programme; what it had served is listed for a decision (`selettori.cambiati`)."""
    esigi(
        permissions.puo_eliminare_criterio(utente, criterio),
        "Si eliminano solo i criteri di un programma in bozza",
    )
    log(instance=criterio.programma, action="programma.criterio", user=utente, data={"eliminato": criterio.codice})
    with a_nome_di(utente):
        togli_criterio(criterio)


@transaction.atomic
def togli_criterio(criterio: Criterio) -> None:
    """Delete `criterio`, or mark it as taken off where something names it, or a score of the past may have."""
    nominato = criterio.evidenze.exists() or criterio.evidenze_alimentate.exists()
    if nominato or Criterio.objects.filter(programma=criterio.programma, riconoscimenti__isnull=False).exists():
        criterio.tolto = True
        criterio.save()
    else:
        criterio.delete()
