"""Words of the act that were read in many pieces: one text, and where each letter of it stands. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .righe_dell_atto import PostoNellAtto

COMPOSTI = ("co", "ri", "ex", "sotto", "vice", "multi", "inter", "auto", "post", "pre", "non", "extra", "socio")
"""First parts of words that keep their hyphen when a line ends there."""
SPEZZATA = re.compile(r"(\w+)- (?=[a-zà-ú])")


@dataclass(frozen=True)
class Brano:
    """Pieces of text in order, each with its place; `testo` joins them, mending the words cut by a line's end."""

    parti: tuple[tuple[str, PostoNellAtto], ...] = ()

    @property
    def testo(self) -> str:
        return unito(parte for parte, _ in self.parti)

    @property
    def posto(self) -> PostoNellAtto | None:
        """Where it begins."""
        return self.parti[0][1] if self.parti else None

    def posto_di(self, inizio: int) -> PostoNellAtto | None:
        """The place of the letter `inizio` of `testo`."""
        for quante in range(len(self.parti), 0, -1):
            if len(unito(parte for parte, _ in self.parti[: quante - 1])) <= inizio:
                return self.parti[quante - 1][1]
        return self.posto

    def a_capo(self) -> list[int]:
        """Where in `testo` each piece after the first begins."""
        return [len(unito(p for p, _ in self.parti[:quante])) + 1 for quante in range(1, len(self.parti))]

    def con(self, testo: str, posto: PostoNellAtto) -> "Brano":
        return Brano((*self.parti, (testo, posto))) if testo else self

    def __bool__(self) -> bool:
        return bool(self.testo)


def unito(parti: Iterable[str]) -> str:
    """The pieces in one line, with single spaces; a word that a line's end cut is whole again."""
    testo = " ".join(" ".join(parte.split()) for parte in parti if parte.strip())
    testo = SPEZZATA.sub(lambda trovata: _ricucita(trovata, testo), testo)
    return re.sub(r"(?<=\w)/ (?=\w)", "/", testo.replace("\u00ad", ""))


def paragrafi(righe: Iterable[str]) -> list[str]:
    """Lines of prose put together again: a new paragraph begins after a stop, at a sign of a list, or with capitals."""
    trovati: list[list[str]] = []
    for riga in righe:
        prima = trovati[-1][-1] if trovati else "."
        comincia = re.match(r"\W{0,3}\d{1,2}[.)]\s|[-–•→·▪➢*]\s", riga) or riga.isupper() or prima.isupper()
        if comincia or prima.rstrip()[-1:] in ".:;":
            trovati.append([riga])
        else:
            trovati[-1].append(riga)
    return [unito(parti) for parti in trovati]


def _ricucita(trovata: re.Match[str], testo: str) -> str:
    prima = trovata[1]
    dopo = re.match(r"\w+", testo[trovata.end() :])
    intera = prima + (dopo[0] if dopo else "")
    return prima if prima.casefold() not in COMPOSTI and e_italiana(intera) else f"{prima}-"


@lru_cache(maxsize=20_000)
def e_italiana(parola: str, lingua: str = "it") -> bool:
    """Whether the dictionary has the word; that of another language when it is named."""
    import simplemma

    return bool(simplemma.is_known(parola.casefold(), lang=lingua))
