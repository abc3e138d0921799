"""The report of a year: results, what was done, who took part, what is missing, how it compares with other years.

Everything is as of the end of a day, of what was approved by then; means are indicative, the act defines none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import Page

from ascolto.models import Sondaggio
from ascolto.sondaggi.selettori import pubblicati_dell_anno
from base.elenchi import senza_riservate
from base.grafici import Barra
from base.storia import fine_del_giorno
from base.tempo import giorno_in_parole
from convenzioni.models import ConvenzionePage
from guide.models import ServizioPage
from notizie.models import ComunicatoPage, EventoPage, NotiziaPage
from organizzazioni.models import Distretto
from programma.models import Criterio, ProgrammaPage
from programma.punteggi import media_indicativa
from programma.punteggi.in_parole import percento
from programma.punteggi.lingua import quanti
from programma.selettori.punteggio import quadro_punteggio, riconosciuti_al
from programma.selettori.quadri import QuadroPunteggio, RigaPunteggio
from registri.selettori import elenco_al

from ..corpo import INTERNO, PERCENTUALI, Blocco, Capitolo, Corpo, Paragrafo, Prospetto, Punti
from ..figure import in_figura
from . import misure_del_report, sondaggi_del_report
from .fatti_del_report import FattoDelReport, fatti_approvati, nei_mesi, per_organizzazione

INTERO = Decimal(100)
CONTENUTI = (
    ("Servizi della Family Guide", ServizioPage),
    ("Convenzioni", ConvenzionePage),
    ("Notizie", NotiziaPage),
    ("Eventi", EventoPage),
    ("Comunicati stampa", ComunicatoPage),
)
"""What the site has published, by kind."""
CHE_CRESCONO = 2
"""The first of them, of which one reads how they grew month by month."""


@dataclass(frozen=True)
class VoceDelReport:
    """A duty or an action: `indicativo` is None where nothing of it is scored; `raggiunti` of `misurati` are at 100."""

    codice: str
    titolo: str
    area: str
    indicativo: Decimal | None
    raggiunti: int
    misurati: int
    fatti: tuple[FattoDelReport, ...]


@dataclass(frozen=True)
class PuntoCritico:
    """A criterion that is not at 100, and how many units of what are missing, empty where that cannot be said."""

    codice: str
    indicatore: str
    punteggio: Decimal
    manca: str


@dataclass(frozen=True)
class AnnoDelReport:
    """A year in a few figures; `aderenti` on its last day, or today while it lasts."""

    anno: int
    misurati: int
    raggiunti: int
    evidenze: int
    aderenti: int


@dataclass(frozen=True)
class ReportAnnuale:
    """The year of `programma` as it was known at the end of `al`."""

    programma: ProgrammaPage
    al: date
    distretto: str
    voci: tuple[VoceDelReport, ...]
    aree: tuple[tuple[str, Decimal | None], ...]
    mesi: tuple[tuple[str, int], ...]
    partecipazione: tuple[tuple[str, int], ...]
    assenti: tuple[str, ...]
    entrati: tuple[str, ...]
    usciti: tuple[str, ...]
    critici: tuple[PuntoCritico, ...]
    anni: tuple[AnnoDelReport, ...]
    pubblicati: tuple[tuple[str, int, int], ...]
    crescita: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    misure: misure_del_report.SintesiDellAnno | None
    sondaggi: tuple[Sondaggio, ...]

    @property
    def questo(self) -> AnnoDelReport:
        return self.anni[-1]


def report_annuale(programma: ProgrammaPage, al: date) -> ReportAnnuale:
    """The report as of the end of `al`; the number of queries grows with the years, not with the evidence."""
    quadro = quadro_punteggio(programma, al)
    ultimo = min(al, programma.scadenza)
    aderenti = [uno.denominazione for uno in elenco_al(ultimo, noto_al=al)]
    prima = [uno.denominazione for uno in elenco_al(min(programma.dal, ultimo), noto_al=al)]
    fatti, quanti, partecipi = fatti_approvati(programma, al)
    distretto = Distretto.objects.first()
    aree: dict[str, list] = defaultdict(list)
    for voce in quadro.voci:
        aree[voce.area] += [riga.punteggio.punteggio for riga in voce.righe]
    return ReportAnnuale(
        quadro.programma,
        al,
        distretto.denominazione if distretto else "",
        tuple(
            VoceDelReport(
                voce.codice,
                voce.titolo,
                voce.area,
                voce.indicativo,
                *_raggiunti(riga.punteggio.punteggio for riga in voce.righe),
                tuple(fatti[voce.codice]),
            )
            for voce in quadro.voci
        ),
        tuple((area, media_indicativa(punteggi)) for area, punteggi in aree.items()),
        tuple(nei_mesi(programma, ultimo, quanti)),
        tuple(per_organizzazione(partecipi)),
        tuple(nome for nome in sorted(aderenti) if nome not in partecipi),
        tuple(nome for nome in aderenti if nome not in prima),
        tuple(nome for nome in prima if nome not in aderenti),
        tuple(
            PuntoCritico(riga.criterio.codice, riga.criterio.indicatore, punti, _manca(riga))
            for riga in quadro.righe
            if (punti := riga.punteggio.punteggio) is not None and punti < INTERO
        ),
        (*_anni_prima(programma, al), _anno(quadro, sum(quanti.values()), len(aderenti))),
        tuple(_pubblicati(programma, al)),
        tuple(_crescita(programma, al, ultimo)),
        misure_del_report.misure_dell_anno(programma.anno, al),
        tuple(pubblicati_dell_anno(programma.anno, al)),
    )


def _manca(riga: RigaPunteggio) -> str:
    mancano = riga.punteggio.mancano
    if mancano and riga.criterio.regola == Criterio.Regola.REALIZZAZIONE:
        return "un'evidenza approvata"
    return quanti(mancano, riga.criterio.nome_unita) if mancano else ""


def _raggiunti(punteggi: Iterable[Decimal | None]) -> tuple[int, int]:
    misurati = [punti for punti in punteggi if punti is not None]
    return sum(punti >= INTERO for punti in misurati), len(misurati)


def _anno(quadro: QuadroPunteggio, evidenze: int, aderenti: int) -> AnnoDelReport:
    raggiunti, misurati = _raggiunti(riga.punteggio.punteggio for riga in quadro.righe)
    return AnnoDelReport(quadro.programma.anno, misurati, raggiunti, evidenze, aderenti)


def _anni_prima(programma: ProgrammaPage, al: date) -> Iterator[AnnoDelReport]:
    """The years before, as the portal knows them: each as it was closed, or as of `al`."""
    for altro in ProgrammaPage.objects.filter(anno__lt=programma.anno).order_by("anno"):
        evidenze = riconosciuti_al(altro, al).aggregate(n=Count("evidenza", distinct=True))["n"]
        yield _anno(quadro_punteggio(altro, al), evidenze, len(elenco_al(min(al, altro.scadenza), noto_al=al)))


def _pubblicati(programma: ProgrammaPage, al: date) -> Iterator[tuple[str, int, int]]:
    """Kind, how many of what is public now were there by the end of `al`, and how many of them came in the year."""
    pubbliche = senza_riservate(Page.objects.live()).filter(first_published_at__lte=fine_del_giorno(al))
    for nome, modello in CONTENUTI:
        conti = pubbliche.type(modello).aggregate(
            tutte=Count("pk"),
            nuove=Count("pk", filter=Q(first_published_at__date__range=(programma.dal, programma.scadenza))),
        )
        yield nome, conti["tutte"], conti["nuove"]


def _crescita(programma: ProgrammaPage, al: date, ultimo: date) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """Of what grows, how many of those that are public now were there at the end of each month of the programme."""
    for nome, modello in CONTENUTI[:CHE_CRESCONO]:
        pubbliche = senza_riservate(Page.objects.live()).filter(first_published_at__lte=fine_del_giorno(al))
        quando = pubbliche.type(modello).values_list("first_published_at", flat=True)
        giorni = [timezone.localdate(uno) for uno in quando]
        quante = sum(giorno < programma.dal for giorno in giorni)
        mesi = []
        for mese, nuove in nei_mesi(programma, ultimo, Counter((giorno.year, giorno.month) for giorno in giorni)):
            quante += nuove
            mesi.append((mese, quante))
        yield nome, tuple(mesi)


def in_corpo(report: ReportAnnuale) -> Corpo:
    """For people, each chart with its table."""
    programma = report.programma
    periodo = f"Fatti {giorno_in_parole(programma.dal, dopo='dal')} {giorno_in_parole(programma.scadenza, dopo='al')}."
    capitoli = (
        Capitolo("L'anno in sintesi", 1, (_raggiunti_in_tutto(report), Punti(tuple(_sintesi(report))))),
        Capitolo("Risultati", 1, tuple(_risultati(report)), PERCENTUALI),
        Capitolo("Che cosa è stato fatto", 1),
        *_attivita(report),
        Capitolo("Quando", 1, tuple(_quando(report))),
        Capitolo("Chi ha partecipato", 1, tuple(_chi(report))),
        Capitolo("Punti critici", 1, tuple(_critici(report)), PERCENTUALI),
        Capitolo("Confronto con gli altri anni", 1, tuple(_confronto(report))),
        Capitolo("Misure delle organizzazioni", 1, tuple(misure_del_report.capitolo(report.misure))),
        *sondaggi_del_report.capitoli(report.sondaggi),
        Capitolo("Guida, convenzioni e notizie", 1, tuple(_contenuti(report))),
    )
    situazione_al = f"Situazione {giorno_in_parole(report.al, dopo='al')}. {periodo}"
    return Corpo(f"Report annuale {programma.anno}", report.distretto, (situazione_al,), capitoli)


def _raggiunti_in_tutto(report: ReportAnnuale) -> Paragrafo:
    questo = report.questo
    return Paragrafo(f"Criteri raggiunti: {questo.raggiunti} su {questo.misurati}.", True, PERCENTUALI)


def _sintesi(report: ReportAnnuale) -> Iterator[str]:
    questo = report.questo
    yield f"Evidenze approvate: {questo.evidenze}."
    yield f"Organizzazioni aderenti: {questo.aderenti}; hanno partecipato {len(report.partecipazione)} enti."
    if report.entrati:
        yield f"Entrate nell'anno: {', '.join(report.entrati)}."
    if report.usciti:
        yield f"Uscite nell'anno: {', '.join(report.usciti)}."


def _punti(valore: Decimal | None) -> str:
    return "non misurato" if valore is None else percento(valore)


def _risultati(report: ReportAnnuale) -> Iterator[Blocco]:
    yield Paragrafo("Le medie sono indicative: l'atto non ne definisce.")
    barre_aree = [Barra(area, valore, _punti(valore)) for area, valore in report.aree]
    yield from in_figura("Punteggio per area", ("Area", "Media"), barre_aree, INTERO)
    righe = tuple(
        (
            voce.codice,
            voce.titolo,
            f"{voce.raggiunti} su {voce.misurati}" if voce.misurati else "–",
            _punti(voce.indicativo),
        )
        for voce in report.voci
    )
    yield Prospetto(
        "Compiti e azioni", ("Codice", "Titolo", "Criteri raggiunti", "Media"), righe, True, larghezze=(10, 56, 18, 16)
    )


def _attivita(report: ReportAnnuale) -> Iterator[Capitolo]:
    for voce in report.voci:
        righe = tuple((f"{uno.data:%d/%m/%Y}", uno.titolo, ", ".join(uno.organizzazioni)) for uno in voce.fatti)
        tabella: Blocco = (
            Prospetto("", ("Data", "Che cosa", "Organizzazioni"), righe, larghezze=(13, 52, 35))
            if righe
            else Paragrafo("Nessuna evidenza approvata.")
        )
        yield Capitolo(f"{voce.codice} {voce.titolo}", 2, (tabella,))


def _quando(report: ReportAnnuale) -> Iterator[Blocco]:
    righe = [Barra(mese, quante, str(quante)) for mese, quante in report.mesi]
    if not righe:
        yield Paragrafo("L'anno non è ancora cominciato.")
        return
    yield from in_figura("Evidenze per mese del fatto", ("Mese", "Evidenze"), righe)


def _chi(report: ReportAnnuale) -> Iterator[Blocco]:
    if report.partecipazione:
        righe = [Barra(nome, quante, str(quante)) for nome, quante in report.partecipazione]
        yield from in_figura("Evidenze per organizzazione", ("Organizzazione", "Evidenze"), righe)
    else:
        yield Paragrafo("Nessuna organizzazione ha ancora evidenze approvate.")
    if report.assenti:
        yield Paragrafo("Aderenti che non hanno ancora evidenze approvate", True, INTERNO)
        yield Punti(report.assenti, INTERNO)


def _critici(report: ReportAnnuale) -> Iterator[Blocco]:
    righe = tuple((uno.codice, uno.indicatore, percento(uno.punteggio), uno.manca) for uno in report.critici)
    if righe:
        colonne = ("Criterio", "Indicatore", "Punteggio", "Che cosa manca")
        yield Prospetto("Criteri non raggiunti", colonne, righe, True, larghezze=(12, 38, 15, 35))
    else:
        yield Paragrafo("Ogni criterio misurato è raggiunto.")


def _confronto(report: ReportAnnuale) -> Iterator[Blocco]:
    if len(report.anni) == 1:
        yield Paragrafo("Il portale non conosce anni precedenti.")
    righe = tuple(
        (str(a.anno), f"{a.raggiunti} su {a.misurati}", str(a.evidenze), str(a.aderenti)) for a in report.anni
    )
    colonne = ("Anno", "Criteri raggiunti", "Evidenze", "Aderenti")
    yield Prospetto("Anno per anno", colonne, righe, True, riserve=((colonne[1], PERCENTUALI),))


def _contenuti(report: ReportAnnuale) -> Iterator[Blocco]:
    figura = [Barra(nome, tutte, str(tutte)) for nome, tutte, _ in report.pubblicati]
    righe = tuple((nome, str(tutte), str(nuove)) for nome, tutte, nuove in report.pubblicati)
    yield from in_figura("Che cosa è pubblicato", ("Contenuto", "Pubblicati", "Di cui nell'anno"), figura, righe=righe)
    for nome, mesi in report.crescita:
        if any(quante for _, quante in mesi):
            barre_mesi = [Barra(mese, quante, str(quante)) for mese, quante in mesi]
            yield from in_figura(f"{nome}, mese per mese", ("Alla fine di", "Pubblici"), barre_mesi)


def in_dati(report: ReportAnnuale) -> dict[str, Any]:
    """For programs: what does not exist is null, never 0."""
    return {
        "anno": report.programma.anno,
        "al": report.al,
        "aderenti": {"quanti": report.questo.aderenti, "entrati": report.entrati, "usciti": report.usciti},
        "aree": [{"area": area, "punteggio_indicativo": valore} for area, valore in report.aree],
        "voci": [
            {
                "codice": voce.codice,
                "titolo": voce.titolo,
                "punteggio_indicativo": voce.indicativo,
                "raggiunti": voce.raggiunti,
                "misurati": voce.misurati,
                "fatti": [
                    {"data": uno.data, "titolo": uno.titolo, "organizzazioni": uno.organizzazioni} for uno in voce.fatti
                ],
            }
            for voce in report.voci
        ],
        "mesi": [{"mese": mese, "evidenze": quante} for mese, quante in report.mesi],
        "organizzazioni": [{"nome": nome, "evidenze": quante} for nome, quante in report.partecipazione],
        "senza_evidenze": report.assenti,
        "punti_critici": [
            {"codice": c.codice, "indicatore": c.indicatore, "punteggio": c.punteggio, "manca": c.manca}
            for c in report.critici
        ],
        "anni": [
            {
                "anno": a.anno,
                "misurati": a.misurati,
                "raggiunti": a.raggiunti,
                "evidenze": a.evidenze,
                "aderenti": a.aderenti,
            }
            for a in report.anni
        ],
        "crescita": [
            {"che_cosa": nome, "mesi": [{"mese": mese, "quanti": quante} for mese, quante in mesi]}
            for nome, mesi in report.crescita
        ],
        "pubblicati": [
            {"che_cosa": nome, "quanti": tutte, "nell_anno": nuove} for nome, tutte, nuove in report.pubblicati
        ],
        "misure": misure_del_report.in_dati(report.misure),
        "sondaggi": sondaggi_del_report.in_dati(report.sondaggi),
    }
