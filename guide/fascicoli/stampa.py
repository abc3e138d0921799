"""From a booklet's content to its PDFs: to be read (PDF/UA-1), in large print, and imposed to be folded."""

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from django.template.loader import render_to_string

from base.stampa import UA, impagina
from base.tempo import MESI, giorno_in_parole

from .contenuto import Contenuto

STILE = Path(__file__).parent / "fascicolo.css"
STILE_GRANDE = Path(__file__).parent / "grande.css"
SEGNAPOSTO = "@@EDIZIONE@@", "@@GIORNO@@", "<!--APPUNTI-->"
"""Where the date goes in the text, and the pages left to write on: put there last, so that a new day alone is no new
booklet."""
FACCIATE = 4
"""A sheet folded in two has so many pages: a booklet has as many times that."""
INGRANDITO = 1.64
"""How many times larger the large print is: 18 points where the booklet has 11. `grande.css` has the page that, so
enlarged, is an A4."""
A4_DISTESO = (841.89, 595.28)
"""Width and height in points of an A4 that lies on its side: two A5 pages."""


@dataclass(frozen=True)
class Bozza:
    """A booklet ready to be printed; `impronta` changes with all that decides how it looks, but for the date."""

    html: str
    impronta: str
    logo: bytes = b""


@dataclass(frozen=True)
class Stampato:
    """`pagine` are those of `pdf`; `grande` is the same in large print, `da_piegare` the same imposed on A4 sheets."""

    pdf: bytes
    pagine: int
    da_piegare: bytes = b""
    grande: bytes = b""


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
    stili = STILE.read_bytes() + STILE_GRANDE.read_bytes()
    impronta = hashlib.sha256(html.encode() + stili + contenuto.logo).hexdigest()
    return Bozza(html, impronta, contenuto.logo)


def stampa(bozza: Bozza, oggi: date, *, anche_grande: bool = False) -> Stampato:
    """Make the PDFs, dated `oggi`: some seconds each forty entries. Raises `StampaNonDisponibile`."""
    edizione, giorno, appunti = SEGNAPOSTO
    html = bozza.html.replace(edizione, f"{MESI[oggi.month - 1]} {oggi.year}")
    html = html.replace(giorno, giorno_in_parole(oggi, dopo="al"))
    stile = STILE.read_text()
    documento = impagina(html.replace(appunti, ""), stile, bozza.logo, **UA)
    if mancano := -len(documento.pages) % FACCIATE:
        bianche = render_to_string("guide/fascicolo/appunti.html", {"pagine": range(mancano)})
        documento = impagina(html.replace(appunti, bianche), stile, bozza.logo, **UA)
    pdf = documento.write_pdf(**UA)
    grande = b""
    if anche_grande:
        ingrandito = impagina(html.replace(appunti, ""), stile + STILE_GRANDE.read_text(), bozza.logo, **UA)
        grande = ingrandito.write_pdf(zoom=INGRANDITO, **UA)
    return Stampato(pdf, len(documento.pages), imposto(pdf), grande)


def imposto(pdf: bytes) -> bytes:
    """The A5 pages of `pdf` two by two on A4 sheets, in the order in which, printed on both sides along the short edge
    and folded together in the middle, they follow one another. The last sheet is filled with white pages."""
    letto = pypdfium2.PdfDocument(pdf)
    in_ordine = pypdfium2.PdfDocument.new()
    for numero in ordine_di_piega(len(letto)):
        if numero < len(letto):
            in_ordine.import_pages(letto, [numero])
        else:
            in_ordine.new_page(A4_DISTESO[0] / 2, A4_DISTESO[1])
    disteso = pypdfium2.PdfDocument(pdfium.FPDF_ImportNPagesToOne(in_ordine, *A4_DISTESO, 2, 1))
    uscita = io.BytesIO()
    disteso.save(uscita)
    return uscita.getvalue()


def ordine_di_piega(pagine: int) -> list[int]:
    """The pages of a booklet, counted from 0, as they lie on its sheets: left and right of the front, then of the back,
    from the outer sheet in. Those from `pagine` on are white."""
    tutte = pagine + -pagine % FACCIATE
    ordine = []
    for fuori in range(0, tutte // 2, 2):
        ordine += [tutte - 1 - fuori, fuori, fuori + 1, tutte - 2 - fuori]
    return ordine
