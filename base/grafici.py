"""Charts as SVG drawn here: bars that are read in black and white, each with its value written beside. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

LARGO, ETICHETTA, VALORE, RIGA = 640, 262, 92, 26
"""In SVG units: the drawing, the room for names and for values, the height of a row."""
LETTERE = 40
"""How many letters of a name there is room for."""


@dataclass(frozen=True)
class Barra:
    """A row of a chart: its name, how long it is, and how its value is written; None has no bar."""

    nome: str
    quanto: Decimal | int | None
    detto: str


def barre(titolo: str, descrizione: str, righe: Sequence[Barra], massimo: Decimal | int | None = None) -> str:
    """The SVG of these bars, with its title and its description.

    `massimo` is the value of a whole bar, or else the highest one; a longer one is cut there.
    """
    intero = massimo or max((riga.quanto or 0 for riga in righe), default=0) or 1
    corsa, alto = LARGO - ETICHETTA - VALORE, RIGA * len(righe) + 4
    disegno = []
    for n, riga in enumerate(righe):
        y, lungo = n * RIGA + 2, corsa * min(Decimal(1), Decimal(riga.quanto or 0) / Decimal(intero))
        disegno.append(f'<text x="{ETICHETTA - 8}" y="{y + 16}" text-anchor="end">{escape(_corto(riga.nome))}</text>')
        disegno.append(
            f'<rect x="{ETICHETTA}" y="{y + 3}" width="{corsa}" height="{RIGA - 8}" fill="none" stroke="#9fb0ad"/>'
        )
        if lungo:
            disegno.append(
                f'<rect x="{ETICHETTA}" y="{y + 3}" width="{lungo:.1f}" height="{RIGA - 8}" fill="#0b3f39"/>'
            )
        disegno.append(f'<text x="{ETICHETTA + corsa + 8}" y="{y + 16}">{escape(riga.detto)}</text>')
    misure = f'viewBox="0 0 {LARGO} {alto}" width="{LARGO}" height="{alto}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {misure} role="img">'
        f"<title>{escape(f'{titolo}. {descrizione}')}</title><desc>{escape(descrizione)}</desc>"
        f'<g font-family="Titillium Web, DejaVu Sans, sans-serif" font-size="12" fill="#1d2a29">'
        f"{''.join(disegno)}</g></svg>"
    )


def _corto(nome: str) -> str:
    return nome if len(nome) <= LETTERE else f"{nome[: LETTERE - 1].rstrip()}…"
