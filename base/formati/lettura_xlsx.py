"""The first sheet of a workbook, read as `lettura_csv` reads a CSV. Formulas are refused: only values are read."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from .lettura_csv import Riga, in_righe
from .schema import FileNonValido, Problema

APERTO_MASSIMO = 100 * 1024 * 1024
"""Bytes of a workbook once unpacked."""
COLONNE_MASSIMO = 200


def leggi_xlsx(
    contenuto: bytes, colonne: Iterable[str], obbligatorie: Iterable[str], massimo: int
) -> tuple[list[Riga], list[Problema]]:
    """The records of the first sheet, at most `massimo`, and what is wrong with the others. Raises `FileNonValido`."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenuto)) as archivio:
            if sum(voce.file_size for voce in archivio.infolist()) > APERTO_MASSIMO:
                raise FileNonValido([Problema("", "il foglio è troppo grande")])
        foglio = load_workbook(io.BytesIO(contenuto), read_only=True).worksheets[0]
        grezze, problemi = [], []
        for numero, celle in enumerate(foglio.iter_rows(max_row=massimo + 2, max_col=COLONNE_MASSIMO), start=1):
            formule = [get_column_letter(posto) for posto, c in enumerate(celle, start=1) if c.data_type == "f"]
            if formule:
                problemi.append(
                    Problema(f"riga {numero}", f"contiene una formula (colonna {', '.join(formule)}): scrivi il valore")
                )
            grezze.append([] if formule and numero > 1 else [_testo(cella.value) for cella in celle])
    except FileNonValido:
        raise
    except Exception as errore:  # a broken workbook fails in as many ways as the library has
        raise FileNonValido([Problema("", "il file non è un foglio Excel (.xlsx) che si possa leggere")]) from errore
    larghezza = max((len(riga) for riga in grezze), default=0)
    grezze = [riga + [""] * (larghezza - len(riga)) for riga in grezze]
    righe, altri = in_righe(grezze, list(colonne), list(obbligatorie))
    return righe, problemi + altri


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
