"""Entries of every kind in one order, the best first, kept as sets: ten thousand cost what ten do. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import islice, pairwise
from operator import or_

from .insiemi import posizioni_di

Voce = tuple[str, int]
"""An entry: the key of its kind and its position there."""


@dataclass(frozen=True)
class Spazio:
    """The positions of every kind one after the other, the kinds in alphabetical order: a set of entries of any kind is
    one integer."""

    ambiti: tuple[str, ...] = ()
    inizi: tuple[int, ...] = (0,)
    """Where each kind begins, then where the last one ends."""

    @classmethod
    def di(cls, tra: Mapping[str, int]) -> "Spazio":
        """With room for the sets of `tra`, by kind."""
        ambiti, inizi = tuple(sorted(tra)), [0]
        for ambito in ambiti:
            inizi.append(inizi[-1] + tra[ambito].bit_length())
        return cls(ambiti, tuple(inizi))

    @cached_property
    def _dove(self) -> dict[str, tuple[int, int]]:
        tratti = zip(self.ambiti, pairwise(self.inizi), strict=True)
        return {ambito: (inizio, (1 << fine - inizio) - 1) for ambito, (inizio, fine) in tratti}

    def posto(self, ambito: str, insieme: int) -> int:
        """The set of these positions of a kind; what has no room is left out."""
        inizio, tutto = self._dove.get(ambito, (0, 0))
        return (insieme & tutto) << inizio

    def parte(self, ambito: str, insieme: int) -> int:
        """The positions of a kind in a set."""
        inizio, tutto = self._dove.get(ambito, (0, 0))
        return insieme >> inizio & tutto

    def voce(self, bit: int) -> Voce:
        quale = bisect_right(self.inizi, bit) - 1
        return self.ambiti[quale], bit - self.inizi[quale]

    def bit(self, voce: Voce) -> int:
        return self._dove[voce[0]][0] + voce[1]


@dataclass(frozen=True)
class Graduatoria(Sequence[Voce]):
    """Entries in order. `gruppi`: sets that share no entry, each with its points, the best first; those of one set are
    in order of kind and position."""

    spazio: Spazio = Spazio()
    gruppi: tuple[tuple[float, int], ...] = ()

    @classmethod
    def fatta(cls, spazio: Spazio, gruppi: Iterable[tuple[float, int]]) -> "Graduatoria":
        """With these groups in order; those of the same points are one."""
        per_punti: dict[float, int] = {}
        for punti, insieme in gruppi:
            per_punti[round(punti, 6)] = per_punti.get(round(punti, 6), 0) | insieme
        return cls(spazio, tuple((p, per_punti[p]) for p in sorted(per_punti, reverse=True)))

    @cached_property
    def insieme(self) -> int:
        return reduce(or_, (insieme for _, insieme in self.gruppi), 0)

    def __len__(self) -> int:
        return self.insieme.bit_count()

    def __iter__(self) -> Iterator[Voce]:
        return (self.spazio.voce(bit) for _, insieme in self.gruppi for bit in posizioni_di(insieme))

    def __contains__(self, voce: object) -> bool:
        return (
            isinstance(voce, tuple)
            and voce[0] in self.spazio.ambiti
            and bool(self.insieme >> self.spazio.bit(voce) & 1)
        )

    def __getitem__(self, quali):
        """One entry, or those of a slice without step: the groups before it are not walked through."""
        if isinstance(quali, int):
            return self[quali : quali + 1][0] if 0 <= quali < len(self) else [*self][quali]
        inizio, fine, _ = quali.indices(len(self))
        trovate: list[Voce] = []
        for _, insieme in self.gruppi:
            quante = insieme.bit_count()
            if inizio < quante:
                trovate += map(self.spazio.voce, islice(posizioni_di(insieme), inizio, fine))
            inizio, fine = max(inizio - quante, 0), fine - quante
            if fine <= 0:
                break
        return trovate

    def prime(self, quante: int) -> dict[Voce, float]:
        """The points of so many of the first."""
        tutte = ((bit, punti) for punti, insieme in self.gruppi for bit in posizioni_di(insieme))
        return {self.spazio.voce(bit): punti for bit, punti in islice(tutte, quante)}

    def parte(self, ambito: str) -> int:
        """The positions of a kind that are here."""
        return self.spazio.parte(ambito, self.insieme)

    def solo(self, parti: Mapping[str, int]) -> "Graduatoria":
        """Those in these sets, by kind, in the same order."""
        tra = reduce(or_, (self.spazio.posto(*parte) for parte in parti.items()), 0)
        return replace(self, gruppi=tuple((p, i & tra) for p, i in self.gruppi if i & tra))

    def degli_ambiti(self, *ambiti: str) -> "Graduatoria":
        return self.solo({ambito: self.parte(ambito) for ambito in ambiti})

    def da(self, minimo: float) -> "Graduatoria":
        """Those with at least these points."""
        return replace(self, gruppi=tuple(gruppo for gruppo in self.gruppi if gruppo[0] >= minimo))

    def ambiti(self) -> list[str]:
        """The kinds that are here, in the order of the best of each."""
        trovati: list[str] = []
        resto = self.insieme
        for _, insieme in self.gruppi:
            while nuovi := insieme & resto:
                ambito, _ = self.spazio.voce((nuovi & -nuovi).bit_length() - 1)
                trovati.append(ambito)
                resto ^= self.spazio.posto(ambito, self.spazio.parte(ambito, resto))
        return trovati

    def riviste(self, punti: Mapping[Voce, float], tolte: Iterable[Voce] = ()) -> "Graduatoria":
        """With the entries of `punti` first, in the order of these points, and without `tolte`."""
        chiuse = reduce(or_, (1 << self.spazio.bit(voce) for voce in tolte), 0)
        prime = {1 << self.spazio.bit(voce): valore for voce, valore in punti.items()}
        resto = ~(reduce(or_, prime, 0) | chiuse)
        ordinate = sorted(prime, key=lambda bit: (-round(prime[bit], 6), bit))
        singole = [(prime[bit], bit) for bit in ordinate if not bit & chiuse]
        return replace(self, gruppi=(*singole, *((p, i & resto) for p, i in self.gruppi if i & resto)))
