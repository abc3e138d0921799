"""What was collected for each criterion as of a day, summed in SQL, and the score that follows.

The score at day D counts the recognitions decided by the end of D (Europe/Rome) and not revoked by then, with every
other input as it was known at the end of D (`situazione`), or when the programme was closed.
What waits at D: today, the evidences that are sent; at a past day, those whose last passage by then sent
them. The criteria of an evidence are those it has now: what it served before a return is not kept.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, DateField, DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models import Value as DbValue
from django.utils import timezone
from wagtail.models import Page

from base.storia import Versione, fine_del_giorno, valori_al
from organizzazioni.models import Organizzazione

from ..flusso import APPROVATA
from ..models import Criterio, Evidenza, ProgrammaPage, Riconoscimento
from ..models.criteri import CriterioQuerySet
from ..punteggi import (
    ENTI,
    ULTIMO,
    CriterioPunteggio,
    Raccolta,
    Valore,
    media_indicativa,
    riconosciuto,
    valuta,
)
from .chiusure import chiusura_del, quadro_congelato
from .quadri import Confronto, Impegno, QuadroPunteggio, RigaPunteggio
from .situazione import Situazione, com_era, situazione

CENTESIMO = Decimal("0.01")
SOMMA = DecimalField(max_digits=20, decimal_places=2)


def quadro_punteggio(
    programma: ProgrammaPage,
    al: date,
    organizzazione: Organizzazione | None = None,
    scelte: Iterable[Impegno] | None = None,
) -> QuadroPunteggio:
    """The score at the end of `al`, in the order of the act: of all duties and actions, or of the `scelte`.

    Of a programme that was closed then it is the one that was kept. With `organizzazione` it counts only what that
    body submitted, which is not kept.
    """
    allora = situazione(programma, al)
    chiusura = chiusura_del(programma, allora.chiuso_il) if organizzazione is None else None
    if chiusura is not None:
        return quadro_congelato(chiusura, allora.programma, al, scelte)
    return ricalcola(programma, al, organizzazione, scelte, allora)


def ricalcola(
    programma: ProgrammaPage,
    al: date,
    organizzazione: Organizzazione | None = None,
    scelte: Iterable[Impegno] | None = None,
    allora: Situazione | None = None,
) -> QuadroPunteggio:
    """The same, reckoned now even for a programme whose score was kept."""
    allora = allora or situazione(programma, al)
    raccolte = raccogli(programma, al, organizzazione, allora)

    def riga(criterio: Criterio) -> RigaPunteggio:
        com_era = allora.criterio(criterio)
        raccolta = raccolte.get(criterio.pk, Raccolta())
        return RigaPunteggio(com_era, valuta(regola_di(com_era, allora.programma), raccolta, al))

    valutate = []
    for voce in voci(programma) if scelte is None else scelte:
        if righe := tuple(riga(criterio) for criterio in voce.criteri if allora.c_era(criterio)):
            valutate.append(voce.con(righe))
    return QuadroPunteggio(allora.programma, al, tuple(valutate), organizzazione)


def voci(programma: ProgrammaPage, criteri: CriterioQuerySet | None = None) -> list[Impegno]:
    """Duties and actions of `programma` with those of `criteri` (all, without it) that are theirs, in act order."""
    tutti = Criterio.objects.all() if criteri is None else criteri
    visti = tutti.del_programma(programma).in_ordine()
    elenco = []
    for codice, gruppo in groupby(visti.select_related("azione"), key=lambda criterio: criterio.gruppo):
        suoi = tuple(gruppo)
        titolo = suoi[0].azione.title if suoi[0].azione else suoi[0].titolo
        elenco.append(Impegno(codice, titolo, suoi[0].area, suoi[0].del_manager, suoi))
    return elenco


def prima_e_dopo(evidenza: Evidenza) -> list[Confronto]:
    """The score of each criterion of a waiting `evidenza`, now and with what it declares."""
    if evidenza.programma is None:
        return []
    oggi = timezone.localdate()
    allora = situazione(evidenza.programma, oggi)
    raccolte = raccogli(evidenza.programma, oggi, allora=allora)
    nominati = list(evidenza.organizzazioni.all())
    confronti = []
    for criterio in map(allora.criterio, evidenza.criteri.all()):
        sua = _darebbe(allora, criterio, evidenza.data, evidenza.quantita_dichiarata, nominati) + Raccolta(in_attesa=-1)
        regola, ora = regola_di(criterio, allora.programma), raccolte.get(criterio.pk, Raccolta())
        confronti.append(Confronto(criterio, valuta(regola, ora, oggi), valuta(regola, ora + sua, oggi)))
    return confronti


def prima_e_dopo_di(fonte: Page, fatti: Iterable[Any]) -> list[Confronto]:
    """The score of each criterion that a content touches, now and with `fatti` in place of what it proves already.

    A fact (see `alimentazione.Fatto`) that is decided on its own is left out; a criterion that the content no longer
    serves is there, without it.
    """
    oggi, confronti = timezone.localdate(), []
    nate = Evidenza.objects.nate_da(fonte).select_related("fonte_criterio__programma")
    tutti = {fatto.criterio.pk for fatto in fatti}
    cadono = {e.fonte_criterio for e in nate if e.stato == APPROVATA and e.fonte_criterio_id not in tutti}
    letti = [fatto for fatto in fatti if not fatto.a_parte]
    tocca = {fatto.criterio for fatto in letti} | cadono
    for programma in {criterio.programma for criterio in tocca}:
        allora = situazione(programma, oggi)
        ora = raccogli(programma, oggi, allora=allora)
        senza = raccogli(programma, oggi, allora=allora, senza=[evidenza.pk for evidenza in nate])
        for criterio in sorted((c for c in tocca if c.programma == programma), key=lambda c: c.posizione):
            dopo = senza.get(criterio.pk, Raccolta())
            for fatto in (fatto for fatto in letti if fatto.criterio == criterio):
                dopo += _darebbe(allora, criterio, fatto.data, fatto.quantita, fatto.organizzazioni)
            com_e = allora.criterio(criterio)
            regola, prima = regola_di(com_e, allora.programma), ora.get(criterio.pk, Raccolta())
            confronti.append(Confronto(com_e, valuta(regola, prima, oggi), valuta(regola, dopo, oggi)))
    return confronti


def _darebbe(
    allora: Situazione,
    criterio: Criterio,
    giorno: date | None,
    quantita: Decimal | int,
    enti: Iterable[Organizzazione],
) -> Raccolta:
    """What one more evidence of `giorno` that names `enti` would give to `criterio`, decided after all the others."""
    contati = [ente.pk for ente in enti if giorno and allora.conta(criterio.pk, ente.pk, giorno)]
    return riconosciuto(Decimal(quantita), contati, giorno, ordine=1)


def riconosciuti_al(programma: ProgrammaPage, al: date) -> QuerySet:
    """The recognitions above 0 that held at the end of `al`: what made the score of that day."""
    return Riconoscimento.objects.del_programma(programma).validi_al(situazione(programma, al).istante).che_contano()


def regola_di(criterio: Criterio, programma: ProgrammaPage) -> CriterioPunteggio:
    """What the pure rules need of `criterio`."""
    return CriterioPunteggio(
        codice=criterio.codice,
        regola=criterio.regola,
        percentuale=criterio.percentuale,
        unita=criterio.unita,
        unita_plurale=criterio.unita_plurale,
        unita_femminile=criterio.unita_genere == Criterio.Genere.FEMMINILE,
        distinte=criterio.distinte,
        offerto=criterio.offerto,
        scadenza=programma.scadenza,
        chiuso=programma.chiuso,
        somma=criterio.somma,
    )


def raccogli(
    programma: ProgrammaPage,
    al: date,
    organizzazione: Organizzazione | None = None,
    allora: Situazione | None = None,
    senza: Iterable[int] = (),
) -> dict[int, Raccolta]:
    """What was collected by the end of `al`, by primary key of criterion, in two queries whatever the rows.

    `allora` is what was known then, for who has asked it already; `senza` are keys of evidence to leave out.
    """
    allora = allora or situazione(programma, al)
    riconosciuti = Riconoscimento.objects.validi_al(allora.istante).che_contano().del_programma(programma)
    in_attesa = _in_attesa(al, allora).filter(criteri__programma=programma)
    if organizzazione is not None:
        riconosciuti = riconosciuti.filter(evidenza__organizzazione=organizzazione)
        in_attesa = in_attesa.filter(organizzazione=organizzazione)
    if senza:
        riconosciuti, in_attesa = riconosciuti.exclude(evidenza__in=senza), in_attesa.exclude(pk__in=senza)
    raccolte: dict[int, Raccolta] = {}

    def aggiungi(criterio: int, raccolta: Raccolta) -> None:
        raccolte[criterio] = raccolte.get(criterio, Raccolta()) + raccolta

    nulla = {"giorno": DbValue(None, DateField()), "valore": DbValue(None, SOMMA)}
    attese = in_attesa.order_by().values("criteri").annotate(quante=Count("pk"), somma=DbValue(None, SOMMA), **nulla)
    ultimo = riconosciuti.ultimo_valore(OuterRef("criterio"), allora.criteri_con("somma", ULTIMO))
    somme = _somme(riconosciuti).annotate(
        giorno=Subquery(ultimo.values("data")),
        valore=Subquery(ultimo.values("quantita_riconosciuta"), output_field=SOMMA),
    )
    colonne = ("quante", "somma", "giorno", "valore")
    for criterio, quante, quantita, giorno, valore in somme.values_list("criterio", *colonne).union(
        attese.values_list("criteri", *colonne), all=True
    ):
        if quantita is None:
            aggiungi(criterio, Raccolta(in_attesa=quante))
        else:
            il_piu_recente = None if giorno is None else Valore(giorno, 0, _esatta(valore))
            aggiungi(criterio, Raccolta(quante, _esatta(quantita), ultimo=il_piu_recente))
    if contati := [*allora.criteri_con("distinte", True), *allora.criteri_con("somma", ENTI)]:
        for criterio, ente, giorno in riconosciuti.enti_nominati(contati):
            if allora.conta(criterio, ente, giorno):
                aggiungi(criterio, Raccolta(enti=frozenset({ente})))
    return raccolte


def _somme(riconosciuti: QuerySet) -> QuerySet:
    """Triples (criterion, how many, their units) of some recognitions."""
    gruppi = riconosciuti.order_by().values("criterio")
    somme = gruppi.annotate(quante=Count("pk"), somma=Sum("quantita_riconosciuta", output_field=SOMMA))
    return somme.values_list("criterio", "quante", "somma")


def _esatta(quantita: Decimal | None) -> Decimal:
    """SQLite sums decimals as floats: the cents are exact again after this."""
    return Decimal(quantita or 0).quantize(CENTESIMO)


def media_di(criteri: CriterioQuerySet, programma: ProgrammaPage, al: date) -> Decimal | None:
    """The indicative mean of `criteri` of `programma` at the end of `al`.

    One query while the programme is open and none of them counts distinct bodies: a public page asks it.
    """
    istante = fine_del_giorno(al)
    suoi = _somme(Riconoscimento.objects.validi_al(istante).che_contano().filter(criterio=OuterRef("oggetto")))
    versioni = list(
        Versione.objects.di(Criterio, criteri.order_by().values("pk")).annotate(
            riconosciute=Subquery(suoi.values("quante")), quantita=Subquery(suoi.values("somma"))
        )
    )
    noti = {pk: detto for pk, detto in valori_al(Criterio, versioni, istante).items() if not detto.get("tolto")}
    if programma.chiuso or any(valori["distinte"] for valori in noti.values()):
        quadro = quadro_punteggio(programma, al, scelte=voci(programma, criteri))
        return media_indicativa(riga.punteggio.punteggio for riga in quadro.righe)
    raccolte = {v.oggetto: Raccolta(v.riconosciute or 0, _esatta(v.quantita)) for v in versioni}
    regole = {chiave: regola_di(com_era(Criterio(pk=chiave), noti), programma) for chiave in noti}
    return media_indicativa(valuta(regola, raccolte[chiave]).punteggio for chiave, regola in regole.items())


def programmi_con_punteggio(criteri: QuerySet) -> QuerySet:
    """Programmes that have some of `criteri`, newest first."""
    return ProgrammaPage.objects.filter(pk__in=criteri.order_by().values("programma")).order_by("-anno")


def _in_attesa(al: date, allora: Situazione) -> QuerySet:
    oggi = timezone.localdate(timezone=timezone.get_default_timezone())
    if al >= oggi and allora.chiuso_il is None:
        return Evidenza.objects.in_attesa()
    return Evidenza.objects.in_attesa_al(allora.istante)
