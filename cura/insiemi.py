"""Sets of positions, one for each facet's value.

A set of entries is an integer whose bit `n` is the entry in position `n`: intersections and counts of ten thousand
entries cost microseconds, on any database.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SEZIONE = "sezione"
"""A set that is no facet: the entries of one organisation."""
POCHE = 100
"""Fewer positions than these are looked for one by one, without reading the whole set."""


def insieme(posizioni: Iterable[int]) -> int:
    """The set of these positions (≥ 0)."""
    posizioni = list(posizioni)
    if not posizioni:
        return 0
    cifre = bytearray(max(posizioni) // 8 + 1)
    for posizione in posizioni:
        cifre[posizione >> 3] |= 1 << (posizione & 7)
    return int.from_bytes(cifre, "little")


def in_byte(valore: int) -> bytes:
    """A set as it is kept; `da_byte` reads it back."""
    return valore.to_bytes((valore.bit_length() + 7) // 8, "little")


def da_byte(contenuto: bytes | memoryview) -> int:
    return int.from_bytes(contenuto, "little")


def in_fila(posizioni: Iterable[int]) -> bytes:
    """Positions in an order that matters, as they are kept; `da_fila` reads them back."""
    return array("I", posizioni).tobytes()


def da_fila(contenuto: bytes | memoryview) -> Sequence[int]:
    return array("I", bytes(contenuto))


def posizioni_di(valore: int) -> Iterator[int]:
    """The positions that are in a set, the lowest first."""
    if valore.bit_count() < POCHE:
        while valore:
            ultima = valore & -valore
            yield ultima.bit_length() - 1
            valore ^= ultima
        return
    for inizio, cifre in enumerate(in_byte(valore)):
        posizione = inizio * 8
        while cifre:
            if cifre & 1:
                yield posizione
            cifre >>= 1
            posizione += 1


def filtra(posizioni: Iterable[int], valore: int) -> list[int]:
    """Those of `posizioni` that are in the set, in the order given."""
    cifre = in_byte(valore)
    quante = len(cifre) * 8
    return [p for p in posizioni if p < quante and cifre[p >> 3] >> (p & 7) & 1]


def indice_da(byte: Mapping[tuple[str, str], bytes]) -> "Indice":
    """The sets of a kind of entry, from its rows: those of no facet hold every entry and their order."""
    resto = dict(byte)
    per_nome = da_fila(resto.pop(("", "ordine"), b""))
    letti = {voce: da_byte(posizioni) for voce, posizioni in resto.items()}
    return Indice(letti, letti.pop(("", ""), 0), per_nome)


@dataclass(frozen=True)
class Indice:
    """The entries under each (facet, value); `tutti` holds every entry, `per_nome` their positions in order of name."""

    insiemi: Mapping[tuple[str, str], int]
    tutti: int
    per_nome: Sequence[int] = ()

    def tra(self, faccetta: str, valore: str) -> int:
        return self.insiemi.get((faccetta, valore), 0)

    def trovati(self, scelte: Mapping[str, str], base: int | None = None) -> int:
        """Entries of `base` (all of them when left out) under every chosen value."""
        esito = self.tutti if base is None else base & self.tutti
        for faccetta, valore in scelte.items():
            esito &= self.tra(faccetta, valore)
        return esito

    def conteggi(self, scelte: Mapping[str, str], base: int | None = None) -> dict[tuple[str, str], int]:
        """How many entries each value would give in place of the value chosen now in its own facet."""
        con_tutte = self.trovati(scelte, base)
        altre = {
            nome: self.trovati({n: v for n, v in scelte.items() if n != nome}, base) if nome in scelte else con_tutte
            for nome in {faccetta for faccetta, _ in self.insiemi} - {SEZIONE}
        }
        return {
            (faccetta, valore): (posizioni & altre[faccetta]).bit_count()
            for (faccetta, valore), posizioni in self.insiemi.items()
            if faccetta in altre
        }
