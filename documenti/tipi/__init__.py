"""The kinds of documents of a year, and how each is written in each format: one source for all of them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from programma.models import Criterio, ProgrammaPage

from .. import resa
from ..corpo import Corpo
from ..models import Narrazione
from ..narrazione import BloccoNarrativo, con_le_parole
from . import (
    certificato,
    compiti_del_manager,
    programma_di_lavoro,
    relazione_azione,
    relazione_vamt,
    report_annuale,
    spunti,
)

FORMATI = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
"""Each format with its media type."""


PROGRAMMA = "programma"


@dataclass(frozen=True)
class TipoDiDocumento:
    """What is read of a year as of a day, and what people and programs read of it.

    With `blocchi`, that people write, it may be made final; `criterio` is the one that it is evidence of, if any.
    """

    titolo: str
    che_cosa: str
    raccogli: Callable[[ProgrammaPage, date], Any]
    in_corpo: Callable[[Any], Corpo]
    in_dati: Callable[[Any], dict[str, Any]]
    blocchi: tuple[BloccoNarrativo, ...] = ()
    criterio: Criterio | None = None


TIPI = {
    "relazione-vamt": TipoDiDocumento(
        "Relazione V.A.M.T.",
        "Ogni criterio con il punteggio in parole e le evidenze approvate, nelle colonne chieste dall'atto.",
        relazione_vamt.relazione_vamt,
        relazione_vamt.in_corpo,
        relazione_vamt.in_dati,
        spunti.DELLA_RELAZIONE_VAMT,
    ),
    "report-annuale": TipoDiDocumento(
        "Report annuale",
        "Risultati per area e azione, che cosa è stato fatto, chi ha partecipato, che cosa manca, gli altri anni.",
        report_annuale.report_annuale,
        report_annuale.in_corpo,
        report_annuale.in_dati,
        spunti.DEL_REPORT,
    ),
    "compiti-del-manager": TipoDiDocumento(
        "Compiti del manager",
        "Pronti per la domanda? I compiti obbligatori con lo stato, che cosa manca e le prove.",
        compiti_del_manager.compiti_del_manager,
        compiti_del_manager.in_corpo,
        compiti_del_manager.in_dati,
    ),
    PROGRAMMA: TipoDiDocumento(
        "Programma di lavoro",
        "Compiti e azioni con le parti dell'atto, indicatori e percentuali; di una bozza, che cosa cambia. "
        "Quando il programma è approvato si ferma da sé, com'è.",
        programma_di_lavoro.programma_di_lavoro,
        programma_di_lavoro.in_corpo,
        programma_di_lavoro.in_dati,
        spunti.DEL_PROGRAMMA,
    ),
}
"""Those of every year, by the name that commands and addresses know them by."""
CERTIFICATO = TipoDiDocumento(
    "Certificato di chiusura",
    "Il punteggio com'è stato conservato, con l'impronta, le versioni e i documenti definitivi.",
    certificato.certificato,
    certificato.in_corpo,
    certificato.in_dati,
)


def tipi_di(programma: ProgrammaPage, criteri: Iterable[Criterio] | None = None) -> dict[str, TipoDiDocumento]:
    """The kinds of a year: those of every year, a report for each criterion that asks for one, of a closed year its
    certificate. `criteri` are those that ask, where who calls has them."""
    if criteri is None:
        criteri = relazione_azione.criteri_con_relazione().filter(programma=programma)
    relazioni = {f"relazione-{uno.codice.lower().replace('.', '-')}": _relazione(uno) for uno in criteri}
    return TIPI | relazioni | ({"certificato": CERTIFICATO} if programma.chiuso and programma.chiusure.all() else {})


def _relazione(criterio: Criterio) -> TipoDiDocumento:
    return TipoDiDocumento(
        f"{criterio.codice} {criterio.indicatore}",
        f"Che cosa è stato fatto per «{criterio.azione}», gli incontri, ciò che è stato pubblicato.",
        partial(relazione_azione.relazione_azione, criterio),
        relazione_azione.in_corpo,
        relazione_azione.in_dati,
        spunti.DELLA_RELAZIONE_AZIONE,
        criterio,
    )


def giorno_del_documento(programma: ProgrammaPage) -> date:
    """Today, or the day of the closing: of a closed year the same document for ever."""
    chiusura = programma.chiusure.first() if programma.chiuso else None
    return timezone.localdate(chiusura.chiuso_il) if chiusura else timezone.localdate()


def parole_scritte(programma: ProgrammaPage, nome: str) -> dict[str, str]:
    """The words of each block of the document `nome`, as they were last written."""
    return {una.blocco: una.testo for una in Narrazione.objects.ultime(programma, nome)}


def scrivi(nome: str, programma: ProgrammaPage, al: date, formato: str) -> bytes:
    """The document of the kind `nome`, as of the end of `al`, with the words that people wrote so far.

    Raises `base.stampa.StampaNonDisponibile` where a PDF needs Pango.
    """
    tipo = tipi_di(programma)[nome]
    return resa_di(tipo, tipo.raccogli(programma, al), formato, parole_scritte(programma, nome))


def resa_di(tipo: TipoDiDocumento, dati: Any, formato: str, parole: Mapping[str, str] | None = None) -> bytes:
    """What was read, in a format, the words of people where it is for people: same state, same JSON."""
    if formato == "json":
        testo = json.dumps(tipo.in_dati(dati), ensure_ascii=False, indent=2, default=_in_json)
        return f"{testo}\n".encode()
    corpo = con_le_parole(tipo.in_corpo(dati), tipo.blocchi, parole or {})
    return (resa.in_pdf if formato == "pdf" else resa.in_docx)(corpo)


def _in_json(valore: Any) -> Any:
    """A number without a point where it is whole; a day as 2025-12-31."""
    if isinstance(valore, Decimal):
        return int(valore) if valore == valore.to_integral_value() else float(valore)
    if isinstance(valore, date):
        return valore.isoformat()
    raise TypeError(f"{valore!r} has no place in a document")
