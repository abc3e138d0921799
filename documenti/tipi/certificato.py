"""The certificate page of a closed year: the score as it was kept, its fingerprint, the versions there were of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from base.tempo import giorno_in_parole
from organizzazioni.models import Distretto
from programma.models import Chiusura, ProgrammaPage
from programma.punteggi.in_parole import percento
from programma.selettori.chiusure import quadro_congelato
from programma.selettori.quadri import QuadroPunteggio

from ..corpo import Blocco, Capitolo, Corpo, Paragrafo, Prospetto
from ..models import Definitivo


@dataclass(frozen=True)
class Certificato:
    """The closings of a year, the last first; the score that the last one kept; what was made final of that year."""

    programma: ProgrammaPage
    al: date
    distretto: str
    chiusure: tuple[Chiusura, ...]
    quadro: QuadroPunteggio
    definitivi: tuple[Definitivo, ...]


def certificato(programma: ProgrammaPage, al: date) -> Certificato:
    """What is kept of a year that has a closing; `al` is when it was closed."""
    chiusure = tuple(programma.chiusure.select_related("chiuso_da"))
    distretto = Distretto.objects.first()
    return Certificato(
        programma,
        al,
        distretto.denominazione if distretto else "",
        chiusure,
        quadro_congelato(chiusure[0], programma, al),
        tuple(programma.definitivi.order_by("fatto_il", "pk")),
    )


def in_corpo(detto: Certificato) -> Corpo:
    """For people: who closed it and when, whether it is intact, the score, each version with its fingerprint."""
    capitoli = (
        Capitolo("La chiusura", 1, tuple(_chiusura(detto.chiusure[0]))),
        Capitolo("Il punteggio conservato", 1, (_punteggio(detto.quadro),)),
        Capitolo("Versioni", 1, tuple(_versioni(detto))),
    )
    programma = detto.programma
    periodo = f"Fatti {giorno_in_parole(programma.dal, dopo='dal')} {giorno_in_parole(programma.scadenza, dopo='al')}."
    return Corpo(f"Certificato di chiusura {programma.anno}", detto.distretto, (periodo,), capitoli)


def _chiusura(chiusura: Chiusura) -> Iterator[Blocco]:
    da = f" da {chiusura.chiuso_da}" if chiusura.chiuso_da else ""
    quando = timezone.localtime(chiusura.chiuso_il)
    yield Paragrafo(f"Chiuso il {quando:%d/%m/%Y} alle {quando:%H:%M}{da}, con le regole {chiusura.regole}.")
    yield Paragrafo(f"SHA-256 di ciò che è conservato: {chiusura.sha256}")
    intatta = "Il testo conservato corrisponde all'impronta."
    yield Paragrafo(
        intatta if chiusura.intatta else "ATTENZIONE: il testo conservato NON corrisponde all'impronta.", True
    )


def _punteggio(quadro: QuadroPunteggio) -> Prospetto:
    righe = tuple(
        (
            riga.criterio.codice,
            riga.criterio.indicatore,
            "–" if riga.punteggio.punteggio is None else percento(riga.punteggio.punteggio),
            riga.punteggio.spiegazione,
        )
        for riga in quadro.righe
    )
    return Prospetto("", ("Criterio", "Indicatore", "Punteggio", "Perché"), righe, True, larghezze=(11, 40, 14, 35))


def _versioni(detto: Certificato) -> Iterator[Blocco]:
    righe = tuple(
        (f"{n}", f"{timezone.localtime(una.chiuso_il):%d/%m/%Y %H:%M}", una.regole, una.sha256)
        for n, una in enumerate(reversed(detto.chiusure), start=1)
    )
    yield Prospetto("Chiusure", ("N.", "Quando", "Regole", "SHA-256"), righe, True, larghezze=(8, 22, 14, 56))
    if detto.definitivi:
        definitivi = tuple(
            (str(uno), f"{timezone.localdate(uno.fatto_il):%d/%m/%Y}", uno.pdf_sha256) for uno in detto.definitivi
        )
        yield Prospetto(
            "Documenti definitivi", ("Documento", "Dal", "SHA-256 del PDF"), definitivi, True, larghezze=(34, 14, 52)
        )


def in_dati(detto: Certificato) -> dict[str, Any]:
    """For programs."""
    return {
        "anno": detto.programma.anno,
        "al": detto.al,
        "intatta": detto.chiusure[0].intatta,
        "chiusure": [
            {"titolo": una.chiuso_il.isoformat(), "regole": una.regole, "sha256": una.sha256} for una in detto.chiusure
        ],
        "criteri": [
            {
                "codice": riga.criterio.codice,
                "punteggio": riga.punteggio.punteggio,
                "spiegazione": riga.punteggio.spiegazione,
            }
            for riga in detto.quadro.righe
        ],
        "definitivi": [
            {"titolo": uno.titolo, "numero": uno.numero, "pdf_sha256": uno.pdf_sha256, "docx_sha256": uno.docx_sha256}
            for uno in detto.definitivi
        ],
    }
