"""Serial numbers, as those of cards: impossible to guess, hard to mistype. Pure.

Fifteen symbols of chance (75 bits), or as many as are asked, and one of control, in Crockford's alphabet: no I, L, O,
U, so that what is read aloud or copied by hand is never ambiguous. The control symbol is the weighted sum of the others
in the field of 32 elements, each place with a weight of its own: any single wrong symbol, and any two symbols swapped,
give another sum.
"""

import re
import secrets

ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LUNGHEZZA = 16
GRUPPO = 4

_SIMILI = str.maketrans("OIL", "011")
_SEPARATORI = re.compile(r"[\s\-–—_.·]+")


def nuovo(lunghezza: int = LUNGHEZZA) -> str:
    """A serial that nobody can guess, from the system's own source of chance; no longer than 31 symbols."""
    return con_controllo("".join(secrets.choice(ALFABETO) for _ in range(lunghezza - 1)), lunghezza)


def con_controllo(corpo: str, lunghezza: int = LUNGHEZZA) -> str:
    """`corpo`, symbols of the alphabet, and its control symbol, the last of `lunghezza`."""
    if len(corpo) != lunghezza - 1:
        raise ValueError(f"Servono {lunghezza - 1} simboli")
    return corpo + ALFABETO[_somma(corpo + ALFABETO[0])]


def leggi(testo: str, lunghezza: int = LUNGHEZZA) -> str | None:
    """The serial that a person wrote, or None. Spaces, dashes and case do not matter; O is 0, I and L are 1."""
    seriale = _SEPARATORI.sub("", testo).upper().translate(_SIMILI)
    if len(seriale) != lunghezza or not set(seriale) <= set(ALFABETO) or _somma(seriale):
        return None
    return seriale


def a_gruppi(seriale: str) -> str:
    """A serial as it is printed: "7K3M-…", by fours."""
    return "-".join(seriale[inizio : inizio + GRUPPO] for inizio in range(0, len(seriale), GRUPPO))


def _per_due(valore: int) -> int:
    """Twice an element of the field: x⁵ is x² + 1."""
    valore <<= 1
    return valore ^ 0b100101 if valore & 0b100000 else valore


def _somma(seriale: str) -> int:
    """The sum of the symbols, each doubled as many times as its distance from the last; 0 for a good serial."""
    totale = 0
    for simbolo in seriale:
        totale = _per_due(totale) ^ ALFABETO.index(simbolo)
    return totale
