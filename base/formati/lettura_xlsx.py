"""A workbook, read as `lettura_csv` reads a CSV: of its sheets, the first that has the header.

Formulas and errors are refused: only values are read.
"""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from .lettura_csv import PRIME, Colonne, Tabella, in_righe
from .schema import FileNonValido, Problema

APERTO_MASSIMO = 100 * 1024 * 1024
"""Bytes of a workbook once unpacked."""
COLONNE_MASSIMO = 200
FORMULA = "contiene una formula: scrivi il valore"


def leggi_xlsx(contenuto: bytes, colonne: Colonne, massimo: int) -> Tabella:
    """The table in the first sheet that has the header, at most `massimo` records. Raises `FileNonValido`.

    Sheets that are seen come before those that are hidden.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(contenuto)) as archivio:
            if sum(voce.file_size for voce in archivio.infolist()) > APERTO_MASSIMO:
                raise FileNonValido([Problema("", "il foglio è troppo grande")])
        libro = load_workbook(io.BytesIO(contenuto), read_only=True)
        fogli = sorted(libro.worksheets, key=lambda foglio: foglio.sheet_state != "visible")
        foglio = next((f for f in fogli if _ha_l_intestazione(f, colonne)), fogli[0])
        grezze, guasti = _celle(foglio, massimo + PRIME + 1)
    except FileNonValido:
        raise
    except Exception as errore:  # a broken workbook fails in as many ways as the library has
        raise FileNonValido([Problema("", "il file non è un foglio Excel (.xlsx) che si possa leggere")]) from errore
    tabella = in_righe(grezze, colonne, guasti)
    if len(fogli) > 1:
        altri = ", ".join(f"«{f.title}»" for f in libro.worksheets if f is not foglio)
        nascosto = "" if foglio.sheet_state == "visible" else ", che è nascosto"
        tabella.avvisi.insert(0, f"Letto il foglio «{foglio.title}»{nascosto}; non letti: {altri}")
    return tabella


def _ha_l_intestazione(foglio: Any, colonne: Colonne) -> bool:
    trovata = colonne.intestazione(_celle(foglio, PRIME)[0])
    return trovata is not None and trovata.intera


def _celle(foglio: Any, massimo: int) -> tuple[list[list[str]], dict[int, dict[int, str]]]:
    """The texts of the first `massimo` records, all as wide as the widest, and the cells with no value."""
    grezze: list[list[str]] = []
    guasti: dict[int, dict[int, str]] = {}
    for posto, celle in enumerate(foglio.iter_rows(max_row=massimo, max_col=COLONNE_MASSIMO)):
        guasti[posto] = {n: FORMULA for n, cella in enumerate(celle) if cella.data_type == "f"}
        grezze.append([_testo(cella.value) for cella in celle])
    larghezza = max((len(riga) for riga in grezze), default=0)
    return [riga + [""] * (larghezza - len(riga)) for riga in grezze], guasti


def _testo(valore: object) -> str:
    if valore is None:
        return ""
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if (isinstance(valore, datetime) and valore.time() == time(0)) or type(valore) is date:
        return f"{valore:%d/%m/%Y}"
    if isinstance(valore, float):
        return str(int(valore)) if valore.is_integer() else str(valore)
    return str(valore)
