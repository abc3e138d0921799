"""What people write in each kind of document, and the facts that each part may begin from: facts alone."""

from collections.abc import Iterator

from base.tempo import giorno_in_parole

from ..narrazione import BloccoNarrativo
from . import misure_del_report, sondaggi_del_report
from .programma_di_lavoro import ProgrammaDiLavoro
from .relazione_azione import RelazioneAzione
from .relazione_vamt import RelazioneVamt
from .report_annuale import ReportAnnuale


def _premessa(relazione: RelazioneVamt) -> Iterator[str]:
    programma = relazione.programma
    yield f"Il programma {programma.anno} ha {len(relazione.criteri)} criteri."
    yield f"Evidenze approvate {giorno_in_parole(relazione.al, dopo='al')}: {_quante(relazione)}."


def _quante(relazione: RelazioneVamt) -> int:
    return sum(len(criterio.evidenze) for criterio in relazione.criteri)


def _considerazioni(relazione: RelazioneVamt) -> Iterator[str]:
    senza = [criterio.riga.criterio.codice for criterio in relazione.criteri if not criterio.evidenze]
    if senza:
        yield f"Criteri senza evidenze approvate: {', '.join(senza)}."
    note = [
        f"{criterio.riga.criterio.codice}: «{evidenza.titolo}», {evidenza.nota}"
        for criterio in relazione.criteri
        for evidenza in criterio.evidenze
        if evidenza.nota
    ]
    yield from note


DELLA_RELAZIONE_VAMT = (
    BloccoNarrativo("premessa", "Premessa", "A chi è rivolta, di quale atto è la relazione, come leggerla.", _premessa),
    BloccoNarrativo(
        "considerazioni",
        "Considerazioni",
        "Ciò che i numeri non dicono: perché qualcosa manca, o è andato oltre l'atteso.",
        _considerazioni,
        in_fondo=True,
    ),
)


def _origine(relazione: RelazioneAzione) -> Iterator[str]:
    if relazione.guidano:
        yield f"La guidano: {', '.join(relazione.guidano)}."
    prime = sorted((*relazione.fatti, *relazione.riunioni), key=lambda passo: passo.data)[:1]
    for passo in prime:
        yield f"Il primo passo: {giorno_in_parole(passo.data)}, {passo.titolo}."


def _insieme(relazione: RelazioneAzione) -> Iterator[str]:
    if relazione.enti:
        yield f"Hanno partecipato {', '.join(relazione.enti)}."
    for passo in (*relazione.riunioni, *relazione.fatti):
        yield f"{giorno_in_parole(passo.data)}: {passo.titolo}."


def _avanti(relazione: RelazioneAzione) -> Iterator[str]:
    yield f"L'obiettivo specifico dell'azione: {relazione.azione.obiettivo_specifico or 'da scrivere'}"


DELLA_RELAZIONE_AZIONE = (
    BloccoNarrativo(
        "origine", "Com'è nata la collaborazione", "Chi l'ha proposta, perché insieme, come si è deciso.", _origine
    ),
    BloccoNarrativo(
        "insieme", "Che cosa si è progettato insieme", "Chi ha portato che cosa, e che cosa ne è venuto.", _insieme
    ),
    BloccoNarrativo(
        "avanti", "Che cosa resta e come si va avanti", "Ciò che continua, e chi se ne occupa.", _avanti, True
    ),
)


def _presentazione(report: ReportAnnuale) -> Iterator[str]:
    questo = report.questo
    yield f"Evidenze approvate: {questo.evidenze}. Enti che hanno partecipato: {len(report.partecipazione)}."
    if report.entrati:
        yield f"Sono entrate: {', '.join(report.entrati)}."
    if report.usciti:
        yield f"Sono uscite: {', '.join(report.usciti)}."


def _difficolta(report: ReportAnnuale) -> Iterator[str]:
    for punto in report.critici:
        yield f"{punto.codice} {punto.indicatore}" + (f": mancano {punto.manca}." if punto.manca else ".")
    if report.assenti:
        yield f"Aderenti senza evidenze approvate: {len(report.assenti)}."


def _misure(report: ReportAnnuale) -> Iterator[str]:
    yield from misure_del_report.spunti(report.misure)
    yield from sondaggi_del_report.spunti(report.sondaggi)


def _domani(report: ReportAnnuale) -> Iterator[str]:
    for prima in report.anni[:-1]:
        yield f"Nel {prima.anno}: evidenze {prima.evidenze}, aderenti {prima.aderenti}."
    yield f"Nel {report.questo.anno}: evidenze {report.questo.evidenze}, aderenti {report.questo.aderenti}."


DEL_REPORT = (
    BloccoNarrativo(
        "presentazione",
        "Presentazione dell'anno",
        "L'anno in poche righe, per chi non conosce il Distretto.",
        _presentazione,
    ),
    BloccoNarrativo(
        "misure",
        "Come si lavora nelle organizzazioni",
        "Che cosa è cambiato in orari, congedi e servizi, e che cosa l'ha reso possibile.",
        _misure,
        in_fondo=True,
    ),
    BloccoNarrativo(
        "difficolta",
        "Difficoltà e risposte",
        "Che cosa non è riuscito, perché, che cosa si è cambiato.",
        _difficolta,
        in_fondo=True,
    ),
    BloccoNarrativo(
        "domani", "L'anno che viene", "Che cosa si porta avanti, e che cosa si vuole cambiare.", _domani, in_fondo=True
    ),
)


def _del_programma(detto: ProgrammaDiLavoro) -> Iterator[str]:
    aree = dict.fromkeys(una.azione.area for una in detto.azioni if una.azione.area)
    yield f"Azioni: {len(detto.azioni)}. Aree: {len(aree)}. Compiti del manager: {len(detto.compiti)}."
    if detto.precedente:
        nuove = [str(una.azione) for una in detto.azioni if una.cambia and not una.cambia.prosegue]
        if nuove:
            yield f"Non c'erano nel {detto.precedente.anno}: {', '.join(nuove)}."
        if detto.tolte:
            yield f"Non ci sono più: {', '.join(detto.tolte)}."


DEL_PROGRAMMA = (
    BloccoNarrativo(
        "premessa",
        "Premessa",
        "Ciò che l'atto dice prima delle azioni: da dove viene il programma, con chi è stato scritto, su quali norme.",
        _del_programma,
    ),
)
