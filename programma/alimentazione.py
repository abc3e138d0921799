"""The one door by which published content becomes evidence.

A content app gives its pages the `CollegamentoCriterio` mixin and a method `fatti()`, and registers the model with
`registra_fonte` in `AppConfig.ready`. From then on `allinea` is called on publish, unpublish and delete, and daily.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry, TaskState
from wagtail.signals import page_published, page_unpublished

from base.allegati import esamina
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import (
    autori_dall_ultima_approvazione,
    chi_decide_per_le_organizzazioni,
    puo_decidere_su,
)

from . import flusso, operazioni
from .collegamenti import e_accettato
from .fatti import Fatto, Provenienza
from .models import Criterio, Evidenza, Passaggio
from .models.alimentazione import (
    CheCosaContaPanel,
    CollegamentoCriterio,
    CollegamentoForm,
    aggiungi_fonte,
    fonti,
    fonti_a_parte,
    registra_contatore,
)
from .models.criteri import dello_stesso_livello
from .operazioni import conta_offerto
from .parole_uguali import impronta
from .selettori.alimentazione import (
    azioni_da_scegliere,
    criteri_a_soglia_del_manager,
    criteri_alimentati,
    criteri_che_contano_enti,
    criteri_del_giorno,
    criteri_di_monitoraggio,
    criterio_alimentato_da,
    enti_riconosciuti,
    evidenze_nate_da,
    evidenze_scritte_per,
    ha_dato_evidenze,
    ostacoli,
    perche_senza_criteri,
    programmi,
    punteggio_di,
    schede_nate_nell_anno,
)
from .selettori.doppioni import doppioni_di
from .selettori.pubblici import azioni_pubbliche

__all__ = [
    "CheCosaContaPanel",
    "CollegamentoCriterio",
    "CollegamentoForm",
    "Fatto",
    "Provenienza",
    "allinea",
    "allinea_pagina",
    "azioni_da_scegliere",
    "azioni_pubbliche",
    "conta_offerto",
    "criteri_a_soglia_del_manager",
    "criteri_alimentati",
    "criteri_che_contano_enti",
    "criteri_del_giorno",
    "criteri_di_monitoraggio",
    "criterio_alimentato_da",
    "dello_stesso_livello",
    "enti_riconosciuti",
    "evidenze_nate_da",
    "evidenze_scritte_per",
    "fonti",
    "fonti_a_parte",
    "ha_dato_evidenze",
    "impronta",
    "offri",
    "ostacoli",
    "perche_senza_criteri",
    "programmi",
    "proponi",
    "punteggio_di",
    "registra_contatore",
    "registra_fonte",
    "schede_nate_nell_anno",
]

CAMBIATO = "Il contenuto è cambiato: la nuova versione vale come nuova evidenza"
PERCHE_CADE = "Il contenuto non è più pubblicato, o non indica più questo criterio"


def registra_fonte(modello: str, a_parte: bool = False, letta_in: str = "") -> None:
    """Declare that evidence is born from `modello` (a label); a source that nobody declared gives none.

    Pages carry `CollegamentoCriterio`, and are listened to: their facts stand in a revision. With `a_parte` it is
    anything else, whose facts no approved revision holds: its app says when, by `allinea`, `offri` or `proponi`.
    `letta_in` is the page type where the public reads what such a thing proves, where there is one.
    """
    aggiungi_fonte(modello, a_parte, letta_in)
    if a_parte:
        return
    classe = apps.get_model(modello)
    page_published.connect(_pubblicata, sender=classe, dispatch_uid=f"alimentazione-pubblica-{modello}")
    page_unpublished.connect(_tolta, sender=classe, dispatch_uid=f"alimentazione-toglie-{modello}")
    pre_delete.connect(_tolta, sender=classe, dispatch_uid=f"alimentazione-elimina-{modello}")


def _pubblicata(instance, **kwargs):
    if instance.live:  # the signal is sent for what is only scheduled too
        allinea_pagina(instance, pubblicata=True, chi=get_active_log_context().user)


def _tolta(instance, **kwargs):
    if instance.alias_of_id is None:
        allinea(instance, [], chi=_chi_toglie(instance))


def _chi_toglie(pagina) -> Utente | None:
    """Who takes it off now: who is at work in the admin, or whom Wagtail has just noted in the log of the page."""
    if utente := get_active_log_context().user:
        return utente
    ultima = PageLogEntry.objects.filter(page=pagina.pk).select_related("user").order_by("-pk").first()
    tolta = ultima is not None and ultima.action in ("wagtail.unpublish", "wagtail.delete")
    return ultima.user if tolta else None


def allinea_pagina(pagina, pubblicata: bool = False, chi: Utente | None = None) -> None:
    """Bring the evidence of a live page in line with its facts; aliases have none of their own.

    Facts with a date in the future or outside the criterion's period wait, or stay out. Those that are not in the
    revision that was approved are decided on their own. `chi` is who changed something of it; left out, who
    approved or wrote the revision that went out.
    """
    if pagina.alias_of_id is not None:
        return
    oggi = timezone.localdate()
    provenienza = _provenienza(pagina)
    letti = [_senza_cornice(f) for f in pagina.live_revision.as_object().fatti()] if provenienza.approvata_da else []
    fatti = [
        fatto if _senza_cornice(fatto) in letti else replace(fatto, a_parte=True)
        for fatto in pagina.fatti()
        if fatto.data <= oggi and fatto.criterio.programma.comprende(fatto.data)
    ]
    if pubblicata and chi is None:
        chi = provenienza.approvata_da or provenienza.scritta_da
    allinea(pagina, fatti, provenienza, pubblicata, chi)


def _senza_cornice(fatto: Fatto) -> Fatto:
    """What it says, apart from where it is read and who wrote it."""
    return replace(fatto, dove=(), a_parte=False, scritto_da=None)


def _provenienza(pagina) -> Provenienza:
    """Who wrote the live revision since the approval before it, and who, not being one of them, approved it.

    An approval older than the revision's words is not of these words: its author may write over it afterwards.
    """
    revisione = pagina.live_revision
    provenienza = Provenienza(pagina.get_parent().specific.organizzazione, pagina.title, pagina.sommario)
    if revisione is None:
        tutti = pagina.revisions.exclude(user=None).values_list("user", flat=True)
        return replace(provenienza, autori=frozenset({*tutti, pagina.owner_id} - {None}))
    approvazione = (
        TaskState.objects.filter(
            revision=revisione, status=TaskState.STATUS_APPROVED, finished_at__gte=revisione.created_at
        )
        .exclude(finished_by=None)
        .select_related("finished_by")
        .order_by("-finished_at")
        .first()
    )
    autori = frozenset(autori_dall_ultima_approvazione(pagina, revisione))
    provenienza = replace(provenienza, autori=autori, scritta_da=revisione.user)
    if approvazione is None or approvazione.finished_by_id in autori:
        return provenienza
    return replace(provenienza, approvata_da=approvazione.finished_by, approvata_il=approvazione.finished_at)


@transaction.atomic
def allinea(
    fonte,
    fatti: Iterable[Fatto],
    provenienza: Provenienza | None = None,
    pubblicata: bool = False,
    chi: Utente | None = None,
) -> None:
    """Make the evidence born from `fonte` say exactly `fatti`; calling it again changes nothing.

    Keyed by (source, criterion): a new fact is born *approvata* if it stood in the revision that was approved, and
    nobody has said no since, else *inviata*, in the name of who wrote it; a changed one goes back to approval, and
    what was recognised is revoked; a dropped one is revoked, or withdrawn if it still waits, by `chi`. `pubblicata`
    says that the content was published just now, which is how an evidence that was returned is sent again, and one
    that a person revoked is proposed again: until then their decision stands. Programmes that are closed are left
    as they are. `provenienza` may be left out only when `fatti` is empty.
    """
    _esigi_registrata(fonte)
    vive = {
        evidenza.fonte_criterio_id: evidenza
        for evidenza in Evidenza.objects.select_for_update(of=("self",)).nate_da(fonte).select_related("programma")
    }
    for fatto in fatti:
        evidenza = vive.pop(fatto.criterio.pk, None)
        if fatto.criterio.programma.chiuso:
            continue
        _allinea_uno(fonte, fatto, provenienza, evidenza, pubblicata, chi)
    for evidenza in vive.values():
        if not evidenza.programma.chiuso:
            operazioni.lascia_cadere(evidenza, PERCHE_CADE, chi)


def _esigi_registrata(fonte) -> None:
    if fonte._meta.label not in [*fonti(), *fonti_a_parte()]:
        raise ImproperlyConfigured(f"{fonte._meta.label} non è una fonte registrata: vedi registra_fonte")


@transaction.atomic
def offri(fonte, fatto: Fatto, provenienza: Provenienza) -> Evidenza | None:
    """Let the evidence of one fact of `fonte` say `fatto`, and leave those of its other criteria as they are.

    For what somebody offers by hand, once: `allinea` is for what a content proves by being published. None when
    the programme is not open, or the day of the fact is outside of it.
    """
    programma = fatto.criterio.programma
    if programma.chiuso or not programma.comprende(fatto.data):
        return None
    _esigi_registrata(fonte)
    nate = Evidenza.objects.select_for_update(of=("self",)).nate_da(fonte).filter(fonte_criterio=fatto.criterio)
    _allinea_uno(fonte, fatto, provenienza, nate.first(), pubblicata=True, chi=provenienza.scritta_da)
    return Evidenza.objects.nate_da(fonte).get(fonte_criterio=fatto.criterio)


def _allinea_uno(fonte, fatto, provenienza, evidenza, pubblicata, chi):
    no = list(Passaggio.objects.di_no(fonte, fatto.criterio).select_related("evidenza"))
    if evidenza is None and not pubblicata and _revocata_da_una_persona(no, fatto):
        return
    autori = provenienza.autori | {chiave for p in no if not p.caduta for chiave in p.evidenza.id_autori()}
    if fatto.scritto_da is not None:
        autori |= {fatto.scritto_da.pk}
    approvata = _approvata(fatto, provenienza, autori, no)
    uguale = evidenza is not None and _uguale(evidenza, fatto)
    if evidenza is not None and evidenza.stato == flusso.APPROVATA:
        if uguale:
            return
        operazioni.lascia_cadere(evidenza, CAMBIATO, chi)
        evidenza = None
    if uguale and evidenza.stato == flusso.INVIATA and (not approvata or doppioni_di(evidenza)):
        return
    if uguale and evidenza.stato == flusso.DA_INTEGRARE and not pubblicata:
        return
    operazioni.blocca_programma(fatto.criterio.programma_id)
    if evidenza is None:
        if _senza_prova(fonte, fatto, provenienza):
            return
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
    evidenza.persone_coinvolte, evidenza.progettualita = fatto.persone, fatto.scheda
    evidenza.link, evidenza.novita = [*fatto.dove, *fatto.link], fatto.novita
    evidenza.perche_insieme = fatto.perche_insieme
    operazioni.ricevi_da_contenuto(
        evidenza,
        [fatto.criterio],
        fatto.organizzazioni,
        autori,
        fatto.scritto_da or provenienza.scritta_da,
        provenienza.approvata_da if approvata else None,
        provenienza.approvata_il if approvata else None,
    )


def _senza_prova(fonte, fatto, provenienza):
    """Whether `fatto` lacks what its criterion asks; what was born before it asked is not judged again.

    Whoever publishes a content takes part in what it tells; where bodies are counted only those named do. A content
    that is read on an accepted site is its own link.
    """
    gia = Evidenza.objects.nate_da(fonte) | Evidenza.objects.revocate_di(fonte)
    if gia.filter(fonte_criterio=fatto.criterio).exists():
        return False
    detti = fatto.argomento or provenienza.titolo, provenienza.descrizione
    enti = fatto.organizzazioni or (() if fatto.criterio.distinte else (provenienza.organizzazione,))
    qui = (indirizzo for indirizzo in fatto.dove if e_accettato(indirizzo, fatto.criterio.requisiti.siti))
    link = (*fatto.link, *qui)
    altro = {"persone": fatto.persone, "novita": fatto.novita, "scheda": fatto.scheda}
    return bool(ostacoli(fatto.criterio, fatto.data, *detti, link, enti, fatto.quantita, **altro))


def _approvata(fatto, provenienza, autori, no) -> bool:
    """Whether who approved the content approved this very fact, after the last time that somebody said no to it.

    Not where they wrote what was refused, or could not have decided on it.
    """
    if provenienza.approvata_da is None or fatto.a_parte:
        return False
    if not no:
        return True
    return provenienza.approvata_il > no[0].quando and puo_decidere_su(
        provenienza.approvata_da, autori, chi_decide_per_le_organizzazioni()
    )


def _revocata_da_una_persona(no, fatto):
    """Whether the last to say no was somebody, and not the content itself, and to this very fact."""
    return bool(no) and no[0].a == flusso.REVOCATA and not no[0].caduta and _uguale(no[0].evidenza, fatto)


def _uguale(evidenza, fatto):
    """Whether the evidence already says this fact; title, organisation and place in the tree are no facts."""
    return (
        evidenza.data == fatto.data
        and Decimal(evidenza.quantita_dichiarata) == fatto.quantita
        and (evidenza.argomento, evidenza.persone_coinvolte) == (fatto.argomento, fatto.persone)
        and evidenza.progettualita_id == (fatto.scheda.pk if fatto.scheda else None)
        and evidenza.link[len(fatto.dove) :] == list(fatto.link)
        and impronta(fatto.perche_insieme) in ("", impronta(evidenza.perche_insieme))
        and {ente.pk for ente in evidenza.organizzazioni.all()} == {ente.pk for ente in fatto.organizzazioni}
    )


@transaction.atomic
def proponi(
    tipo: str | Criterio,
    fonte,
    utente: Utente,
    organizzazione: Organizzazione,
    giorno: date,
    titolo: str,
    descrizione: str,
    link: Iterable[str] = (),
    file: Iterable[tuple[str, File]] = (),
    subito: bool = False,
    autori: Iterable[int] = (),
) -> Evidenza:
    """A draft that `utente` reads, completes and sends (with `subito` at once); whoever wrote it does not approve it,
    nor do `autori` (keys). `tipo` is what feeds a criterion, or that criterion itself.

    One for each (source, criterion): asked again, it is the one that is there. `ValidationError` without a criterion
    for it in the programme of `giorno`, `PermissionDenied` when `utente` may not write for `organizzazione`.
    """
    _esigi_registrata(fonte)
    criterio = tipo if isinstance(tipo, Criterio) else criterio_alimentato_da(tipo, giorno)
    if criterio is None:
        raise ValidationError(perche_senza_criteri(giorno) or "In quell'anno nessun criterio chiede questa evidenza")
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
    evidenza.autori.add(*autori)
    for nome, originale in file:
        with originale.open() as aperto:
            copia = ContentFile(aperto.read(), nome)
        operazioni.allega(evidenza, utente, copia, esamina(copia))
    return operazioni.invia(evidenza, utente) if subito else evidenza
