"""Finding entries by words, the same on every database: our own vocabulary, no full-text engine."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from base.parole import parole, radice, simili

from .insiemi import da_byte, filtra, posizioni_di
from .models import InsiemeParola, Parola

PAROLE_CERCATE = 8
"""Words beyond these are not looked for."""

PAROLE_ANNOTATE, PAROLA_ANNOTATA, ANNOTATA_MASSIMO = 4, 22, 60
"""Of a search in vain: how many words, and how many letters in a word and in all."""

ESATTA, RADICE, SIMILE, SINONIMO = 10, 8, 5, 4
"""What a weight is multiplied by: the word itself, its stem, a word at one letter, a synonym."""


@dataclass(frozen=True)
class Trovate:
    """Sets of positions. `tutte`: entries with every word; `alcune`: with at least one; `livelli`: those with each sum
    of points. `corrette`: for a word that no entry has, those at one letter that were looked for in its place."""

    tutte: int = 0
    alcune: int = 0
    livelli: Mapping[int, int] = field(default_factory=dict)
    corrette: dict[str, list[str]] = field(default_factory=dict)

    def in_ordine(self, insieme: int, per_nome: Sequence[int]) -> list[int]:
        """The positions of `insieme`, best first; in the order of `per_nome` where the points are the same."""
        punti = {p: valore for valore, quali in self.livelli.items() for p in posizioni_di(quali & insieme)}
        return sorted(filtra(per_nome, insieme), key=lambda p: -punti.get(p, 0))


def da_annotare(testo: str) -> str:
    """The words of a search that may be kept to know what is missing; empty when they might tell of a person.

    Figures, addresses, long words and long sentences are not words of a directory.
    """
    cercate = parole(testo)
    sospetta = any(c.isdigit() or c in "@/\\" for c in testo) or any(len(p) > PAROLA_ANNOTATA for p in cercate)
    if sospetta or not 1 <= len(cercate) <= PAROLE_ANNOTATE:
        return ""
    annotate = " ".join(cercate)
    return annotate if 3 <= len(annotate) <= ANNOTATA_MASSIMO else ""


def cerca(ambito: str, testo: str, sinonimi: Mapping[str, str]) -> Trovate | None:
    """Look for the words of `testo` in the entries of `ambito`, in two queries whatever they are. None without words.

    `sinonimi`: for the stem of a word, the words to look for as well.
    """
    cercate = list(dict.fromkeys(parole(testo)))[:PAROLE_CERCATE]
    if not cercate:
        return None
    vocabolario = Vocabolario.leggi(ambito)
    fattori, corrette = {}, {}
    for parola in cercate:
        fattori[parola] = vocabolario.fattori(parola, parole(sinonimi.get(radice(parola), "")))
        if not fattori[parola] and (vicine := vocabolario.vicine(parola)):
            corrette[parola] = vicine
            fattori[parola] = {vocabolario.chiavi[vicina]: SIMILE for vicina in vicine}
    return _somma(fattori, corrette)


@dataclass(frozen=True)
class Vocabolario:
    """Every word of the entries: its primary key, and the words of each stem."""

    chiavi: dict[str, int]
    per_radice: dict[str, list[str]]

    @classmethod
    def leggi(cls, ambito):
        chiavi, per_radice = {}, defaultdict(list)
        for pk, parola, la_radice in Parola.objects.filter(ambito=ambito).values_list("pk", "parola", "radice"):
            chiavi[parola] = pk
            per_radice[la_radice].append(parola)
        return cls(chiavi, per_radice)

    def fattori(self, parola, sinonimi):
        """The factor of each term that stands for `parola` or for one of its `sinonimi`."""
        fattori = {self.chiavi[sua]: SINONIMO for altra in sinonimi for sua in self.per_radice.get(radice(altra), ())}
        for sua in self.per_radice.get(radice(parola), ()):
            fattori[self.chiavi[sua]] = ESATTA if sua == parola else RADICE
        return fattori

    def vicine(self, parola):
        """The words at one letter from `parola`; failing those, the words whose stem is at one letter from its own."""
        radici = simili(radice(parola), self.per_radice)
        return simili(parola, self.chiavi) or [sua for vicina in radici for sua in self.per_radice[vicina]]


def _somma(fattori, corrette):
    """The points of each entry: for every word its heaviest term."""
    righe = InsiemeParola.objects.filter(parola__in={pk for dei in fattori.values() for pk in dei})
    per_termine = defaultdict(list)
    for termine, peso, posizioni in righe.values_list("parola_id", "peso", "posizioni"):
        per_termine[termine].append((peso, da_byte(posizioni)))
    delle_parole = [_livelli(dei, per_termine) for dei in fattori.values()]
    con_ognuna = [_unione(livelli.values()) for livelli in delle_parole]
    alcune = _unione(con_ognuna)
    somme = {0: alcune}
    for livelli, con_la_parola in zip(delle_parole, con_ognuna, strict=True):
        insieme_a: dict[int, int] = defaultdict(int)
        for punti, insieme in somme.items():
            for altri, quali in [(0, alcune & ~con_la_parola), *livelli.items()]:
                insieme_a[punti + altri] |= insieme & quali
        somme = {punti: insieme for punti, insieme in insieme_a.items() if insieme}
    return Trovate(reduce(and_, con_ognuna), alcune, somme, corrette)


def _livelli(fattori, per_termine):
    """For one word: the entries with each number of points, each entry only where it has most."""
    livelli: dict[int, int] = defaultdict(int)
    for termine, fattore in fattori.items():
        for peso, insieme in per_termine[termine]:
            livelli[peso * fattore] |= insieme
    visti = 0
    for punti in sorted(livelli, reverse=True):
        livelli[punti] &= ~visti
        visti |= livelli[punti]
    return livelli


def _unione(insiemi):
    return reduce(or_, insiemi, 0)
