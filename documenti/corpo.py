"""A document before it has a format: chapters of blocks, that PDF and Word both say the same of. Pure.

What the public does not read is marked where it is made (`solo`, `riserve`), and `pubblico` leaves it out.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

CORTA = 12
"""Rows of a table of figures that stays on one page, if they fit."""
INTERNO, PERCENTUALI = "interno", "percentuali"
"""Of a block or a column: never public; public only where the programme publishes how far it is."""


@dataclass(frozen=True)
class Paragrafo:
    """Some words; `forte` when they are the conclusion that one looks for."""

    genere: ClassVar[str] = "paragrafo"
    testo: str
    forte: bool = False
    solo: str = ""


@dataclass(frozen=True)
class Punti:
    """A bulleted list."""

    genere: ClassVar[str] = "punti"
    voci: tuple[str, ...]
    solo: str = ""


@dataclass(frozen=True)
class Prospetto:
    """A table: every row is as long as `colonne`; `con_nomi` when the first cell of a row is its header.

    `larghezze` are those of the columns, in hundredths of the sheet; without them the text decides. `riserve` are the
    columns, by name, that not everybody reads, each with its mark.
    """

    genere: ClassVar[str] = "prospetto"
    titolo: str
    colonne: tuple[str, ...]
    righe: tuple[tuple[str, ...], ...]
    con_nomi: bool = False
    larghezze: tuple[int, ...] = ()
    solo: str = ""
    riserve: tuple[tuple[str, str], ...] = ()

    @property
    def classe(self) -> str:
        """How it is printed: with the widths that it says, or else, where it is short, on one page."""
        return "fissa" if self.larghezze else "corta" if len(self.righe) <= CORTA else ""


@dataclass(frozen=True)
class Figura:
    """A chart: its SVG, and what it says in words; its numbers stand in the table after it."""

    genere: ClassVar[str] = "figura"
    titolo: str
    descrizione: str
    svg: str
    solo: str = ""


Blocco = Paragrafo | Punti | Prospetto | Figura
GENERI: dict[str, type] = {uno.genere: uno for uno in (Paragrafo, Punti, Prospetto, Figura)}


@dataclass(frozen=True)
class Capitolo:
    """A heading of `livello` 1, 2 or 3 (below the title of the document), and what stands under it."""

    titolo: str
    livello: int
    blocchi: tuple[Blocco, ...] = ()
    solo: str = ""

    @property
    def tag(self) -> str:
        return f"h{self.livello + 1}"


@dataclass(frozen=True)
class Corpo:
    """The whole of a document: `righe` stand under its title, `disteso` when it asks for a sheet that lies down."""

    titolo: str
    distretto: str
    righe: tuple[str, ...]
    capitoli: tuple[Capitolo, ...]
    disteso: bool = False
    solo: str = ""


def pubblico(corpo: Corpo, percentuali: bool) -> Corpo:
    """`corpo` as everybody may read it; with `percentuali` the figures that only some programmes publish stay.

    A chapter of which nothing is left goes, one that is only a heading stays while something stands below it.
    """
    ammessi = {"", PERCENTUALI} if percentuali else {""}
    ridotti = []
    for capitolo in corpo.capitoli if corpo.solo in ammessi else ():
        blocchi = tuple(_ridotto(uno, ammessi) for uno in capitolo.blocchi if uno.solo in ammessi)
        if capitolo.solo in ammessi and (blocchi or not capitolo.blocchi):
            ridotti.append(replace(capitolo, blocchi=blocchi))
    return replace(corpo, capitoli=tuple(_con_qualcosa(ridotti)))


def _con_qualcosa(capitoli: list[Capitolo]) -> Iterable[Capitolo]:
    for posto, capitolo in enumerate(capitoli):
        dopo = capitoli[posto + 1].livello if posto + 1 < len(capitoli) else 0
        if capitolo.blocchi or dopo > capitolo.livello:
            yield capitolo


def _ridotto(blocco: Blocco, ammessi: set[str]) -> Blocco:
    if not isinstance(blocco, Prospetto):
        return blocco
    vietate = {nome for nome, solo in blocco.riserve if solo not in ammessi}
    posti = [n for n, nome in enumerate(blocco.colonne) if nome not in vietate]
    larghe = [blocco.larghezze[n] for n in posti] if blocco.larghezze else []
    return replace(
        blocco,
        colonne=tuple(blocco.colonne[n] for n in posti),
        righe=tuple(tuple(riga[n] for n in posti) for riga in blocco.righe),
        larghezze=tuple(largo * 100 // sum(larghe) for largo in larghe),
        riserve=(),
    )


def in_json(corpo: Corpo) -> dict[str, Any]:
    """`corpo` as it is kept."""
    capitoli = [
        {**asdict(capitolo), "blocchi": [{"genere": uno.genere, **asdict(uno)} for uno in capitolo.blocchi]}
        for capitolo in corpo.capitoli
    ]
    return json.loads(json.dumps({**asdict(corpo), "capitoli": capitoli}))


def da_json(dati: dict[str, Any]) -> Corpo:
    """The same that `in_json` kept."""
    return Corpo(**{**_ferme(dati), "capitoli": tuple(_capitolo(uno) for uno in dati["capitoli"])})


def _capitolo(dati: dict[str, Any]) -> Capitolo:
    blocchi = tuple(
        GENERI[uno["genere"]](**{nome: valore for nome, valore in _ferme(uno).items() if nome != "genere"})
        for uno in dati["blocchi"]
    )
    return Capitolo(**{**_ferme(dati), "blocchi": blocchi})


def _ferme(dati: dict[str, Any]) -> dict[str, Any]:
    """`dati` with tuples where JSON has lists, at whatever depth."""
    return {nome: _ferma(valore) for nome, valore in dati.items()}


def _ferma(valore: Any) -> Any:
    return tuple(map(_ferma, valore)) if isinstance(valore, list) else valore
