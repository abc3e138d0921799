"""Tables as CSV and XLSX, safe to open in a spreadsheet.

For people, a text that a spreadsheet would run as a formula stays a text: in CSV an apostrophe goes before it (what
spreadsheets themselves use for it), in XLSX the cell is typed as text. Numbers stay numbers. For programs a telephone
number begins with its `+` and a list with its `-`: only what can be nothing but a formula has the apostrophe.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .caratteri import senza_controlli

Valore = str | int | Decimal | date | bool | None

TIPO_CSV = "text/csv; charset=utf-8"
TIPO_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

INIZIO_DI_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LARGHEZZA_MASSIMA = 60


def csv_per_excel(intestazione: Sequence[str], righe: Iterable[Sequence[Valore]]) -> bytes:
    """CSV that an Italian spreadsheet opens with a double click: UTF-8 with BOM, `;`, decimal comma, dd/mm/yyyy."""
    testo = _csv(intestazione, ([_in_italiano(valore) for valore in riga] for riga in righe), ";")
    return b"\xef\xbb\xbf" + testo.encode("utf-8")


def csv_per_programmi(intestazione: Sequence[str], righe: Iterable[Sequence[Valore]]) -> str:
    """CSV for scripts: `,`, decimal point, ISO dates, nothing where there is no value."""
    return _csv(intestazione, ([_per_programmi(valore) for valore in riga] for riga in righe), ",", "\n")


def xlsx(titolo: str, intestazione: Sequence[str], righe: Iterable[Sequence[Valore]]) -> bytes:
    """A workbook of one sheet: header frozen and filtered, columns as wide as what they hold."""
    elenco = [[_pulito(valore) for valore in riga] for riga in righe]
    libro = Workbook(write_only=True)
    foglio = libro.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", titolo)[:31] or "Foglio")
    foglio.freeze_panes = "A2"
    foglio.auto_filter.ref = f"A1:{get_column_letter(len(intestazione))}{len(elenco) + 1}"
    for indice, nome in enumerate(intestazione):
        lunghezze = [len(nome), *(len(_in_italiano(riga[indice])) for riga in elenco)]
        foglio.column_dimensions[get_column_letter(indice + 1)].width = min(max(lunghezze) + 2, LARGHEZZA_MASSIMA)
    foglio.append([_cella(foglio, nome, Font(bold=True)) for nome in intestazione])
    for riga in elenco:
        foglio.append([_cella(foglio, valore) for valore in riga])
    uscita = io.BytesIO()
    libro.save(uscita)
    return uscita.getvalue()


def senza_formula(testo: str) -> str:
    """`testo` as a spreadsheet must read it: an apostrophe first where it would start a formula."""
    return f"'{testo}" if testo.startswith(INIZIO_DI_FORMULA) else testo


def _csv(intestazione: Sequence[str], righe: Iterable[Sequence[str]], separatore: str, fine: str = "\r\n") -> str:
    uscita = io.StringIO(newline="")
    scrittore = csv.writer(uscita, delimiter=separatore, lineterminator=fine)
    scrittore.writerow(intestazione)
    scrittore.writerows(righe)
    return uscita.getvalue()


def _in_italiano(valore: Valore) -> str:
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, Decimal):
        return _senza_zeri(valore).replace(".", ",")
    if isinstance(valore, date):
        return valore.strftime("%d/%m/%Y %H:%M" if isinstance(valore, datetime) else "%d/%m/%Y")
    return _neutro(valore)


def _per_programmi(valore: Valore) -> str:
    return valore if isinstance(valore, str) and valore.startswith(("+", "-")) else _neutro(valore)


def _neutro(valore: Valore) -> str:
    if valore is None:
        return ""
    if isinstance(valore, Decimal):
        return _senza_zeri(valore)
    if isinstance(valore, date):
        return valore.isoformat()
    return senza_formula(valore) if isinstance(valore, str) else str(valore)


def _senza_zeri(valore: Decimal) -> str:
    return f"{valore:f}".rstrip("0").rstrip(".") if "." in f"{valore:f}" else f"{valore:f}"


def _pulito(valore: Valore) -> Valore:
    """Without the control characters that a workbook cannot hold, and without a time zone."""
    if isinstance(valore, datetime):
        return valore.replace(tzinfo=None)
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    return senza_controlli(valore) if isinstance(valore, str) else valore


def _cella(foglio: Any, valore: Valore, carattere: Font | None = None) -> WriteOnlyCell:
    cella = WriteOnlyCell(foglio, valore)
    if isinstance(valore, str):
        cella.data_type = "s"
        cella.alignment = Alignment(wrap_text=len(valore) > LARGHEZZA_MASSIMA, vertical="top")
    elif isinstance(valore, date):
        cella.number_format = "dd/mm/yyyy hh:mm" if isinstance(valore, datetime) else "dd/mm/yyyy"
    if carattere:
        cella.font = carattere
    return cella
