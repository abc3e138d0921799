"""From a booklet's content to its PDF (PDF/UA-1), with WeasyPrint and Pango: where they are missing the site works.

Nothing is fetched from a network: the style, the fonts and the QR codes are the only things that may be asked for.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from base.tempo import MESI, giorno_in_parole

from .contenuto import Contenuto

MARCHIO = settings.BASE_DIR / "static" / "img" / "marchio.svg"
STILE = Path(__file__).parent / "fascicolo.css"
CARATTERI = "fonts/Titillium_Web"
SEGNAPOSTO = "@@EDIZIONE@@", "@@GIORNO@@"
"""Where the date goes in the text: it is put there last, so that a new day alone is no new booklet."""
UA = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
RADICE = "fascicolo:/"
MANCA = (
    "Per stampare la guida mancano le librerie di WeasyPrint. Su Debian: "
    "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
)

class StampaNonDisponibile(Exception):
    """WeasyPrint or the libraries that it needs are not on this machine; the text says what to install."""


@dataclass(frozen=True)
class Bozza:
    """A booklet ready to be printed; `impronta` changes with all that decides how it looks, but for the date."""

    html: str
    impronta: str


@dataclass(frozen=True)
class Stampato:
    pdf: bytes
    pagine: int


def componi(contenuto: Contenuto) -> Bozza:
    """Lay out the text: cheap, and enough to know whether there is anything new to print."""
    html = render_to_string("guide/fascicolo/fascicolo.html", {
        "fascicolo": contenuto, "edizione": SEGNAPOSTO[0], "giorno": SEGNAPOSTO[1],
    })
    return Bozza(html, hashlib.sha256(html.encode() + STILE.read_bytes()).hexdigest())


def stampa(bozza: Bozza, oggi: date) -> Stampato:
    """Make the PDF, dated `oggi`: some seconds each forty entries. Raises `StampaNonDisponibile`."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as errore:
        raise StampaNonDisponibile(MANCA) from errore
    edizione, giorno = SEGNAPOSTO
    html = bozza.html.replace(edizione, f"{MESI[oggi.month - 1]} {oggi.year}")
    html = html.replace(giorno, giorno_in_parole(oggi, dopo="al"))
    dove = _prendi(URLFetcher)
    caratteri = FontConfiguration()
    stile = weasyprint.CSS(string=STILE.read_text(), base_url=RADICE, url_fetcher=dove, font_config=caratteri)
    documento = weasyprint.HTML(string=html, base_url=RADICE, url_fetcher=dove).render(
        stylesheets=[stile], font_config=caratteri, **UA
    )
    return Stampato(documento.write_pdf(**UA), len(documento.pages))


def _prendi(URLFetcher):
    """A fetcher that knows the fonts (`font:name`) and the QR codes (`qr:address`), and refuses the rest."""
    from weasyprint.urls import URLFetcherResponse

    class Prendi(URLFetcher):
        def fetch(self, url, headers=None):
            tipo, _, resto = url.partition(":")
            if tipo == "qr":
                return URLFetcherResponse(url, qr(unquote(resto)), {"Content-Type": "image/svg+xml"})
            if tipo == "marchio":
                return URLFetcherResponse(url, MARCHIO.read_bytes(), {"Content-Type": "image/svg+xml"})
            if tipo == "font" and re.fullmatch(r"[\w.-]+", resto) and (trovato := finders.find(f"{CARATTERI}/{resto}")):
                return URLFetcherResponse(url, Path(trovato).read_bytes(), {"Content-Type": "font/ttf"})
            raise ValueError(f"«{url}» non si carica in un fascicolo")

    return Prendi()


def qr(indirizzo: str) -> bytes:
    """A QR code in SVG, without margin."""
    import segno

    uscita = io.BytesIO()
    segno.make(indirizzo, error="m", micro=False).save(uscita, kind="svg", border=0, xmldecl=False, svgns=True)
    return uscita.getvalue()
