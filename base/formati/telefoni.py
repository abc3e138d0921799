"""Telephone numbers as people write them, read one way: to dial, to print, to export.

The plan of numbers is that of `phonenumbers`; a number without a country is Italian. Where two readings exist the
person is asked, with both of them.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from .caratteri import TRATTINI, pulito

PAESE, PREFISSO = "IT", 39

_BREVE = re.compile(r"1\d{2,5}")
"""Numbers that are dialled as they are, from anywhere in the country: 112, 1522, 116117."""
_CORTO = re.compile(r"3\d{8}")
"""A mobile number of the first ones, or a fixed one without its zero."""
_ETICHETTA = re.compile(r"^(?:tel(?:efono)?|cell(?:ulare)?|mobile|n(?:umero)? verde)\b\s*[.:]*\s*", re.IGNORECASE)
_INTERNO = re.compile(
    r"[\s,(]*(?:\b(?:int(?:erno)?|ext(?:ension)?)\b|\bx(?=\s*\d)|#)[\s.:]*(\d{1,6})\)?$", re.IGNORECASE
)
_FRA_PARTI = (r"\s*/\s*", r"\s+-\s+", r"(?<=\d)\s*-\s*(?=[\d+(])")
_FRA_NUMERI = re.compile(r"\s*[;\n|]\s*|\s*,\s*(?!\s*(?:int|ext))|\s+(?:o|oppure|e)\s+", re.IGNORECASE)
_MEGLIO_ALTROVE = "Scrivi qui solo il numero: orari e spiegazioni vanno nella nota o nel testo"


class TelefonoRifiutato(ValueError):
    """What was typed is no number, or more than one; the text is for who typed it."""


@dataclass(frozen=True)
class Numero:
    """One number: as it is printed, as it is exported (E.164, or short), and the extension to ask for."""

    stampato: str
    internazionale: str
    interno: str = ""

    def __str__(self) -> str:
        return f"{self.stampato} int. {self.interno}" if self.interno else self.stampato

    @property
    def collegamento(self) -> str:
        """What dials it (RFC 3966)."""
        return f"tel:{self.internazionale};ext={self.interno}" if self.interno else f"tel:{self.internazionale}"


def leggi(testo: str) -> list[Numero]:
    """The numbers in `testo`; none in an empty one. Raises `TelefonoRifiutato`."""
    pezzi = [pezzo for uno in _FRA_NUMERI.split(pulito(testo)) for pezzo in _divisi(uno.strip(" ,"))]
    return list(dict.fromkeys(_leggi_uno(pezzo) for pezzo in pezzi if pezzo))


def normale(testo: str) -> str:
    """`testo` as it is kept and printed: each number in groups, parted by commas. Raises `TelefonoRifiutato`."""
    return ", ".join(map(str, leggi(testo)))


def da_esportare(testo: str) -> str:
    """The same for programs: each number in E.164. What was written before it was checked stays as it is."""
    return (
        ", ".join(
            f"{numero.internazionale} int. {numero.interno}" if numero.interno else numero.internazionale
            for numero in leggibili(testo)
        )
        or testo
    )


def leggibili(testo: str) -> list[Numero]:
    """The numbers that can be dialled in what was written before it was checked; none if there is any doubt."""
    try:
        return leggi(testo)
    except TelefonoRifiutato:
        return []


def _divisi(pezzo: str) -> list[str]:
    """Where a bar or a dash parts two whole numbers, both; where it parts a prefix, one.

    "0461/234567" is one number; "0461-234567 / 333 1234567" two; "0461-234567/8" nobody knows.
    """
    pezzo = TRATTINI.sub("-", pezzo)
    for fra in _FRA_PARTI:
        parti = re.split(fra, pezzo)
        if len(parti) > 1 and all(_quante_cifre(parte) >= 6 for parte in parti):
            return [uno for parte in parti for uno in _divisi(parte.strip())]
    parti = re.split(r"\s*[/-]\s*", pezzo)
    cifre = list(map(_quante_cifre, parti))
    if any(prima >= 5 and 0 < dopo < 5 for prima, dopo in pairwise(cifre)):
        raise TelefonoRifiutato(f"«{pezzo}»: scrivi ogni numero per intero, con una virgola fra l'uno e l'altro")
    return [" ".join(parti)]


def _quante_cifre(testo: str) -> int:
    return len(re.sub(r"\D", "", testo))


def _leggi_uno(testo: str) -> Numero:
    senza = _ETICHETTA.sub("", testo)
    trovato = _INTERNO.search(senza)
    interno = trovato[1] if trovato else ""
    senza = (senza[: trovato.start()] if trovato else senza).strip()
    if re.search(r"\d[OoIl]|\b[OoIl]\d", senza):
        raise TelefonoRifiutato(f"«{testo}» ha delle lettere al posto di cifre: riscrivilo con zero e uno")
    if re.search(r"[^\W\d_]", senza):
        raise TelefonoRifiutato(f"«{testo}» ha delle parole. {_MEGLIO_ALTROVE}")
    cifre = re.sub(r"\D", "", senza)
    if _BREVE.fullmatch(cifre):
        return Numero(cifre, cifre, interno)
    numero = _valido(senza if not cifre.startswith("00") else f"+{cifre[2:]}")
    scritto_intero = senza.startswith("+") or cifre.startswith("00")
    con_zero = _con_lo_zero(cifre, numero)
    if con_zero is not None and not (scritto_intero and numero is not None):
        altro = f"; se è un cellulare scrivi {_stampa(numero)}" if numero else ""
        raise TelefonoRifiutato(f"«{testo}»: manca lo zero iniziale? Scrivi {_stampa(con_zero)}{altro}")
    if numero is None:
        sono = "forse sono più numeri: separali con una virgola" if len(cifre) > 15 else "controlla le cifre"
        raise TelefonoRifiutato(f"«{testo}» non è un numero di telefono: {sono}")
    return Numero(_stampa(numero), phonenumbers.format_number(numero, PhoneNumberFormat.E164), interno)


def _valido(testo: str) -> PhoneNumber | None:
    try:
        numero = phonenumbers.parse(testo, PAESE)
    except NumberParseException:
        return None
    return numero if phonenumbers.is_valid_number(numero) else None


def _con_lo_zero(cifre: str, numero: PhoneNumber | None) -> PhoneNumber | None:
    """The fixed number that it would be with a zero before, which spreadsheets lose; None when it cannot be."""
    nazionale = re.sub(r"^(?:00)?39(?=\d{8,})", "", cifre)
    straniero = numero is not None and numero.country_code != PREFISSO
    if straniero or len(nazionale) < 8 or (numero is not None and not _CORTO.fullmatch(nazionale)):
        return None
    return _valido(f"0{nazionale}")


def _stampa(numero: PhoneNumber) -> str:
    """In the groups of its country; with its prefix, one that is foreign or that would be asked about again."""
    cifre = phonenumbers.national_significant_number(numero)
    nostro = numero.country_code == PREFISSO and not _CORTO.fullmatch(cifre)
    return phonenumbers.format_number(numero, PhoneNumberFormat.NATIONAL if nostro else PhoneNumberFormat.INTERNATIONAL)
