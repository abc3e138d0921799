"""The results of a survey as they are drawn: each question a chart with its table beside, or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass

from base.formati.cifre import in_cifre
from base.grafici import Barra, barre

from .questionario import DomandaPosta
from .selettori import SezioneLetta
from .tavole import Tavola

NON_SI_MOSTRA = "non si mostra"


@dataclass(frozen=True)
class TavolaDisegnata:
    """A table with its rows in words, its bars and its chart; `svg` is empty where there is nothing to draw."""

    tavola: Tavola
    righe: tuple[tuple[str, str, str], ...]
    segni: tuple[Barra, ...]
    svg: str
    in_breve: str


@dataclass(frozen=True)
class DomandaDisegnata:
    domanda: DomandaPosta
    tavole: tuple[TavolaDisegnata, ...]
    testi: tuple[str, ...]


def in_figure(capitoli: Iterable[SezioneLetta]) -> list[tuple[str, list[DomandaDisegnata]]]:
    """Section by section."""
    return [(capitolo.nome, [_disegnata(*una) for una in capitolo.domande]) for capitolo in capitoli]


def _disegnata(domanda: DomandaPosta, tavole: Iterable[Tavola], testi: tuple[str, ...]) -> DomandaDisegnata:
    return DomandaDisegnata(domanda, tuple(map(disegna, tavole)), testi)


def disegna(tavola: Tavola) -> TavolaDisegnata:
    righe = tuple((cella.nome, *_quanti(cella.quanti, tavola.chieste)) for cella in tavola.celle)
    segni = tuple(
        Barra(cella.nome, cella.quanti, NON_SI_MOSTRA if cella.quanti is None else f"{quanti} ({quota})")
        for cella, (_, quanti, quota) in zip(tavola.celle, righe, strict=True)
    )
    detto = "; ".join(f"{uno.nome}: {uno.detto}" for uno in segni)
    svg = barre(tavola.titolo, detto, segni, tavola.chieste) if len(segni) > 1 and any(s.quanto for s in segni) else ""
    return TavolaDisegnata(tavola, righe, segni, svg, in_breve(tavola))


def in_breve(tavola: Tavola) -> str:
    """How many were asked, mean and median, in a line."""
    pezzi = [f"Persone a cui è stata chiesta: {tavola.chieste}"] if tavola.chieste is not None else []
    if tavola.media is not None and tavola.mediana is not None:
        pezzi.append(f"media {in_cifre(tavola.media)}, mediana {in_cifre(tavola.mediana)}")
    return "; ".join(pezzi)


def _quanti(quanti: int | None, chieste: int | None) -> tuple[str, str]:
    if quanti is None or not chieste:
        return NON_SI_MOSTRA, NON_SI_MOSTRA
    return str(quanti), f"{round(100 * quanti / chieste)}%"
