"""From a booklet's content to its PDF (PDF/UA-1)."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.template.loader import render_to_string

from base.stampa import UA, impagina
from base.tempo import MESI, giorno_in_parole

from .contenuto import Contenuto

STILE = Path(__file__).parent / "fascicolo.css"
SEGNAPOSTO = "@@EDIZIONE@@", "@@GIORNO@@"
"""Where the date goes in the text: it is put there last, so that a new day alone is no new booklet."""


@dataclass(frozen=True)
class Bozza:
    """A booklet ready to be printed; `impronta` changes with all that decides how it looks, but for the date."""

    html: str
    impronta: str
    logo: bytes = b""


@dataclass(frozen=True)
class Stampato:
    pdf: bytes
    pagine: int


def componi(contenuto: Contenuto) -> Bozza:
    """Lay out the text: cheap, and enough to know whether there is anything new to print."""
    html = render_to_string(
        "guide/fascicolo/fascicolo.html",
        {
            "fascicolo": contenuto,
            "edizione": SEGNAPOSTO[0],
            "giorno": SEGNAPOSTO[1],
        },
    )
    impronta = hashlib.sha256(html.encode() + STILE.read_bytes() + contenuto.logo).hexdigest()
    return Bozza(html, impronta, contenuto.logo)


def stampa(bozza: Bozza, oggi: date) -> Stampato:
    """Make the PDF, dated `oggi`: some seconds each forty entries. Raises `StampaNonDisponibile`."""
    edizione, giorno = SEGNAPOSTO
    html = bozza.html.replace(edizione, f"{MESI[oggi.month - 1]} {oggi.year}")
    html = html.replace(giorno, giorno_in_parole(oggi, dopo="al"))
    documento = impagina(html, STILE.read_text(), bozza.logo, **UA)
    return Stampato(documento.write_pdf(**UA), len(documento.pages))
