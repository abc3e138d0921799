"""The read side of surveys. No single answer is read here, and of a survey that is open nothing but how many came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery

from base.storia import fine_del_giorno
from organizzazioni.models import Chiunque
from organizzazioni.permissions import e_coordinamento
from programma import alimentazione

from ..models import Codice, ParoleDaRivedere, RispostaAlSondaggio, Sondaggio
from .questionario import DomandaPosta
from .tavole import Tavola


def per_elenco(utente: Chiunque) -> QuerySet[Sondaggio]:
    """The surveys that `utente` opens, the newest first."""
    return Sondaggio.objects.visibili_a(utente)


def pubblico_con_chiave(chiave: str) -> Sondaggio | None:
    """The survey at that address, unless it is still being written."""
    return Sondaggio.objects.pubblici().filter(chiave=chiave.lower()).first()


@dataclass(frozen=True)
class Partecipazione:
    """How many answered, and how many codes are still to be used; `risposte` is None while they are fewer than any
    result has: whoever sees one arrive might know whose it is."""

    risposte: int | None
    minimo: int
    codici_dati: int
    codici_rimasti: int


def partecipazione(sondaggio: Sondaggio) -> Partecipazione:
    """How far a survey is, open or closed."""
    if sondaggio.ha_risultati:
        quante = sondaggio.risposte_contate or 0
    else:
        quante = RispostaAlSondaggio.objects.filter(sondaggio=sondaggio).count()
    rimasti = Codice.objects.filter(sondaggio=sondaggio).count() if quante >= sondaggio.minimo else 0
    viste = quante if quante >= sondaggio.minimo else None
    return Partecipazione(viste, sondaggio.minimo, sondaggio.codici_dati, rimasti)


@dataclass(frozen=True)
class SezioneLetta:
    """A section of the results: its name, and its questions, each with its tables and the words that are published."""

    nome: str
    domande: tuple[tuple[DomandaPosta, tuple[Tavola, ...], tuple[str, ...]], ...]


def risultati(sondaggio: Sondaggio) -> list[SezioneLetta]:
    """What was answered, section by section; nothing while it is open. One query."""
    if not sondaggio.ha_risultati:
        return []
    testi: dict[str, list[str]] = {}
    approvati = ParoleDaRivedere.objects.filter(sondaggio=sondaggio, stato=ParoleDaRivedere.Stato.APPROVATO)
    for chiave, pubblico in approvati.values_list("domanda", "pubblico"):
        testi.setdefault(chiave, []).append(pubblico)
    sezioni: dict[str, list] = {}
    for domanda in sondaggio.poste:
        sue = tuple(tavola for tavola in sondaggio.tavole if tavola.domanda == domanda.chiave)
        sezioni.setdefault(domanda.sezione, []).append((domanda, sue, tuple(testi.get(domanda.chiave, ()))))
    return [SezioneLetta(nome, tuple(sue)) for nome, sue in sezioni.items()]


def testi_di(sondaggio: Sondaggio) -> QuerySet[ParoleDaRivedere]:
    """What was written, in an order that says nothing; those to be read over first."""
    return ParoleDaRivedere.objects.filter(sondaggio=sondaggio).order_by("-stato", "domanda", "id")


def da_rivedere(sondaggio: Sondaggio) -> int:
    return testi_di(sondaggio).filter(stato=ParoleDaRivedere.Stato.DA_RIVEDERE).count()


def con_testi_da_rivedere(sondaggi: QuerySet[Sondaggio]) -> QuerySet[Sondaggio]:
    """Each with how many texts of it wait (`testi_in_attesa`)."""
    suoi = ParoleDaRivedere.objects.filter(sondaggio=OuterRef("pk"), stato=ParoleDaRivedere.Stato.DA_RIVEDERE)
    conti = suoi.order_by().values("sondaggio").annotate(quanti=Count("pk")).values("quanti")
    return sondaggi.annotate(testi_in_attesa=Subquery(conti))


def domanda_di(sondaggio: Sondaggio, chiave: str) -> DomandaPosta | None:
    per_chiave: Mapping[str, DomandaPosta] = {una.chiave: una for una in sondaggio.poste}
    return per_chiave.get(chiave)


def criteri_di(sondaggio: Sondaggio) -> QuerySet:
    """The criteria that collect values, of the open programme of the day on which it closed (P8.2, P9.2, P10.2)."""
    giorno = sondaggio.giorno_di_chiusura
    return alimentazione.criteri_di_monitoraggio(giorno.year if giorno else sondaggio.anno)


def che_si_contano(sondaggio: Sondaggio) -> list[tuple[str, str, int]]:
    """What may be given as a number: how many answered, or a cell that everybody reads. Key, words, number."""
    voci = [("risposte", "Persone che hanno risposto", sondaggio.risposte_contate or 0)]
    for tavola in sondaggio.tavole:
        for n, cella in enumerate(tavola.celle):
            if cella.quanti:
                voci.append((f"{tavola.chiave}:{n}", f"{tavola.titolo} {cella.nome}", cella.quanti))
    return voci


def pubblicati() -> QuerySet[Sondaggio]:
    """Those of which everybody reads the results, the newest first."""
    return Sondaggio.objects.pubblicati().order_by("-anno", "-pubblicato_il")


def pubblicati_dell_anno(anno: int, al: date) -> list[Sondaggio]:
    """The surveys of a year that everybody could read by the end of `al`."""
    suoi = Sondaggio.objects.pubblicati().filter(anno=anno, pubblicato_il__lte=fine_del_giorno(al))
    return list(suoi.order_by("pubblicato_il", "pk"))


def da_approvare(utente: Chiunque) -> list[Sondaggio]:
    """Those of which the publication waits for `utente`."""
    if not utente.is_active or not e_coordinamento(utente):
        return []
    return list(Sondaggio.objects.filter(stato=Sondaggio.Stato.PROPOSTO).exclude(autori=utente))
