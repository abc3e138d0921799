"""The only functions that change shared projects. What a project gives goes through `programma.alimentazione`."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione
from programma.alimentazione import Fatto, Provenienza

from ..blocco import Blocco
from ..models import EnteDelProgetto, FileDelProgetto, Progetto
from ..riservati import aggiungi, dopo_togli
from . import selettori

PROGETTO_ELIMINATO = "registri.progetto_elimina"
bloccata = Blocco("I progetti li", "questo progetto")


def _scritto(progetto: Progetto, utente: Utente) -> None:
    progetto.versione += 1
    progetto.save()
    progetto.autori.add(utente)


@transaction.atomic
def salva_progetto(
    progetto: Progetto,
    utente: Utente,
    enti: Iterable[EnteDelProgetto] = (),
    tolti: Iterable[int] = (),
    versione: int | None = None,
) -> Progetto:
    """Write a project and who takes part: `enti` are rows, new or changed, `tolti` keys of rows that go.

    The evidence that it gave says what the project says now: what changed goes back to who decides, what it does not
    serve any more falls.
    """
    if progetto.pk:
        progetto.versione = bloccata(progetto, utente, versione).versione
        _scritto(progetto, utente)
    else:
        bloccata.esigi_che_gestisca(utente)
        progetto.save()
        progetto.autori.add(utente)
    progetto.enti.filter(pk__in=list(tolti)).delete()
    for uno in enti:
        uno.progetto = progetto
        uno.save()
    scritto = Progetto.objects.completi().get(pk=progetto.pk)
    date_ora = {evidenza.fonte_criterio: evidenza.data for evidenza in alimentazione.evidenze_nate_da(scritto)}
    if date_ora:
        _alimenta(scritto, utente, _ancora(scritto, date_ora))
    return scritto


def _ancora(progetto: Progetto, date_ora: dict) -> list[Fatto]:
    """What the project still proves of what it gave, each on its day or on the nearest of the project's."""
    oggi, fatti = timezone.localdate(), []
    for criterio, giorno in date_ora.items():
        giorno = selettori.giorno_nei(progetto, giorno, oggi)
        fatti += [
            _fatto(progetto, proposta.criterio, giorno)
            for proposta in selettori.proposte(progetto, giorno)
            if proposta.serve and proposta.criterio == criterio
        ]
    return fatti


def _fatto(progetto: Progetto, criterio, giorno: date) -> Fatto:
    return Fatto(
        criterio,
        giorno,
        organizzazioni=tuple(progetto.enti_che_progettano),
        argomento=progetto.titolo,
        scheda=selettori.scheda_per(progetto, criterio),
        perche_insieme=progetto.perche_insieme,
        a_parte=True,
    )


def _alimenta(progetto: Progetto, utente: Utente, fatti: list[Fatto], offerta: bool = False) -> None:
    distretto = organizzazione_del_distretto()
    if distretto is None:
        raise ValidationError(selettori.SENZA_DISTRETTO)
    autori = frozenset(progetto.autori.values_list("pk", flat=True))
    racconto = "\n\n".join(filter(None, [progetto.di_che_cosa, progetto.risultato]))
    provenienza = Provenienza(distretto, progetto.titolo, racconto, autori, utente)
    alimentazione.allinea(progetto, fatti, provenienza, pubblicata=offerta, chi=utente)


@transaction.atomic
def offri_progetto(
    progetto: Progetto,
    utente: Utente,
    giorno: date,
    codici: Iterable[str],
    perche_insieme: str = "",
    versione: int | None = None,
) -> Progetto:
    """Give the project as evidence of the criteria `codici` of the programme of `giorno`, and of no other of its.

    What it gave to another year stays. `ValidationError` on a day that is not the project's or is to come, for a
    criterion that it does not serve, without `perche_insieme` where two are of one level.
    """
    bloccata(progetto, utente, versione)
    attuale = Progetto.objects.completi().get(pk=progetto.pk)
    if selettori.giorno_nei(attuale, giorno, timezone.localdate()) != giorno:
        raise ValidationError({"giorno": "Scegli un giorno del progetto, che non sia nel futuro"})
    codici, proposte = set(codici), selettori.proposte(attuale, giorno)
    scelte = [proposta for proposta in proposte if proposta.criterio.codice in codici]
    no = [f"{p.criterio.codice}: {p.perche}" for p in scelte if not p.serve]
    no += [f"{codice}: questo progetto non può servirlo" for codice in codici - {p.criterio.codice for p in scelte}]
    if no:
        raise ValidationError(sorted(no))
    insieme = alimentazione.dello_stesso_livello(p.criterio for p in scelte)
    if insieme and not perche_insieme.strip():
        raise ValidationError({"perche_insieme": f"Scrivi perché lo stesso progetto vale per {' e '.join(insieme)}"})
    attuale.perche_insieme = perche_insieme.strip()
    _scritto(attuale, utente)
    di_quest_anno = {proposta.criterio.programma_id for proposta in proposte}
    altre = {
        evidenza.fonte_criterio: evidenza.data
        for evidenza in alimentazione.evidenze_nate_da(attuale)
        if evidenza.programma_id not in di_quest_anno
    }
    fatti = [_fatto(attuale, proposta.criterio, giorno) for proposta in scelte]
    _alimenta(attuale, utente, [*fatti, *_ancora(attuale, altre)], offerta=True)
    return attuale


@transaction.atomic
def unisci_al_progetto(progetto: Progetto, utente: Utente, chiavi: Iterable[int]) -> int:
    """Say that this evidence, given by hand, is of the project: it stays as it is, and is not given again.

    How many were joined. `ValidationError` when the project gave the same criterion by itself.
    """
    attuale = bloccata(progetto, utente)
    chiavi = set(chiavi)
    scelte = [una for una, _ in selettori.da_unire(attuale) if una.pk in chiavi]
    codici = {criterio.codice for una in scelte for criterio in una.criteri.all()}
    date_ora = alimentazione.evidenze_nate_da(attuale).filter(fonte_criterio__codice__in=codici)
    if doppie := sorted({evidenza.fonte_criterio.codice for evidenza in date_ora}):
        raise ValidationError(
            f"Il progetto ha già dato {', '.join(doppie)}: se è lo stesso fatto, revoca una delle due"
        )
    attuale.gia_date.add(*scelte)
    return len(scelte)


@transaction.atomic
def allega_al_progetto(progetto: Progetto, utente: Utente, file: File) -> FileDelProgetto:
    """Keep a file of the project. `ValidationError`: not accepted, too many, no room on the disk."""
    attuale = bloccata(progetto, utente)
    creato = aggiungi(attuale.file, file, utente)
    _scritto(attuale, utente)
    return creato


@transaction.atomic
def togli_dal_progetto(file: FileDelProgetto, utente: Utente) -> None:
    """Remove a file; what is on the disk goes after the commit."""
    attuale = bloccata(file.progetto, utente)
    dopo_togli([file])
    file.delete()
    _scritto(attuale, utente)


@transaction.atomic
def elimina_progetto(progetto: Progetto, utente: Utente) -> None:
    """Throw away a project that never gave evidence; one that did stays, with what was decided on it."""
    attuale = bloccata(progetto, utente)
    if alimentazione.ha_dato_evidenze(attuale) or attuale.gia_date.exists():
        raise ValidationError("Questo progetto ha dato delle evidenze: resta nel registro")
    dopo_togli(list(attuale.file.all()))
    log(instance=attuale, action=PROGETTO_ELIMINATO, user=utente, deleted=True)
    attuale.delete()
