"""Characters as they come from other programs, made one way once: at the door of every form and of every import.

What looks the same must be the same before anything compares it: composed letters (NFC), no sign that nobody sees, one
space between words. What people see is never changed.
"""

import re
import unicodedata

CONTROLLI = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

TRATTINI = re.compile("[-\u00ad\u02d7\u058a\u1806\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]")
"""Every sign that people write, or a word processor puts, for a dash: also the soft hyphen, and the minus."""

_A_CAPO = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPAZI = re.compile(r"[^\S\n]+")
_INTORNO_ALL_A_CAPO = re.compile(" ?\n ?")
_INVISIBILI = re.compile(
    "["
    "\x01-\x08\x0e-\x1f\x7f-\x9f"  # controls; a null stays, and is refused
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "]"
)
_UNIONI = re.compile("(?:(?<=[\x00-\u036f\u1e00-\u1eff\\s])|^)[\u200c\u200d]+|[\u200c\u200d]+(?=\\s|$)")
"""Joiners that join nothing: they stay in emoji of more parts, and in scripts that write with them."""
_VARIANTI = re.compile("(?<=[A-Za-z\u00c0-\u036f\\s])[\ufe00-\ufe0f]+")
_MARCHE = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e0fff]+")
"""Tags of no flag."""


def senza_controlli(testo: str) -> str:
    """`testo` without control characters: tabs and line breaks stay."""
    return CONTROLLI.sub("", testo)


def pulito(testo: str, *, una_riga: bool = False) -> str:
    """`testo` as it is kept: NFC, without signs that nobody sees, a single plain space between words, none at the ends.

    Line breaks become `\\n`, or a space with `una_riga`. Doing it twice changes nothing.
    """
    if testo.isascii() and testo.isprintable() and "  " not in testo:
        return testo.strip()
    testo = unicodedata.normalize("NFC", _INVISIBILI.sub("", _A_CAPO.sub("\n", testo)))
    for inutili in (_UNIONI, _VARIANTI, _MARCHE):
        testo = inutili.sub("", testo)
    testo = _INTORNO_ALL_A_CAPO.sub("\n", _SPAZI.sub(" ", unicodedata.normalize("NFC", testo))).strip()
    return " ".join(testo.split()) if una_riga else testo


def uguagliabile(testo: str) -> str:
    """What two texts that say the same have alike: also without the difference of capital letters."""
    return pulito(pulito(testo, una_riga=True).casefold())


def da_cercare(testo: str, massimo: int) -> str:
    """What someone asks to look for, on a line, at most so many characters; of what is no text, a space is left."""
    return pulito("".join(c if c.isprintable() else " " for c in pulito(testo[: massimo * 4]))[:massimo])


def con_trattini(testo: str) -> str:
    """`testo` with every dash as `-`."""
    return TRATTINI.sub("-", testo)
