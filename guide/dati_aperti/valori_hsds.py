"""What the values of HSDS are written as: nothing empty, plain text, numbers, moments."""

import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

Dati = dict[str, Any]


def pieni(dati: Mapping[str, Any]) -> Dati:
    """Without what is empty (0 is not); identifiers and dates as texts."""
    return {
        chiave: str(valore) if isinstance(valore, UUID | date) else valore
        for chiave, valore in dati.items()
        if valore is not None and valore != "" and valore != []
    }


def testo_piano(ricco: str) -> str:
    """Rich text without its tags, a paragraph or an item to a line."""
    righe = re.sub(r"<li[^>]*>", "- ", re.sub(r"</(p|li|ul|ol)>|<br\s*/?>", "\n", ricco))
    testo = html.unescape(re.sub(r"<[^>]+>", "", righe))
    return "\n".join(" ".join(riga.split()) for riga in testo.splitlines() if riga.strip())


def numero(testo: str) -> float | int | None:
    if not testo:
        return None
    numero = float(testo)
    return int(numero) if numero.is_integer() else numero


def anni(mesi: int | None) -> float | int | None:
    """Years; months are a fraction of them, with two decimals."""
    return None if mesi is None else mesi // 12 if mesi % 12 == 0 else round(mesi / 12, 2)


def istante(quando: datetime | None) -> str | None:
    return quando.isoformat(timespec="milliseconds") if quando else None
