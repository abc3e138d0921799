"""The cards on paper: sheets of ten, cut along the marks, in the size of a bank card (ISO/IEC 7810 ID-1)."""

from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string

from base.stampa import UA, impagina

STILE = Path(__file__).parent / "fogli.css"
PER_FOGLIO = 10


@dataclass(frozen=True)
class DaStampare:
    """A card and the full address that its QR code opens."""

    card: object
    indirizzo: str


def fogli(card, distretto, indirizzo, sito) -> bytes:
    """A PDF with `card`, ten a page. `indirizzo` gives the address for the QR code of one, `sito` is said in words.

    Raises `base.stampa.StampaNonDisponibile`.
    """
    voci = [DaStampare(una, indirizzo(una)) for una in card]
    html = render_to_string(
        "convenzioni/card/fogli.html",
        {
            "fogli": [voci[inizio : inizio + PER_FOGLIO] for inizio in range(0, len(voci), PER_FOGLIO)],
            "distretto": distretto,
            "sito": sito,
            "lotto": card[0].lotto,
        },
    )
    return impagina(html, STILE.read_text(), **UA).write_pdf(**UA)
