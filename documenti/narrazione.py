"""The parts of a document that people write: what each is for, what it may begin from, where it stands. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .corpo import Capitolo, Corpo, Paragrafo


@dataclass(frozen=True)
class BloccoNarrativo:
    """A chapter of words: its heading, what it is for, and `spunto`, that tells of what was read the facts to begin
    from: facts alone, never an opinion. It stands before the figures, or after them with `in_fondo`."""

    chiave: str
    titolo: str
    scopo: str
    spunto: Callable[[Any], Iterable[str]]
    in_fondo: bool = False


def con_le_parole(corpo: Corpo, blocchi: Iterable[BloccoNarrativo], parole: Mapping[str, str]) -> Corpo:
    """`corpo` with a chapter for each block that somebody wrote (`parole`, by key); an empty line parts paragraphs."""
    prima: list[Capitolo] = []
    dopo: list[Capitolo] = []
    for blocco in blocchi:
        brani = [brano.strip() for brano in parole.get(blocco.chiave, "").replace("\r\n", "\n").split("\n\n")]
        if any(brani):
            capitolo = Capitolo(blocco.titolo, 1, tuple(Paragrafo(brano) for brano in brani if brano))
            (dopo if blocco.in_fondo else prima).append(capitolo)
    return replace(corpo, capitoli=(*prima, *corpo.capitoli, *dopo))
