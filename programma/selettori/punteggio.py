"""What was collected for each criterion as of a day, summed in SQL, and the score that follows.

The score at day D counts the recognitions decided by the end of D (Europe/Rome) and not revoked by then.
What waits at D: today, the evidences that are sent; at a past day, those whose last passage by then sent
them. The criteria of an evidence are those it has now: what it served before a return is not kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from organizzazioni.models import Organizzazione

from ..models import Criterio, Evidenza, ProgrammaPage, Riconoscimento
from ..punteggi import CriterioPunteggio, Punteggio, Raccolta, media_indicativa, riconosciuto, valuta

CENTESIMO = Decimal("0.01")


@dataclass(frozen=True)
class RigaPunteggio:
    """A criterion and its score."""

    criterio: Criterio
    punteggio: Punteggio


@dataclass(frozen=True)
class Voce:
    """A duty of the manager (`M1`) or an action (`P1`), with its criteria."""

    codice: str
    titolo: str
    area: str
    del_manager: bool
    criteri: tuple[Criterio, ...]


@dataclass(frozen=True)
class VocePunteggio(Voce):
    """A duty or an action with the scores of its criteria."""

    righe: tuple[RigaPunteggio, ...]

    @cached_property
    def indicativo(self) -> Decimal | None:
        """Mean of the criteria that have a score: indicative, the act defines none."""
        return media_indicativa(riga.punteggio.punteggio for riga in self.righe)

    @property
    def ha_media(self) -> bool:
        """Whether the mean says more than the score of its only criterion."""
        return len(self.righe) > 1 and self.indicativo is not None


@dataclass(frozen=True)
class Confronto:
    """The score of a criterion before an approval and after it."""

    criterio: Criterio
    prima: Punteggio
    dopo: Punteggio


@dataclass(frozen=True)
class QuadroPunteggio:
    """The score of a programme as of a day; `organizzazione` when it counts only what that body submitted."""

    programma: ProgrammaPage
    al: date
    voci: tuple[VocePunteggio, ...]
    organizzazione: Organizzazione | None = None

    @property
    def termine_passato(self) -> bool:
        """Whether the last day of the facts that count was over by the end of `al`."""
        return self.al > self.programma.scadenza

    @property
    def righe(self) -> list[RigaPunteggio]:
        return [riga for voce in self.voci for riga in voce.righe]


def quadro_punteggio(
    programma: ProgrammaPage,
    al: date,
    organizzazione: Organizzazione | None = None,
    scelte: Iterable[Voce] | None = None,
) -> QuadroPunteggio:
    """The score at the end of `al`, in the order of the act: of all duties and actions, or of the `scelte`.

    With `organizzazione` it counts only what that body submitted.
    """
    raccolte = raccogli(programma, al, organizzazione)

    def riga(criterio: Criterio) -> RigaPunteggio:
        return RigaPunteggio(
            criterio, valuta(regola_di(criterio, programma), raccolte.get(criterio.pk, Raccolta()), al)
        )

    elenco = voci(programma) if scelte is None else scelte
    valutate = (VocePunteggio(**vars(voce), righe=tuple(map(riga, voce.criteri))) for voce in elenco)
    return QuadroPunteggio(programma, al, tuple(valutate), organizzazione)


def voci(programma: ProgrammaPage, criteri: QuerySet | None = None) -> list[Voce]:
    """Duties and actions of `programma` with those of `criteri` (all, without it) that are theirs, in act order."""
    visti = (Criterio.objects.all() if criteri is None else criteri).del_programma(programma).in_ordine()
    elenco = []
    for codice, gruppo in groupby(visti.select_related("azione"), key=lambda criterio: criterio.gruppo):
        suoi = tuple(gruppo)
        titolo = suoi[0].azione.title if suoi[0].azione else suoi[0].titolo
        elenco.append(Voce(codice, titolo, suoi[0].area, suoi[0].del_manager, suoi))
    return elenco


def prima_e_dopo(evidenza: Evidenza) -> list[Confronto]:
    """The score of each criterion of a waiting `evidenza`, now and with what it declares."""
    oggi = timezone.localdate()
    raccolte = raccogli(evidenza.programma, oggi)
    enti = [ente.pk for ente in evidenza.organizzazioni.all() if evidenza.data and ente.aderente_il(evidenza.data)]
    sua = riconosciuto(Decimal(evidenza.quantita_dichiarata), enti) + Raccolta(in_attesa=-1)
    confronti = []
    for criterio in evidenza.criteri.all():
        regola, ora = regola_di(criterio, evidenza.programma), raccolte.get(criterio.pk, Raccolta())
        confronti.append(Confronto(criterio, valuta(regola, ora, oggi), valuta(regola, ora + sua, oggi)))
    return confronti


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
    )


def raccogli(programma: ProgrammaPage, al: date, organizzazione: Organizzazione | None = None) -> dict[int, Raccolta]:
    """What was collected by the end of `al`, by primary key of criterion, in three queries whatever the rows."""
    istante = fine_del_giorno(al)
    riconosciuti = Riconoscimento.objects.validi_al(istante).che_contano().del_programma(programma)
    in_attesa = _in_attesa(al, istante).filter(criteri__programma=programma)
    if organizzazione is not None:
        riconosciuti = riconosciuti.filter(evidenza__organizzazione=organizzazione)
        in_attesa = in_attesa.filter(organizzazione=organizzazione)
    raccolte: dict[int, Raccolta] = {}

    def aggiungi(criterio: int, raccolta: Raccolta) -> None:
        raccolte[criterio] = raccolte.get(criterio, Raccolta()) + raccolta

    somme = riconosciuti.order_by().values_list("criterio").annotate(Count("pk"), Sum("quantita_riconosciuta"))
    for criterio, evidenze, quantita in somme:
        # SQLite sums decimals as floats: the cents are exact again after this
        aggiungi(criterio, Raccolta(evidenze, Decimal(quantita).quantize(CENTESIMO)))
    for criterio, ente in riconosciuti.enti_distinti():
        aggiungi(criterio, Raccolta(enti=frozenset({ente})))
    for criterio, evidenze in in_attesa.order_by().values_list("criteri").annotate(Count("pk")):
        aggiungi(criterio, Raccolta(in_attesa=evidenze))
    return raccolte


def media_di(criteri: QuerySet, programma: ProgrammaPage, al: date) -> Decimal | None:
    """The indicative mean of `criteri` at the end of `al`: one query, two where some count distinct bodies."""
    validi = Riconoscimento.objects.validi_al(fine_del_giorno(al)).che_contano()
    suoi = validi.filter(criterio=OuterRef("pk")).order_by().values("criterio")
    elenco = list(
        criteri.annotate(
            riconosciute=Subquery(suoi.annotate(n=Count("pk")).values("n")),
            quantita=Subquery(suoi.annotate(somma=Sum("quantita_riconosciuta")).values("somma")),
        )
    )
    enti: dict[int, set[int]] = {criterio.pk: set() for criterio in elenco}
    if any(criterio.distinte for criterio in elenco):
        for criterio, ente in validi.filter(criterio__in=elenco).enti_distinti():
            enti[criterio].add(ente)

    def punteggio(criterio: Criterio) -> Decimal | None:
        quantita = Decimal(criterio.quantita or 0).quantize(CENTESIMO)
        raccolta = Raccolta(criterio.riconosciute or 0, quantita, frozenset(enti[criterio.pk]))
        return valuta(regola_di(criterio, programma), raccolta).punteggio

    return media_indicativa(map(punteggio, elenco))


def fine_del_giorno(giorno: date) -> datetime:
    """The last instant of `giorno` in the portal's time zone."""
    return datetime.combine(giorno, time.max, tzinfo=timezone.get_default_timezone())


def programmi_con_punteggio(criteri: QuerySet) -> QuerySet:
    """Programmes that have some of `criteri`, newest first."""
    return ProgrammaPage.objects.filter(pk__in=criteri.order_by().values("programma")).order_by("-anno")


def _in_attesa(al: date, istante: datetime) -> QuerySet:
    if al >= timezone.localdate(timezone=timezone.get_default_timezone()):
        return Evidenza.objects.in_attesa()
    return Evidenza.objects.in_attesa_al(istante)
