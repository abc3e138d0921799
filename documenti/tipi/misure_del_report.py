"""What members said of their measures, in the annual report: together, beside the year before, of no body alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from registri.misure.aggregati import RigaDiSintesi
from registri.misure.selettori import SintesiDellAnno, rilevazione_dell_anno, sintesi_di

from ..corpo import INTERNO, Blocco, Paragrafo, Prospetto


def misure_dell_anno(anno: int, al: date) -> SintesiDellAnno | None:
    """What they say, once their collection is closed by the end of `al`; as others than the manager read it."""
    rilevazione = rilevazione_dell_anno(anno, al)
    return sintesi_di(rilevazione, riservata=True, al=al) if rilevazione else None


def capitolo(sintesi: SintesiDellAnno | None) -> Iterator[Blocco]:
    """A table for each section; of a year that nobody was asked about, who works here reads so."""
    if sintesi is None:
        detto = "Le misure di quest'anno non sono state raccolte, o la rilevazione non è ancora chiusa."
        yield Paragrafo(detto, solo=INTERNO)
        return
    yield Paragrafo(f"Organizzazioni che hanno risposto: {sintesi.inviate} su {sintesi.chieste}.", True)
    yield Paragrafo("Non si riporta ciò che riguarda un ente solo.")
    anni = (f"Nel {sintesi.rilevazione.anno}", *([f"Nel {sintesi.prima.anno}"] if sintesi.prima else []))
    for nome, righe in sintesi.sezioni:
        celle = tuple((riga.ora.quesito.testo, str(riga.ora.risposte), *_detti(riga, sintesi)) for riga in righe)
        larghezze = (34, 10, 28, 28) if sintesi.prima else (46, 12, 42)
        yield Prospetto(nome, ("Domanda", "Risposte", *anni), celle, True, larghezze)


def _detti(riga: RigaDiSintesi, sintesi: SintesiDellAnno) -> tuple[str, ...]:
    if sintesi.prima is None:
        return (riga.ora.in_parole,)
    prima = riga.prima.in_parole if riga.prima else "non era chiesto così"
    return riga.ora.in_parole, f"{prima} ({riga.differenza})" if riga.differenza else prima


def spunti(sintesi: SintesiDellAnno | None) -> Iterator[str]:
    """The facts that whoever writes begins from: what changed in numbers."""
    if sintesi is None:
        return
    yield f"Hanno risposto {sintesi.inviate} organizzazioni su {sintesi.chieste}."
    for riga in sintesi.righe:
        if riga.ora.risposte and not riga.ora.coperta:
            prima = f" (nel {sintesi.prima.anno}: {riga.prima.in_parole})" if sintesi.prima and riga.prima else ""
            yield f"{riga.ora.quesito.testo} {riga.ora.in_parole}{prima}."


def in_dati(sintesi: SintesiDellAnno | None) -> dict[str, Any] | None:
    """For programs: what is not shown, and what does not exist, is null."""
    if sintesi is None:
        return None
    return {
        "enti": sintesi.chieste,
        "inviate": sintesi.inviate,
        "anno_prima": sintesi.prima.anno if sintesi.prima else None,
        "quesiti": [
            {
                "chiave": riga.ora.quesito.chiave,
                "testo": riga.ora.quesito.testo,
                "unita": riga.ora.quesito.unita,
                "risposte": riga.ora.risposte,
                "somma": riga.ora.somma,
                "mediana": riga.ora.mediana,
                "conti": {uno.scelta: uno.quanti for uno in riga.ora.conti},
                "variazione": riga.variazione,
            }
            for riga in sintesi.righe
        ],
    }
