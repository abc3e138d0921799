"""The labels of the rows of an action, as the act writes them: whole, cut, said twice, broken over lines. Pure."""

import difflib
import re
import unicodedata
from dataclasses import dataclass

from ..impianto import PARTI_DELL_ATTO

CAMPI = tuple(parte for parte in PARTI_DELL_ATTO if parte != "area")
"""The rows of an action, in the order of the act."""
NOMI = {
    "generale": "Obiettivo generale",
    "specifico": "Obiettivo specifico",
    "titolo": "Titolo",
    "azioni": "Azioni",
    "referenti": "Organizzazione referente",
    "altre": "Altre organizzazioni coinvolte",
    "tempi": "Tempi",
    "indicatori": "Indicatori di valutazione",
    "percentuali": "Percentuali di valutazione",
    "classificazione": "Classificazione",
}
_VARIANTI = {
    "generale": ("Obiettivo generale", "Obiettivi generali", "Obiettivo/i generale/i"),
    "specifico": ("Obiettivo specifico", "Obiettivi specifici", "Obiettivo/i specifico/i"),
    "titolo": ("Titolo", "Titolo dell'azione"),
    "azioni": ("Azioni", "Azione", "Azione/i"),
    "referenti": ("Organizzazione referente", "Organizzazioni referenti", "Organizzazione/i referente/i"),
    "altre": ("Altre organizzazioni coinvolte", "Altra organizzazione coinvolta", "Altre organizzazioni"),
    "tempi": ("Tempi", "Tempo"),
    "indicatori": (
        "Indicatore/i di valutazione",
        "Indicatori di valutazione",
        "Indicatore di valutazione",
        "Indicatori",
        "Indicatore/i",
    ),
    "percentuali": (
        "AZIONE V.A.M.T. Percentuale/i di valutazione",
        "AZIONE V.A.M.T. Percentuali di valutazione",
        "AZIONE V.A.M.T. Percentuale di valutazione",
        "AZIONI V.A.M.T. Percentuale/i di valutazione",
        "AZIONE V.A.M.T.",
        "AZIONI V.A.M.T.",
        "Percentuale/i di valutazione",
        "Percentuali di valutazione",
        "Percentuale di valutazione",
    ),
    "classificazione": ("Classificazione", "Classificazioni", "Classificazione/i"),
}


def lettere(testo: str) -> str:
    """Only the letters of `testo`, without accents or case: what is left of a label however it is broken."""
    scomposto = unicodedata.normalize("NFKD", testo.casefold())
    return "".join(c for c in scomposto if c.isalpha())


CHIAVI = {lettere(variante): campo for campo, varianti in _VARIANTI.items() for variante in varianti}
"""The letters of every label, and the field that it is of."""
_DALLA_PIU_LUNGA = sorted(CHIAVI, key=len, reverse=True)
SOMIGLIANZA = 0.86
"""How like a label letters must be, from 0 to 1, where one of them was read badly."""


@dataclass(frozen=True)
class EtichettaLetta:
    """A label, or the beginning of one (`campo` is then None), its letters, and the words after it."""

    campo: str | None
    chiave: str
    resto: str


def comincia(chiave: str) -> bool:
    """Whether some label begins with these letters and goes on."""
    return bool(chiave) and any(intera.startswith(chiave) and intera != chiave for intera in CHIAVI)


def campo_di(chiave: str) -> str | None:
    """The field of these letters: those of a label, or nearly."""
    if chiave in CHIAVI:
        return CHIAVI[chiave]
    if len(chiave) < 6:
        return None
    vicine = difflib.get_close_matches(chiave, CHIAVI, n=1, cutoff=SOMIGLIANZA)
    return CHIAVI[vicine[0]] if vicine else None


def stacca(testo: str, chiave: str) -> str | None:
    """What follows the letters of `chiave` at the beginning of `testo`; None when it does not begin with them."""
    resto = chiave
    for indice, segno in enumerate(testo):
        if not resto:
            return testo[indice:] if not segno.isalpha() else None
        for lettera in lettere(segno):
            if not resto.startswith(lettera):
                return None
            resto = resto[1:]
        if not lettere(segno) and segno.isdigit():
            return None
    return "" if not resto else None


def in_linea(testo: str) -> EtichettaLetta | None:
    """The label with which a line begins: it ends with a stop or a colon, or is the whole line."""
    if not testo[:1].isupper():
        return None
    for chiave in _DALLA_PIU_LUNGA:
        resto = stacca(testo, chiave)
        if resto is None:
            continue
        if not resto.strip() or resto.lstrip()[:1] in ".:" or chiave.startswith(("azionev", "azioniv")):
            return EtichettaLetta(CHIAVI[chiave], chiave, resto.lstrip(" .:;-–"))
    return None


def senza_ripetizione(testo: str, campo: str) -> str:
    """`testo` without the label of `campo`, or the end of it, that the act says again before the words."""
    for _ in range(3):
        pulito = _senza_una(testo, campo)
        if pulito == testo:
            return testo
        testo = pulito
    return testo


def _senza_una(testo: str, campo: str) -> str:
    letta = in_linea(testo)
    if letta and letta.campo == campo and letta.resto:
        return letta.resto
    for variante in _VARIANTI[campo]:
        intera = f"{variante}."
        for inizio in range(1, len(intera) - 1):
            coda = intera[inizio:]
            if coda[0] == " " or not testo.startswith(coda):
                continue
            dopo = testo[len(coda) :]
            elenco = len(coda) <= 3 and re.search(rf"\b{re.escape(coda[:-1])}{re.escape(coda[:-1])}\.", dopo)
            if dopo[:1] in ("", " ") and not elenco:
                return dopo.strip()
    return testo
