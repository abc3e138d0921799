"""Finding entries by words, the same on every database: our own vocabulary, no full-text engine."""

from collections import defaultdict
from dataclasses import dataclass, field

from base.parole import parole, radice, simili

from .models import Termine, VoceTermine

PAROLE_CERCATE = 8
"""Words beyond these are not looked for."""

PAROLE_ANNOTATE, PAROLA_ANNOTATA, ANNOTATA_MASSIMO = 4, 22, 60
"""Of a search in vain: how many words, and how many letters in a word and in all."""

ESATTA, RADICE, SIMILE, SINONIMO = 10, 8, 5, 4
"""What a weight is multiplied by: the word itself, its stem, a word at one letter, a synonym."""


@dataclass(frozen=True)
class Trovate:
    """Points by position. `tutte`: entries with every word; `alcune`: with at least one. `corrette`: for a word that
    no entry has, those at one letter that were looked for in its place. `nomi`: the key by which entries sort."""

    tutte: dict[int, int] = field(default_factory=dict)
    alcune: dict[int, int] = field(default_factory=dict)
    corrette: dict[str, list[str]] = field(default_factory=dict)
    nomi: dict[int, str] = field(default_factory=dict)

    def in_ordine(self, posizioni):
        """These positions, best first; by name where the points are the same."""
        return sorted(posizioni, key=lambda p: (-self.alcune.get(p, 0), self.nomi.get(p, ""), p))


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


def cerca(testo: str, sinonimi: dict[str, str]) -> Trovate | None:
    """Look for the words of `testo`, in two queries whatever they are. None without words.

    `sinonimi`: for the stem of a word, the words to look for as well.
    """
    cercate = list(dict.fromkeys(parole(testo)))[:PAROLE_CERCATE]
    if not cercate:
        return None
    vocabolario = Vocabolario.leggi()
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
    def leggi(cls):
        chiavi, per_radice = {}, defaultdict(list)
        for pk, parola, la_radice in Termine.objects.values_list("pk", "parola", "radice"):
            chiavi[parola] = pk
            per_radice[la_radice].append(parola)
        return cls(chiavi, per_radice)

    def fattori(self, parola, sinonimi):
        """The factor of each term that stands for `parola` or for one of its `sinonimi`."""
        fattori = {
            self.chiavi[sua]: SINONIMO for altra in sinonimi for sua in self.per_radice.get(radice(altra), ())
        }
        for sua in self.per_radice.get(radice(parola), ()):
            fattori[self.chiavi[sua]] = ESATTA if sua == parola else RADICE
        return fattori

    def vicine(self, parola):
        """The words at one letter from `parola`; failing those, the words whose stem is at one letter from its own."""
        radici = simili(radice(parola), self.per_radice)
        return simili(parola, self.chiavi) or [sua for vicina in radici for sua in self.per_radice[vicina]]


def _somma(fattori, corrette):
    """The points of each entry: for every word its heaviest term."""
    righe = VoceTermine.objects.filter(termine__in={pk for dei in fattori.values() for pk in dei})
    per_termine, nomi = defaultdict(list), {}
    for termine, posizione, peso, nome in righe.values_list("termine_id", "voce_id", "peso", "voce__ordine"):
        per_termine[termine].append((posizione, peso))
        nomi[posizione] = nome
    punti = []
    for dei in fattori.values():
        della_parola: dict[int, int] = {}
        for termine, fattore in dei.items():
            for posizione, peso in per_termine[termine]:
                della_parola[posizione] = max(peso * fattore, della_parola.get(posizione, 0))
        punti.append(della_parola)
    alcune: dict[int, int] = defaultdict(int)
    for della_parola in punti:
        for posizione, valore in della_parola.items():
            alcune[posizione] += valore
    comuni = set.intersection(*(set(della_parola) for della_parola in punti))
    return Trovate({p: alcune[p] for p in comuni}, dict(alcune), corrette, nomi)
