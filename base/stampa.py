"""From HTML to PDF with WeasyPrint and Pango, imported when they are needed: where they are missing the site works.

Nothing is fetched from a network or from the disk: the fonts of the site (`font:name`), its mark (`marchio:`), a logo
given by who prints (`logo:`) and QR codes (`qr:address`) are the only things that a document may ask for.
"""

import io
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders

MARCHIO = settings.BASE_DIR / "static" / "img" / "marchio.svg"
CARATTERI = "fonts/Titillium_Web"
RADICE = "stampa:/"
FOGLIO = Path(__file__).parent / "foglio.css"
UA: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
MANCA = (
    "Per stampare mancano le librerie di WeasyPrint. Su Debian: "
    "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
)


class StampaNonDisponibile(Exception):
    """WeasyPrint or the libraries that it needs are not on this machine; the text says what to install."""


def impagina(html: str, stile: str, logo: bytes = b"", **opzioni):
    """The document that WeasyPrint makes of `html` with the CSS `stile`, to be written with `write_pdf`.

    `logo` is a PNG.

    Raises `StampaNonDisponibile`.
    """
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as errore:
        raise StampaNonDisponibile(MANCA) from errore
    dove = _prendi(URLFetcher, logo)
    caratteri = FontConfiguration()
    css = weasyprint.CSS(string=stile, base_url=RADICE, url_fetcher=dove, font_config=caratteri)
    documento = weasyprint.HTML(string=stampabile(html), base_url=RADICE, url_fetcher=dove)
    return documento.render(stylesheets=[css], font_config=caratteri, **opzioni)


def documento_pdf(html: str, stile: str = "") -> bytes:
    """`html` as PDF/UA-1, on the sheet that all our documents share, with the CSS that is its own after.

    Raises `StampaNonDisponibile`.
    """
    return impagina(html, FOGLIO.read_text() + stile, **UA).write_pdf(**UA)


def stampabile(html: str) -> str:
    """`html` without the signs that no font of a document has, which would come out as empty boxes; its end says which
    were left out."""
    mancanti = sorted({segno for segno in set(html) if not segno.isspace() and ord(segno) not in _segni()})
    if not mancanti:
        return html
    # with a sign goes what only changes its look: skin tones and joiners
    insieme = "[" + "".join(map(re.escape, mancanti)) + "]"
    senza = re.sub(rf"{insieme}(?:[\u200d\ufe00-\ufe0f\u20e3]|{insieme})*", "", html)
    quali = ", ".join(f"U+{ord(segno):04X}" for segno in mancanti if unicodedata.category(segno) not in ("Cf", "Mn"))
    detto = f"<p>Segni che questa stampa non può mostrare, tolti dal testo: {quali}.</p></body>"
    return senza.replace("</body>", detto) if quali else senza


@cache
def _segni() -> frozenset[int]:
    """What the fonts of the documents can draw: the site's, and DejaVu Sans where the system has it."""
    from fontTools.ttLib import TTFont

    del_sito = finders.find(f"{CARATTERI}/titillium-web-v10-latin-ext_latin-regular.ttf")
    file = [del_sito, *Path("/usr/share/fonts").rglob("DejaVuSans.ttf")]
    return frozenset().union(*(TTFont(uno, lazy=True).getBestCmap() for uno in file))


def _prendi(URLFetcher, logo=b""):
    """A fetcher that knows the fonts, the marks and the QR codes, and refuses the rest."""
    from weasyprint.urls import URLFetcherResponse

    class Prendi(URLFetcher):
        def fetch(self, url, headers=None):
            tipo, _, resto = url.partition(":")
            if tipo == "qr":
                return URLFetcherResponse(url, qr(unquote(resto)), {"Content-Type": "image/svg+xml"})
            if tipo == "marchio":
                return URLFetcherResponse(url, MARCHIO.read_bytes(), {"Content-Type": "image/svg+xml"})
            if tipo == "logo" and logo:
                return URLFetcherResponse(url, logo, {"Content-Type": "image/png"})
            if tipo == "font" and re.fullmatch(r"[\w.-]+", resto) and (trovato := finders.find(f"{CARATTERI}/{resto}")):
                return URLFetcherResponse(url, Path(trovato).read_bytes(), {"Content-Type": "font/ttf"})
            raise ValueError(f"«{url}» non si carica in un documento")

    return Prendi()


def qr(indirizzo: str) -> bytes:
    """A QR code in SVG, without margin, as large as its place: it has no size of its own."""
    import segno

    uscita = io.BytesIO()
    codice = segno.make(indirizzo, error="m", micro=False)
    codice.save(uscita, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)
    return uscita.getvalue()
