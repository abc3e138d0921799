"""Italian words as the search sees them: without accents, elisions and endings; a wrong letter is forgiven.

Those of other alphabets pass as they are written.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

import snowballstemmer

LUNGHEZZA_MASSIMA = 40
"""Longer words are cut."""
MINIMA_PER_ERRORE = 4
"""Shorter words must be written right: of three letters, one is too much to guess."""

INIZIO_MINIMO, FINE_MASSIMA = 4, 4
"""Of a language whose endings we do not know: how many letters must be the same, how many may not, at most."""
ARTICOLO_ARABO = "\u0627\u0644"

_STEMMER = snowballstemmer.stemmer("italian")
_PAROLA = re.compile(r"[^\W_]+")
_LATINA = re.compile(r"[a-z0-9]+")
_SENZA_SENSO = """
    a ad al allo alla ai agli alle all con col coi da dal dallo dalla dai dagli dalle dall di del dello della dei
    degli delle dell e ed in nel nello nella nei negli nelle nell su sul sullo sulla sui sugli sulle sull per tra
    fra il lo la i gli le l un uno una o od che chi cui non come dove quando se si ci vi ne ma mi ti c d s m t v n
    qual quale quali questo questa questi queste quel quello quella quelli quelle quell sono essere ha hanno ho
    anche piu
"""
_VUOTE = frozenset(_SENZA_SENSO.split())


def senza_accenti(testo: str) -> str:
    """Lower case, without accents, any apostrophe as a space."""
    scomposto = unicodedata.normalize("NFKD", testo.casefold())
    return "".join(c for c in scomposto if not unicodedata.combining(c))


def e_vuota(parola: str) -> bool:
    """Whether a word, without accents, says nothing by itself: an article, a preposition."""
    return parola in _VUOTE


def parole(testo: str) -> list[str]:
    """The words of `testo` that say something, in order: `dell'infanzia` is `infanzia`."""
    trovate = _PAROLA.findall(senza_accenti(testo))
    return [parola[:LUNGHEZZA_MASSIMA] for parola in trovate if parola not in _VUOTE]


@lru_cache(maxsize=20_000)
def radice(parola: str) -> str:
    """What is left of a word (as `parole` gives it) without its ending: `bambini` and `bambino` are `bambin`."""
    return _STEMMER.stemWord(parola)


def chiave_ordine(testo: str) -> str:
    """A key by which every database sorts texts in the same order, whatever its collation: only a-z and 0-9."""
    return "0".join(_LATINA.findall(senza_accenti(testo)))[:120]


def simili(parola: str, vocabolario: Iterable[str]) -> list[str]:
    """The words of `vocabolario` that differ from `parola` by one letter, in alphabetical order.

    One letter changed, missing, too many, or two neighbours exchanged; none for words shorter than
    `MINIMA_PER_ERRORE`.
    """
    if len(parola) < MINIMA_PER_ERRORE:
        return []
    return sorted(altra for altra in vocabolario if len(altra) >= MINIMA_PER_ERRORE and a_una_lettera(parola, altra))


def a_una_lettera(una: str, altra: str) -> bool:
    """Whether the two words are at a distance of exactly one letter (Damerau)."""
    if una == altra or abs(len(una) - len(altra)) > 1:
        return False
    testa = 0
    for prima, seconda in zip(una, altra, strict=False):
        if prima != seconda:
            break
        testa += 1
    a, b = una[testa:], altra[testa:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and len(b) > 1 and a[2:] == b[2:])


def stesso_inizio(una: str, altra: str) -> bool:
    """Whether the two words differ by their endings alone, as those of a language whose endings we do not know."""
    una, altra = una.removeprefix(ARTICOLO_ARABO), altra.removeprefix(ARTICOLO_ARABO)
    uguali = sum(1 for _ in takewhile(lambda coppia: coppia[0] == coppia[1], zip(una, altra, strict=False)))
    return uguali >= INIZIO_MINIMO and max(len(una), len(altra)) - uguali <= FINE_MASSIMA
