"""The sheet that people sign at the door of a meeting or of an event."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from .stampa import documento_pdf

RIGHE_VUOTE = 5
"""For who comes without being expected."""
STILE = "td.firma { border: 0.3mm solid #9fb0ad; height: 11mm; width: 62mm; }"


def foglio_firme(titolo: str, quando: str, dove: str, attesi: Iterable[tuple[str, str, str]], rete: str) -> bytes:
    """PDF/UA-1 with a line for each of `attesi`, (name, body, role), of whom the last two may be empty; `rete` is the
    District's name, or nothing. Raises `base.stampa.StampaNonDisponibile`."""
    contesto = {"titolo": titolo, "quando": quando, "dove": dove, "attesi": attesi, "rete": rete}
    return documento_pdf(render_to_string("base/stampa_firme.html", contesto | {"vuote": range(RIGHE_VUOTE)}), STILE)
