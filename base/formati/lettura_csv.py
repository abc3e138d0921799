"""Tables as people really save them: `;`, `,` or tabs, one BOM or two, a title over the header, UTF-16 out of Excel."""

import codecs
import csv
import difflib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from .caratteri import con_trattini, pulito
from .schema import FileNonValido, Problema, mostra

SEPARATORI = (";", ",", "\t")
CONTROLLI = {chr(codice) for codice in range(32)} - set("\t\n\r\v\f")
PRIME = 20
"""Records among which the header is looked for."""

_SEP = re.compile(r'"?sep=([;,\t|])"?[;,\t]*\r?\n', re.IGNORECASE)
_ERRORE_DI_CALCOLO = re.compile(
    r"##+|#N/[AD]|#(NAME|NOME)\?|Err:[0-9]+|#(REF|RIF|VALUE|VALORE|DIV/0|NUM|NULL|NULLO|SPILL|ESPANSIONE|CALC|CALCOLO"
    r"|FIELD|CAMPO|BLOCKED|CONNECT|UNKNOWN|BUSY)!",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RigaDelFile:
    """One record: its number (as the spreadsheet counts: the file's first is 1) and its values by column, cleaned.

    `scritte` are the columns that the file has: the others have an empty value.
    """

    numero: int
    valori: dict[str, str]
    scritte: tuple[str, ...] = ()


class Tabella(NamedTuple):
    """The records of a file, what is wrong with the others, and what was left out on purpose, in words."""

    righe: list[RigaDelFile]
    problemi: list[Problema]
    avvisi: list[str]


class Intestazione(NamedTuple):
    """In which record, from 0, the header is; how many known columns it has, and whether all those it must."""

    posto: int
    quante: int
    intera: bool


@dataclass(frozen=True)
class Colonne:
    """What columns a file may have, and which it must. Of the `trattini` every dash is read as `-`, also the soft
    hyphen, which in a text is nothing."""

    nomi: tuple[str, ...]
    obbligatorie: tuple[str, ...]
    trattini: tuple[str, ...] = ()

    def intestazione(self, grezze: Iterable[list[str]]) -> Intestazione | None:
        """Where the header is among the first records: the first that has every column that it must, or the one
        that has most; None when no record has any."""
        migliore = None
        for posto, celle in enumerate(islice(grezze, PRIME)):
            nomi = set(map(nome_di_colonna, celle))
            letta = Intestazione(posto, len(nomi & set(self.nomi)), nomi.issuperset(self.obbligatorie))
            if letta.intera:
                return letta
            if letta.quante and (migliore is None or letta.quante > migliore.quante):
                migliore = letta
        return migliore


def nome_di_colonna(cella: str) -> str:
    """As the file may write it: `In parole semplici *` is `in_parole_semplici`."""
    return pulito(cella, una_riga=True).lower().strip(" *:").replace(" ", "_")


def leggi_csv(contenuto: bytes, colonne: Colonne) -> Tabella:
    """The table in a CSV (UTF-8, or UTF-16 with its BOM). A column left out reads as empty.

    Raises `FileNonValido` when the file as a whole cannot be read: empty, of another encoding, without its header,
    with unknown columns.
    """
    testo = _testo(contenuto)
    if sep := _SEP.match(testo):
        testo = testo[sep.end() :]
    return in_righe(_record(testo, sep[1] if sep else _separatore(testo, colonne)), colonne)


def leggi_chiavi(testo: str) -> list[str]:
    """Keys parted by commas, semicolons, spaces or lines, each once."""
    return list(dict.fromkeys(re.split(r"[,;\s]+", testo.strip(",; \n")))) if testo.strip(",; \n") else []


def leggi_link(testo: str) -> list[str]:
    """Addresses parted by spaces, lines, commas or semicolons; those signs inside an address stay."""
    return list(dict.fromkeys(re.split(r"[,;]*\s+|[,;]+(?=https?://)", testo.rstrip(",; ")))) if testo else []


def in_righe(
    grezze: list[list[str]], colonne: Colonne, guasti: Mapping[int, Mapping[int, str]] | None = None
) -> Tabella:
    """The table in the records `grezze`. `guasti`, by record and place from 0, are cells that cannot be read, and
    why."""
    if not any(cella.strip() for celle in grezze for cella in celle):
        raise FileNonValido([Problema("", "il file è vuoto: serve almeno la riga con i nomi delle colonne")])
    trovata = colonne.intestazione(grezze)
    if trovata is None:
        raise FileNonValido([Problema("", f"manca la riga con i nomi delle colonne: {', '.join(colonne.nomi)}")])
    inizio = trovata.posto
    nomi = _senza_coda([nome_di_colonna(cella) for cella in grezze[inizio]], 0)
    _controlla_intestazione(nomi, colonne)
    tabella = Tabella([], [], _avvisi_sull_inizio(grezze[:inizio]))
    for posto, celle in enumerate(grezze[inizio + 1 :], start=inizio + 1):
        sbagliate = dict((guasti or {}).get(posto, {})) | {
            quale: motivo for quale, cella in enumerate(celle) if (motivo := _motivo(cella))
        }
        pulite = _senza_coda([_cella(cella, nomi[n : n + 1], colonne) for n, cella in enumerate(celle)], len(nomi))
        tabella.problemi.extend(
            Problema(f"riga {posto + 1}", f"la colonna {nomi[quale] if quale < len(nomi) else quale + 1} {motivo}")
            for quale, motivo in sorted(sbagliate.items())
        )
        if sbagliate or not any(pulite):
            continue
        if len(pulite) != len(nomi):
            motivo = f"ha {len(pulite)} valori, ma le colonne sono {len(nomi)}"
            tabella.problemi.append(Problema(f"riga {posto + 1}", motivo))
        else:
            valori = dict.fromkeys(colonne.nomi, "") | dict(zip(nomi, pulite, strict=True))
            tabella.righe.append(RigaDelFile(posto + 1, valori, tuple(nomi)))
    return tabella


def _motivo(cella: str) -> str:
    """Why a cell cannot be read, whatever its column; empty when it can."""
    if CONTROLLI & set(cella):
        return "contiene caratteri di controllo, che non sono testo"
    if _ERRORE_DI_CALCOLO.fullmatch(cella.strip()):
        return f"contiene un errore del foglio di calcolo ({cella.strip()}): scrivi il valore"
    return ""


def _cella(cella: str, nome: list[str], colonne: Colonne) -> str:
    return pulito(con_trattini(cella) if nome and nome[0] in colonne.trattini else cella)


def _avvisi_sull_inizio(saltate: list[list[str]]) -> list[str]:
    titoli = [" ".join(filter(None, (pulito(cella, una_riga=True) for cella in celle))) for celle in saltate]
    return [f"Non letto, prima dei nomi delle colonne: {mostra(titolo)}" for titolo in titoli if titolo]


def _senza_coda(celle: list[str], minimo: int) -> list[str]:
    """Without the empty cells past `minimo` that spreadsheets leave at the end of a record."""
    while len(celle) > minimo and not celle[-1]:
        celle = celle[:-1]
    return celle


def _testo(contenuto: bytes) -> str:
    in_utf16 = contenuto.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return contenuto.decode("utf-16" if in_utf16 else "utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as errore:
        linea = contenuto[: errore.start].count(b"\n") + 1
        motivo = f"il file non è in UTF-8 (linea {linea}): salvalo come «CSV UTF-8»"
        raise FileNonValido([Problema("", motivo)]) from errore


def _record(testo: str, separatore: str) -> list[list[str]]:
    lettore = csv.reader(io.StringIO(testo, newline=""), delimiter=separatore, strict=True)
    lette: list[list[str]] = []
    try:
        lette.extend(lettore)
    except csv.Error as errore:
        raise FileNonValido(
            [Problema(f"riga {len(lette) + 1}", "virgolette aperte e non chiuse, o chiuse a metà di un valore")]
        ) from errore
    return lette


def _separatore(testo: str, colonne: Colonne) -> str:
    """The one by which the header has most of the columns; `;` when none of them finds one."""

    def quante(separatore: str) -> int:
        try:
            prime = list(islice(csv.reader(io.StringIO(testo, newline=""), delimiter=separatore), PRIME))
        except csv.Error:
            return 0
        trovata = colonne.intestazione(prime)
        return trovata.quante if trovata else 0

    return max(SEPARATORI, key=quante)


def _controlla_intestazione(nomi: list[str], colonne: Colonne) -> None:
    problemi = []
    for posto, nome in enumerate(nomi):
        if nome not in colonne.nomi:
            simili = difflib.get_close_matches(nome, colonne.nomi, n=1)
            suggerimento = f": forse «{simili[0]}»?" if simili else f" (le colonne sono: {', '.join(colonne.nomi)})"
            problemi.append(Problema("", f"colonna sconosciuta {mostra(nome)}{suggerimento}"))
        elif nome in nomi[:posto]:
            problemi.append(Problema("", f"la colonna {mostra(nome)} è scritta due volte"))
    mancanti = [nome for nome in colonne.obbligatorie if nome not in nomi]
    problemi += [Problema("", f"manca la colonna {mostra(nome)}") for nome in mancanti]
    if problemi:
        raise FileNonValido(problemi)
