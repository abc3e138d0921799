"""What the act writes all in capitals, as a sentence writes it: accents back, names of people and places kept. Pure."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable

from .brani import e_italiana
from .etichette import lettere

ACCENTATE = {"A": "À", "E": "È", "I": "Ì", "O": "Ò", "U": "Ù"}
SIGLE = {
    "srl": "S.r.l.",
    "spa": "S.p.A.",
    "onlus": "ONLUS",
    "sc": "s.c.",
    "scs": "s.c.s.",
    "asif": "ASIF",
    "apsp": "APSP",
    "aps": "APS",
    "asd": "ASD",
    "gas": "GAS",
}
PAROLA = re.compile(r"[^\W\d_]+")
"""A word, that an apostrophe divides from the next."""
FORMA_SOCIETARIA = re.compile(
    r"società (?:cooperativa(?: sociale)?|a responsabilità limitata|per azioni)", re.IGNORECASE
)
FINE_DI_FRASE = re.compile(r"[.:;!?•→–\-\"“«(]\s*$")


def accentato(testo: str) -> str:
    """Capital letters with their accents: `COMUNITA'` is `COMUNITÀ`; `PERCHE'` has the other one."""
    testo = re.sub(r"(?<=CH)E['’`´](?![A-Za-z])", "É", testo)
    return re.sub(r"([AEIOU])['’`´](?![A-Za-zÀ-ú])", lambda trovata: ACCENTATE[trovata[1]], testo)


class Maiuscole:
    """How a document writes words when it does not write in capitals.

    A name (`nomi`) is written as the document writes it, and so is a word that no dictionary has, alone or with the one
    beside it; of other words, only the names of bodies keep the capital that the document always gives them.
    """

    def __init__(self, testi: Iterable[str], nomi: Iterable[str] = ()):
        testi = list(testi)
        self.nomi = list(nomi)
        self.testo = " ".join(testo for testo in testi if not _in_maiuscole(testo))
        minuscole: Counter[str] = Counter()
        maiuscole: Counter[str] = Counter()
        self.coppie: set[tuple[str, str]] = set()
        for testo in testi:
            prima: re.Match[str] | None = None
            for parola in PAROLA.finditer(testo):
                scritta = parola[0]
                if _di_un_indirizzo(testo, parola):
                    continue
                propria = scritta[0].isupper() and scritta[1:].islower()
                if scritta.islower():
                    minuscole[scritta] += 1
                elif propria and _dentro(testo, parola.start()):
                    maiuscole[scritta.casefold()] += 1
                    if prima is not None and testo[prima.end() : parola.start()] == " ":
                        self._coppia(prima[0], scritta)
                prima = parola if propria else None
        self.coppie = {coppia for coppia in self.coppie if " ".join(coppia) not in self.testo}
        self.proprie = {parola for parola in maiuscole if parola not in minuscole}
        self.straniere = {p for p, quante in maiuscole.items() if quante > minuscole[p] and not e_italiana(p)}

    def _coppia(self, una: str, altra: str) -> None:
        """Keep two words with capitals together, when one of them is no Italian word: `Family Guide`."""
        if not (e_italiana(una) and e_italiana(altra)):
            self.coppie.add((una.casefold(), altra.casefold()))

    def frase(self, testo: str) -> str:
        """`testo` as a sentence; unchanged when it was not in capitals."""
        return self._scritta(testo, self.straniere)

    def _scritta(self, testo: str, con_maiuscola: set[str]) -> str:
        if not _in_maiuscole(testo):
            return testo
        testo = accentato(testo).lower()
        parole = [(parola.start(), parola[0]) for parola in PAROLA.finditer(testo)]
        alte = {inizio for inizio, parola in parole if parola in con_maiuscola}
        for (inizio, una), (dopo, altra) in itertools.pairwise(parole):
            if (una, altra) in self.coppie and dopo - inizio - len(una) == 1:
                alte |= {inizio, dopo}
        testo = "".join(c.upper() if indice in alte else c for indice, c in enumerate(testo))
        for nome in sorted(self.nomi, key=len, reverse=True):
            scritto = nome.replace("\\", r"\\")
            testo = re.sub(rf"(?<!\w){re.escape(nome)}(?!\w)", scritto, testo, flags=re.IGNORECASE)
        return testo[:1].upper() + testo[1:]

    def nome(self, testo: str) -> str:
        """The name of a body: as the document writes it elsewhere, with its acronyms and its kind of company."""
        testo = " ".join(testo.split())
        scritti = re.findall(rf"(?<!\w){re.escape(accentato(testo))}(?!\w)", self.testo, re.IGNORECASE)
        if altrimenti := Counter(scritto for scritto in scritti if not _in_maiuscole(scritto)).most_common(1):
            return str(altrimenti[0][0])
        testo = FORMA_SOCIETARIA.sub(lambda forma: forma[0].lower(), self._scritta(testo, self.proprie))
        testo = re.sub(r"^((?:\w\.)+ )(\w)", lambda t: t[1] + t[2].upper(), testo)
        return re.sub(r"(?<!\w)(?:[A-Za-z]\.\s?){2,}(?:\d\.)?", _con_i_punti, testo + " ").strip()


def _in_maiuscole(testo: str) -> bool:
    sue = [c for c in testo if c.isalpha()]
    return bool(sue) and sum(c.isupper() for c in sue) >= 0.8 * len(sue)


def _con_i_punti(trovata: re.Match[str]) -> str:
    chiave = lettere(trovata[0])
    return (SIGLE.get(chiave) or trovata[0].upper().replace(" ", "")) + (" " if trovata[0].endswith(" ") else "")


def _dentro(testo: str, inizio: int) -> bool:
    """Whether a word stands in the middle of a sentence."""
    prima = testo[:inizio].rstrip("'’ ")
    return bool(prima) and not FINE_DI_FRASE.search(testo[:inizio])


def _di_un_indirizzo(testo: str, parola: re.Match[str]) -> bool:
    """Whether a word is a piece of an address of the web or of mail."""
    inizio = max(testo.rfind(" ", 0, parola.start()), testo.rfind("\t", 0, parola.start())) + 1
    intera = testo[inizio:].split(maxsplit=1)[0]
    return bool(re.search(r"@|://|\w\.\w{2,}", intera))
