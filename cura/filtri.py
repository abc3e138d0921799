"""What a visitor asks of a list of entries, and the facets that answer. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from base.formati.caratteri import da_cercare

VISTA, MAPPA = "vista", "mappa"
"""The parameter that asks how to see what is found, and its one value: without it there is the list alone."""

PAROLE_MASSIMO = 100


@dataclass(frozen=True)
class Ricerca:
    """What is looked for: words, and at most one value for each facet. `scartate`: facets asked with a value that
    does not exist, which filter nothing. `mappa`: to be seen on the map too. `faccette`: the names of all, in order."""

    testo: str = ""
    scelte: Mapping[str, str] = field(default_factory=dict)
    scartate: tuple[str, ...] = ()
    mappa: bool = False
    faccette: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.testo or self.scelte)

    def senza(self, nome: str) -> "Ricerca":
        """The same without facet `nome`, or without words (`q`)."""
        if nome == "q":
            return replace(self, testo="")
        return replace(self, scelte={chiave: valore for chiave, valore in self.scelte.items() if chiave != nome})

    def senza_i_detti(self, chip: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """The chips of what was read among the words (label, name, words without it), each with its query string."""
        return [(etichetta, nome, replace(self, testo=testo).query()) for etichetta, nome, testo in chip]

    def query(self) -> str:
        """As a query string, always in the same order."""
        coppie = [("q", self.testo)] if self.testo else []
        coppie += [(nome, self.scelte[nome]) for nome in self.faccette if nome in self.scelte]
        return "?" + urlencode(coppie + ([(VISTA, MAPPA)] if self.mappa else []))


def leggi(dati: Mapping[str, str], ammessi: Mapping[str, Iterable[str]]) -> Ricerca:
    """What the GET parameters ask for. Total: whatever is not in `ammessi` (values of every facet) is left out."""
    testo = da_cercare(str(dati.get("q") or ""), PAROLE_MASSIMO)
    chieste = {nome: str(dati[nome]) for nome in ammessi if dati.get(nome)}
    scelte = {nome: valore for nome, valore in chieste.items() if valore in set(ammessi[nome])}
    scartate = tuple(nome for nome in chieste if nome not in scelte)
    return Ricerca(testo, scelte, scartate, dati.get(VISTA) == MAPPA, tuple(ammessi))


@dataclass(frozen=True)
class Opzione:
    """A value of a facet as it is offered. `padre` is the name of the value that it belongs to."""

    valore: str
    nome: str
    quanti: int = 0
    scelta: bool = False
    padre: str = ""
    secondo_livello: bool = False


@dataclass(frozen=True)
class Faccetta:
    """A filter of the list. `scartata`: it was asked with a value that does not exist."""

    nome: str
    etichetta: str
    opzioni: list[Opzione]
    scartata: bool = False

    @property
    def scelta(self) -> Opzione | None:
        return next((opzione for opzione in self.opzioni if opzione.scelta), None)

    @property
    def in_gruppi(self) -> bool:
        """Whether its values have two levels."""
        return any(opzione.padre for opzione in self.opzioni)


def faccette(
    etichette: Mapping[str, str],
    opzioni: Mapping[str, list[Opzione]],
    conteggi: Mapping[tuple[str, str], int],
    ricerca: Ricerca,
) -> list[Faccetta]:
    """Each facet with the values that would find something, and the chosen one even if it would not."""
    trovate = []
    for nome, etichetta in etichette.items():
        scelta = ricerca.scelte.get(nome)
        sue = [
            replace(o, quanti=quanti, scelta=o.valore == scelta)
            for o in opzioni[nome]
            if (quanti := conteggi.get((nome, o.valore), 0)) or o.valore == scelta
        ]
        trovate.append(Faccetta(nome, etichetta, sue, nome in ricerca.scartate))
    return trovate


def tolte(trovate: list[Faccetta], ricerca: Ricerca) -> list[tuple[str, str, str]]:
    """The chips: what is being looked for, and the query string without it."""
    chip = [("Parole", f"«{ricerca.testo}»", ricerca.senza("q").query())] if ricerca.testo else []
    return chip + [(f.etichetta, f.scelta.nome, ricerca.senza(f.nome).query()) for f in trovate if f.scelta]
