"""«Pronti per la domanda?» on paper: the manager's duties with state, what is missing and proofs. No money."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from base.tempo import giorno_in_parole
from organizzazioni.models import Distretto
from programma.models import ProgrammaPage
from programma.selettori.domanda import ObbligoMisurato, Prontezza, prontezza

from ..corpo import Blocco, Capitolo, Corpo, Paragrafo, Punti


@dataclass(frozen=True)
class CompitiDelManager:
    """How far a year is with them, and whose document it is."""

    pronta: Prontezza
    distretto: str


def compiti_del_manager(programma: ProgrammaPage, al: date) -> CompitiDelManager:
    """What is read of `programma` at the end of `al`."""
    distretto = Distretto.objects.first()
    return CompitiDelManager(prontezza(programma, al), distretto.denominazione if distretto else "")


def in_corpo(detto: CompitiDelManager) -> Corpo:
    """For people: one chapter a duty."""
    pronta = detto.pronta
    righe = [f"Com'è {giorno_in_parole(pronta.al, dopo='il')}: compiti fatti {pronta.fatti} su {len(pronta.compiti)}."]
    if (domanda := pronta.domanda) and domanda.si_chiede and domanda.chiude:
        dal = f"{giorno_in_parole(domanda.apre, dopo='dal')} " if domanda.apre else ""
        righe.append(f"La domanda si presenta {dal}{giorno_in_parole(domanda.chiude, dopo='al')}.")
    capitoli = tuple(
        Capitolo(f"{compito.riga.criterio.codice} {compito.titolo}", 1, tuple(_compito(compito)))
        for compito in pronta.compiti
    )
    return Corpo(f"Compiti del manager territoriale {pronta.programma.anno}", detto.distretto, tuple(righe), capitoli)


def _compito(compito: ObbligoMisurato) -> Iterator[Blocco]:
    yield Paragrafo(compito.stato, forte=True)
    yield Paragrafo(compito.riga.punteggio.spiegazione)
    if compito.che_cosa_manca:
        yield Punti(tuple(compito.che_cosa_manca))
    if compito.prove:
        yield Paragrafo("Prove", forte=True)
        yield Punti(tuple(f"{giorno_in_parole(prova.data)}: {prova.titolo}" for prova in compito.prove))


def in_dati(detto: CompitiDelManager) -> dict[str, Any]:
    """For programs."""
    pronta = detto.pronta
    return {
        "anno": pronta.programma.anno,
        "al": pronta.al,
        "pronti": pronta.pronti,
        "compiti": [
            {
                "codice": compito.riga.criterio.codice,
                "titolo": compito.titolo,
                "stato": compito.stato,
                "punteggio": compito.riga.punteggio.punteggio,
                "manca": compito.che_cosa_manca,
                "prove": [{"data": prova.data, "titolo": prova.titolo} for prova in compito.prove],
            }
            for compito in pronta.compiti
        ],
    }
