"""Codes on paper: slips to be cut and handed out at random, each with its address as a QR code. PDF/UA-1."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from django.template.loader import render_to_string

from base import seriali
from base.stampa import documento_pdf
from organizzazioni.models import Distretto

from ..models import Sondaggio

STILE = Path(__file__).parent / "tagliandi.css"


def tagliandi(sondaggio: Sondaggio, codici: Sequence[str], radice: str) -> bytes:
    """A sheet of slips; `radice` is the address of the site. Raises `base.stampa.StampaNonDisponibile`."""
    indirizzo = f"{radice}{sondaggio.indirizzo}"
    voci = [(seriali.a_gruppi(codice), f"qr:{quote(f'{indirizzo}c/{codice}/', safe='')}") for codice in codici]
    contesto = {
        "sondaggio": sondaggio,
        "voci": voci,
        "indirizzo": indirizzo.partition("://")[2],
        "distretto": Distretto.objects.first(),
    }
    return documento_pdf(render_to_string("ascolto/sondaggi/tagliandi.html", contesto), STILE.read_text())
