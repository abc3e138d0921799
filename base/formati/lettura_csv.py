"""CSV as people really save it: with or without BOM, with `;` or `,`, with line breaks inside a cell."""

import csv
import difflib
import io
from collections.abc import Iterable
from dataclasses import dataclass

from .caratteri import pulito
from .schema import FileNonValido, Problema, mostra

SEPARATORI = (";", ",")
CONTROLLI = {chr(codice) for codice in range(32)} - set("\t\n\r")


@dataclass(frozen=True)
class Riga:
    """One record: its number (the header is 1, blank records count) and its values by column, stripped.

    `scritte` are the columns that the file has: the others have an empty value.
    """

    numero: int
    valori: dict[str, str]
    scritte: tuple[str, ...] = ()


def leggi_csv(
    contenuto: bytes, colonne: Iterable[str], obbligatorie: Iterable[str]
) -> tuple[list[Riga], list[Problema]]:
    """The records of a UTF-8 CSV with a header, and what is wrong with the others, by record.

    A column left out reads as empty. Raises `FileNonValido` when the file as a whole cannot be read: empty, not
    UTF-8, without its header, with unknown columns.
    """
    return in_righe(_record(_testo(contenuto)), list(colonne), list(obbligatorie))


def in_righe(grezze: list[list[str]], colonne: list[str], obbligatorie: list[str]) -> tuple[list[Riga], list[Problema]]:
    """The records `grezze`, the header first, as `leggi_csv` gives them."""
    if not grezze or not any(cella.strip() for cella in grezze[0]):
        raise FileNonValido([Problema("", "il file è vuoto: serve almeno la riga con i nomi delle colonne")])
    nomi = _senza_coda([pulito(cella, una_riga=True).lower() for cella in grezze[0]], 0)
    _controlla_intestazione(nomi, colonne, obbligatorie)
    righe, problemi = [], []
    for numero, celle in enumerate(grezze[1:], start=2):
        controlli = any(CONTROLLI & set(cella) for cella in celle)
        celle = _senza_coda([pulito(cella) for cella in celle], len(nomi))
        if not any(celle) and not controlli:
            continue
        if len(celle) != len(nomi):
            problemi.append(Problema(f"riga {numero}", f"ha {len(celle)} valori, ma le colonne sono {len(nomi)}"))
        elif controlli:
            problemi.append(Problema(f"riga {numero}", "contiene caratteri di controllo, che non sono testo"))
        else:
            valori = dict.fromkeys(colonne, "") | dict(zip(nomi, celle, strict=True))
            righe.append(Riga(numero, valori, tuple(nomi)))
    return righe, problemi


def _senza_coda(celle: list[str], minimo: int) -> list[str]:
    """Without the empty cells past `minimo` that spreadsheets leave at the end of a record."""
    while len(celle) > minimo and not celle[-1]:
        celle = celle[:-1]
    return celle


def _testo(contenuto: bytes) -> str:
    try:
        return contenuto.decode("utf-8-sig")
    except UnicodeDecodeError as errore:
        linea = contenuto[: errore.start].count(b"\n") + 1
        motivo = f"il file non è in UTF-8 (linea {linea}): salvalo come «CSV UTF-8»"
        raise FileNonValido([Problema("", motivo)]) from errore


def _record(testo: str) -> list[list[str]]:
    lettore = csv.reader(io.StringIO(testo, newline=""), delimiter=_separatore(testo), strict=True)
    lette: list[list[str]] = []
    try:
        lette.extend(lettore)
    except csv.Error as errore:
        raise FileNonValido(
            [Problema(f"riga {len(lette) + 1}", "virgolette aperte e non chiuse, o chiuse a metà di un valore")]
        ) from errore
    return lette


def _separatore(testo: str) -> str:
    """The one that parts the header in more columns; `;` when neither does."""

    def quante(separatore: str) -> int:
        try:
            return len(next(csv.reader(io.StringIO(testo, newline=""), delimiter=separatore), []))
        except csv.Error:
            return 0

    return max(SEPARATORI, key=quante)


def _controlla_intestazione(nomi: list[str], colonne: list[str], obbligatorie: list[str]) -> None:
    if not set(nomi) & set(colonne):
        raise FileNonValido([Problema("", f"manca la riga con i nomi delle colonne: {', '.join(colonne)}")])
    problemi = []
    for posto, nome in enumerate(nomi):
        if nome not in colonne:
            simili = difflib.get_close_matches(nome, colonne, n=1)
            suggerimento = f": forse «{simili[0]}»?" if simili else f" (le colonne sono: {', '.join(colonne)})"
            problemi.append(Problema("", f"colonna sconosciuta {mostra(nome)}{suggerimento}"))
        elif nome in nomi[:posto]:
            problemi.append(Problema("", f"la colonna {mostra(nome)} è scritta due volte"))
    problemi += [Problema("", f"manca la colonna {mostra(nome)}") for nome in obbligatorie if nome not in nomi]
    if problemi:
        raise FileNonValido(problemi)
