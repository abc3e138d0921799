"""Which criteria a shared project serves, and why in words. Pure.

M5 wants the manager among who designs it, M4 the sheet of an action born during the year, a report (P1.2, P2.1, P3.2)
that its result is written: each kind of project says so as data (`CondizioniDelProgetto`).
"""

from dataclasses import dataclass

from ..riunioni.proposte import EsitoDelCriterio, elenco_in_parole, frase


@dataclass(frozen=True)
class CondizioniDelProgetto:
    """What a project of a kind must have to serve the criterion `codice`; `enti` are names of bodies."""

    codice: str
    manager: bool = False
    con_risultato: bool = False
    con_scheda: bool = False
    enti: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progettato:
    """What is known of a project: with the manager or not, whether it has a result and a sheet, who designs it."""

    manager: bool
    con_risultato: bool
    con_scheda: bool
    enti: frozenset[str]


def valuta_progetto(chiede: CondizioniDelProgetto, c_e: Progettato) -> EsitoDelCriterio:
    """Whether the project serves the criterion, and the reason in words."""
    mancano = []
    if chiede.manager and not c_e.manager:
        mancano.append("il manager non progetta con gli altri")
    if altrove := [ente for ente in chiede.enti if ente not in c_e.enti]:
        mancano.append(f"non c'è {elenco_in_parole(altrove)}")
    if chiede.con_risultato and not c_e.con_risultato:
        mancano.append("il risultato non è ancora scritto")
    if chiede.con_scheda and not c_e.con_scheda:
        mancano.append("non ha la scheda di un'azione fuori programma")
    if mancano:
        return EsitoDelCriterio(chiede.codice, False, frase(mancano))
    ragioni = ["è un progetto di questo tipo"]
    if chiede.manager:
        ragioni.append("il manager progetta con gli altri")
    if c_e.enti:
        ragioni.append(f"con {elenco_in_parole(sorted(c_e.enti))}")
    if chiede.con_risultato:
        ragioni.append("il risultato è scritto")
    if chiede.con_scheda:
        ragioni.append("ha la sua scheda")
    return EsitoDelCriterio(chiede.codice, True, frase(ragioni))
