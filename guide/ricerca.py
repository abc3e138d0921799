"""Finding entries by words, the same on every database: our own vocabulary, no full-text engine."""

from collections import defaultdict
from dataclasses import dataclass, field

from .models import Termine, VoceTermine
from .parole import parole, radice, simili

PAROLE_CERCATE = 8
"""Words beyond these are not looked for."""

ESATTA, RADICE, SIMILE, SINONIMO = 10, 8, 5, 4
"""What a weight is multiplied by: the word itself, its stem, a word at one letter, a synonym."""


@dataclass(frozen=True)
class Trovate:
    """Points by position. `tutte`: entries with every word; `alcune`: with at least one. `corrette`: for a word that
    no entry has, those at one letter that were looked for in its place."""

    tutte: dict[int, int] = field(default_factory=dict)
    alcune: dict[int, int] = field(default_factory=dict)
    corrette: dict[str, list[str]] = field(default_factory=dict)


def cerca(testo: str, sinonimi: dict[str, str]) -> Trovate | None:
    """Look for the words of `testo`, in two queries, or three when a word is in no entry. None without words.

    `sinonimi`: for the stem of a word, the words to look for as well.
    """
    cercate = list(dict.fromkeys(parole(testo)))[:PAROLE_CERCATE]
    if not cercate:
        return None
    alternative = {parola: parole(sinonimi.get(radice(parola), "")) for parola in cercate}
    radici = {radice(altra) for parola in cercate for altra in (parola, *alternative[parola])}
    per_radice = defaultdict(list)
    for pk, parola, la_radice in Termine.objects.filter(radice__in=radici).values_list("pk", "parola", "radice"):
        per_radice[la_radice].append((pk, parola))
    fattori = {parola: _fattori(parola, alternative[parola], per_radice) for parola in cercate}
    corrette = _correggi([parola for parola in cercate if not fattori[parola]], fattori)
    return _somma(fattori, corrette)


def _fattori(parola, sinonimi, per_radice):
    """The factor of each term that stands for `parola`."""
    fattori = {pk: SINONIMO for altra in sinonimi for pk, _ in per_radice[radice(altra)]}
    fattori |= {pk: ESATTA if termine == parola else RADICE for pk, termine in per_radice[radice(parola)]}
    return fattori


def _correggi(ignote, fattori):
    """Give each unknown word the terms at one letter from it; returns the words that were."""
    if not ignote:
        return {}
    vocabolario = dict(Termine.objects.filter(voci__isnull=False).distinct().values_list("parola", "pk"))
    corrette = {parola: vicine for parola in ignote if (vicine := simili(parola, vocabolario))}
    for parola, vicine in corrette.items():
        fattori[parola] = {vocabolario[vicina]: SIMILE for vicina in vicine}
    return corrette


def _somma(fattori, corrette):
    righe = VoceTermine.objects.filter(termine__in={pk for dei in fattori.values() for pk in dei})
    per_termine = defaultdict(list)
    for termine, posizione, peso in righe.values_list("termine_id", "voce_id", "peso"):
        per_termine[termine].append((posizione, peso))
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
    return Trovate({p: alcune[p] for p in comuni}, dict(alcune), corrette)
