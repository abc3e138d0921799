"""The one door by which published content becomes evidence.

A content app gives its pages the `CollegamentoCriterio` mixin and a method `fatti()`, and registers the
model with `registra_fonte` in `AppConfig.ready`. From then on `allinea` is called on publish, unpublish
and delete, and every day by `manage.py allinea` for what changes by date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.signals import page_published, page_unpublished

from base.allegati import esamina
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import autori_dall_ultima_approvazione

from . import flusso, operazioni
from .models import AzionePage, Criterio, Evidenza, ProgrammaPage
from .models.alimentazione import CollegamentoCriterio, CollegamentoForm, aggiungi_fonte, fonti
from .selettori.evidenze import errori_dei_valori
from .selettori.pubblici import azioni_pubbliche, con_anno

__all__ = [
    "CollegamentoCriterio",
    "CollegamentoForm",
    "Fatto",
    "Provenienza",
    "allinea",
    "allinea_pagina",
    "azioni_da_scegliere",
    "azioni_pubbliche",
    "criteri_alimentati",
    "criteri_aperti",
    "criteri_di_monitoraggio",
    "criterio_alimentato_da",
    "evidenze_nate_da",
    "fonti",
    "offri",
    "ostacoli",
    "programmi",
    "proponi",
    "registra_fonte",
]

CAMBIATO = "Il contenuto è cambiato: la nuova versione vale come nuova evidenza"
RITIRATO = "Il contenuto non è più pubblicato, o non indica più questo criterio"


@dataclass(frozen=True)
class Fatto:
    """What one content proves of one criterion: when, how much (≥ 0), with which bodies, where it can be seen."""

    criterio: Criterio
    data: date
    quantita: Decimal = Decimal(1)
    organizzazioni: tuple[Organizzazione, ...] = ()
    link: tuple[str, ...] = ()
    argomento: str = ""


@dataclass(frozen=True)
class Provenienza:
    """Whose the content is, who wrote it, and who approved it in the workflow (None: nobody did)."""

    organizzazione: Organizzazione
    titolo: str
    descrizione: str = ""
    autori: frozenset[int] = frozenset()
    approvata_da: Utente | None = None


def registra_fonte(modello: str) -> None:
    """Declare that pages of `modello` (a label) carry `CollegamentoCriterio`, and listen to them."""
    aggiungi_fonte(modello)
    classe = apps.get_model(modello)
    page_published.connect(_pubblicata, sender=classe, dispatch_uid=f"alimentazione-pubblica-{modello}")
    page_unpublished.connect(_tolta, sender=classe, dispatch_uid=f"alimentazione-toglie-{modello}")
    pre_delete.connect(_tolta, sender=classe, dispatch_uid=f"alimentazione-elimina-{modello}")


def _pubblicata(instance, **kwargs):
    if instance.live:  # the signal is sent for what is only scheduled too
        allinea_pagina(instance, pubblicata=True)


def _tolta(instance, **kwargs):
    if instance.alias_of_id is None:
        allinea(instance, [])


def allinea_pagina(pagina, pubblicata: bool = False) -> None:
    """Bring the evidence of a live page in line with its facts; aliases have none of their own.

    Facts with a date in the future or outside the criterion's period wait, or stay out.
    """
    if pagina.alias_of_id is not None:
        return
    oggi = timezone.localdate()
    fatti = [f for f in pagina.fatti() if f.data <= oggi and f.criterio.programma.comprende(f.data)]
    autori, approvata_da = _chi(pagina)
    provenienza = Provenienza(
        pagina.get_parent().specific.organizzazione, pagina.title, pagina.sommario, frozenset(autori), approvata_da
    )
    allinea(pagina, fatti, provenienza, pubblicata)


def _chi(pagina) -> tuple[set[int], Utente | None]:
    """Who wrote the live revision since the approval before it, and who, not being one of them, approved it.

    An approval older than the revision's words is not of these words: its author may write over it afterwards.
    """
    revisione = pagina.live_revision
    if revisione is None:
        return set(), None
    autori = autori_dall_ultima_approvazione(pagina, revisione)
    approvazione = (
        TaskState.objects.filter(
            revision=revisione, status=TaskState.STATUS_APPROVED, finished_at__gte=revisione.created_at
        )
        .exclude(finished_by=None)
        .select_related("finished_by")
        .order_by("-finished_at")
        .first()
    )
    if approvazione is None or approvazione.finished_by_id in autori:
        return autori, None
    return autori, approvazione.finished_by


@transaction.atomic
def allinea(fonte, fatti: Iterable[Fatto], provenienza: Provenienza | None = None, pubblicata: bool = False) -> None:
    """Make the evidence born from `fonte` say exactly `fatti`; calling it again changes nothing.

    Keyed by (source, criterion): a new fact is born *approvata* if the content was approved in its workflow,
    else *inviata*; a changed one goes back to approval, and what was recognised is revoked; a dropped one is
    revoked, or withdrawn if it still waits. `pubblicata` says that the content was published just now, which
    is how an evidence that was returned is sent again, and one that a person revoked is born again: until then
    their decision stands. Programmes that are closed are left as they are.
    `provenienza` may be left out only when `fatti` is empty.
    """
    vive = {
        evidenza.fonte_criterio_id: evidenza
        for evidenza in Evidenza.objects.select_for_update(of=("self",)).nate_da(fonte).select_related("programma")
    }
    for fatto in fatti:
        evidenza = vive.pop(fatto.criterio.pk, None)
        if fatto.criterio.programma.stato != fatto.criterio.programma.Stato.APPROVATO:
            continue
        _allinea_uno(fonte, fatto, provenienza, evidenza, pubblicata)
    for evidenza in vive.values():
        if not evidenza.programma.chiuso:
            operazioni.lascia_cadere(evidenza, RITIRATO)


def criteri_alimentati(tipo: str, giorno: date):
    """The criteria that content of the kind `tipo` feeds, in the programmes whose period holds `giorno`."""
    return Criterio.objects.filter(
        alimentato_da=tipo, programma__dal__lte=giorno, programma__scadenza__gte=giorno
    ).select_related("programma")


def criteri_di_monitoraggio(anno: int):
    """The criteria of the open programme of `anno` that only collect values, in the order of the act."""
    return Criterio.objects.aperti().filter(programma__anno=anno, regola=Criterio.Regola.MONITORAGGIO)


def criteri_aperti(anche: Iterable[int] = ()):
    """The criteria for which something may still be given, and those with the keys `anche`."""
    return Criterio.objects.aperti_o(list(anche)).select_related("programma", "azione")


def azioni_da_scegliere(anche: Iterable[int] = ()):
    """The actions that the public reads, with their year, and those with the keys `anche`; newest programme first."""
    return con_anno(AzionePage.objects.live() | AzionePage.objects.filter(pk__in=list(anche))).order_by("-anno", "path")


def programmi():
    """Every programme, the newest first."""
    return ProgrammaPage.objects.order_by("-anno")


def evidenze_nate_da(fonte):
    """The evidence that a content feeds now: what was revoked is left out."""
    return Evidenza.objects.nate_da(fonte).select_related("fonte_criterio", "programma")


def ostacoli(
    criterio: Criterio,
    giorno: date,
    titolo: str,
    descrizione: str,
    link: tuple[str, ...] = (),
    organizzazioni: tuple[Organizzazione, ...] = (),
) -> dict[str, list[str]]:
    """Why a fact like this would be no proof of `criterio`, by field of an evidence; empty when it would be."""
    valori = {
        "data": giorno,
        "titolo": titolo,
        "argomento": titolo,
        "descrizione": descrizione,
        "link": list(link),
        "organizzazioni": organizzazioni,
        "persone_coinvolte": "",
        "quantita": None,
        "progettualita": None,
    }
    errori = errori_dei_valori([criterio], valori, timezone.localdate())
    if criterio.link_ammessi and not link:
        errori.setdefault("link", []).append(f"{criterio.codice} vuole un link di: {', '.join(criterio.link_ammessi)}")
    return errori


@transaction.atomic
def offri(fonte, fatto: Fatto, provenienza: Provenienza) -> Evidenza | None:
    """Let the evidence of one fact of `fonte` say `fatto`, and leave those of its other criteria as they are.

    For what somebody offers by hand, once: `allinea` is for what a content proves by being published. None when
    the programme is not open, or the day of the fact is outside of it.
    """
    programma = fatto.criterio.programma
    if programma.stato != programma.Stato.APPROVATO or not programma.comprende(fatto.data):
        return None
    nate = Evidenza.objects.select_for_update(of=("self",)).nate_da(fonte).filter(fonte_criterio=fatto.criterio)
    _allinea_uno(fonte, fatto, provenienza, nate.first(), pubblicata=True)
    return Evidenza.objects.nate_da(fonte).get(fonte_criterio=fatto.criterio)


def _allinea_uno(fonte, fatto, provenienza, evidenza, pubblicata):
    if evidenza is None and not pubblicata and _revocata_da_una_persona(fonte, fatto):
        return
    uguale = evidenza is not None and _uguale(evidenza, fatto)
    if evidenza is not None and evidenza.stato == flusso.APPROVATA:
        if uguale:
            return
        operazioni.lascia_cadere(evidenza, CAMBIATO)
        evidenza = None
    if uguale and evidenza.stato == flusso.INVIATA and provenienza.approvata_da is None:
        return
    if uguale and evidenza.stato == flusso.DA_INTEGRARE and not pubblicata:
        return
    if evidenza is None:
        evidenza = Evidenza(
            organizzazione=provenienza.organizzazione,
            origine=Evidenza.Origine.CONTENUTO,
            fonte_tipo=ContentType.objects.get_for_model(fonte),
            fonte_id=fonte.pk,
            fonte_criterio=fatto.criterio,
        )
    evidenza.programma = fatto.criterio.programma
    evidenza.titolo, evidenza.descrizione = provenienza.titolo[:200], provenienza.descrizione
    evidenza.data, evidenza.quantita, evidenza.argomento = fatto.data, fatto.quantita, fatto.argomento
    evidenza.link = list(fatto.link)
    operazioni.ricevi_da_contenuto(
        evidenza, [fatto.criterio], fatto.organizzazioni, provenienza.autori, provenienza.approvata_da
    )


def _revocata_da_una_persona(fonte, fatto):
    """Whether somebody, and not the content itself, revoked what this very fact had proved."""
    ultima = Evidenza.objects.revocate_di(fonte).filter(fonte_criterio=fatto.criterio).order_by("-pk").first()
    return ultima is not None and ultima.passaggi.first().chi_id is not None and _uguale(ultima, fatto)


def _uguale(evidenza, fatto):
    """Whether the evidence already says this fact; title, organisation and place in the tree are no facts."""
    return (
        evidenza.data == fatto.data
        and Decimal(evidenza.quantita_dichiarata) == fatto.quantita
        and evidenza.argomento == fatto.argomento
        and evidenza.link == list(fatto.link)
        and {ente.pk for ente in evidenza.organizzazioni.all()} == {ente.pk for ente in fatto.organizzazioni}
    )


def criterio_alimentato_da(tipo: str, giorno: date) -> Criterio | None:
    """The criterion that the content of `tipo` feeds, in the approved programme of `giorno`, else in the latest one."""
    criteri = Criterio.objects.aperti_o([]).filter(alimentato_da=tipo).select_related("programma")
    return next((c for c in criteri if c.programma.comprende(giorno)), criteri.first())


@transaction.atomic
def proponi(
    tipo: str,
    fonte,
    utente: Utente,
    organizzazione: Organizzazione,
    giorno: date,
    titolo: str,
    descrizione: str,
    link: Iterable[str] = (),
    file: Iterable[tuple[str, File]] = (),
) -> Evidenza:
    """A draft that `utente` reads, completes and sends as any other: whoever wrote it does not approve it.

    One for each (source, criterion): asked again, it is the one that is there. `ValidationError` when no approved
    programme has a criterion fed by `tipo`, `PermissionDenied` when `utente` may not write for `organizzazione`.
    """
    criterio = criterio_alimentato_da(tipo, giorno)
    if criterio is None:
        raise ValidationError("Nessun programma approvato ha un criterio per questa evidenza")
    gia = Evidenza.objects.nate_da(fonte).filter(fonte_criterio=criterio).first()
    if gia is not None:
        return gia
    evidenza = operazioni.salva_bozza(
        Evidenza(
            organizzazione=organizzazione,
            data=giorno,
            titolo=titolo[:200],
            descrizione=descrizione,
            link=list(link),
            fonte_tipo=ContentType.objects.get_for_model(fonte),
            fonte_id=fonte.pk,
            fonte_criterio=criterio,
        ),
        utente,
        [criterio],
        [organizzazione],
    )
    for nome, originale in file:
        with originale.open() as aperto:
            copia = ContentFile(aperto.read(), nome)
        operazioni.allega(evidenza, utente, copia, esamina(copia))
    return evidenza
