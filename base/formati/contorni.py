"""The outlines of a territory as a GeoJSON file states them (RFC 7946, degrees, WGS 84). Pure.

    {"type": "FeatureCollection", "fonte": "Confini: …, CC BY 4.0", "features": [
     {"type": "Feature", "id": "022190", "properties": {"comune": "tenna", "nome": "Tenna"},
      "geometry": {"type": "Polygon", "coordinates": [[[11.25, 46.01], …]]}},
     {"type": "Feature", "properties": {"nome": "Lago di …", "fonte": "…"}, "geometry": {…}}]}

`id` is the code that Istat gives a municipality, `comune` its key in the portal; what has no `comune` is water.
`fonte`, who made the outlines and under which licence, is of the whole file, or of one feature.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from .schema import SLUG, FileNonValido, Problema, mostra

ISTAT = re.compile(r"\d{6}")
PUNTI_MASSIMO = 5000
"""Points of a whole file: more would be drawn on each page, and seen on none."""

Anello = list[tuple[float, float]]


@dataclass(frozen=True)
class ContornoLetto:
    """An outline: of the municipality `comune`, or of water. `poligoni`: each its outer ring, then its holes; points
    are (longitude, latitude)."""

    nome: str
    fonte: str
    poligoni: list[list[Anello]]
    comune: str = ""
    codice: str = ""


def leggi_contorni(contenuto: bytes) -> list[ContornoLetto]:
    """The outlines of the file. Raises `FileNonValido` with everything that is wrong."""
    try:
        dati = json.loads(contenuto)
    except (ValueError, RecursionError) as errore:
        raise FileNonValido([Problema("", f"non è un file JSON ({errore})")]) from errore
    elenco = dati.get("features") if isinstance(dati, dict) else None
    if not isinstance(elenco, list) or dati.get("type") != "FeatureCollection":
        raise FileNonValido([Problema("", "non è una FeatureCollection di GeoJSON")])
    problemi: list[Problema] = []
    letti = [_contorno(voce, f"features[{n}]", dati.get("fonte"), problemi) for n, voce in enumerate(elenco)]
    comuni = [c.comune for c in letti if c and c.comune]
    doppi = sorted({comune for comune in comuni if comuni.count(comune) > 1})
    problemi += [Problema("", f"il comune {mostra(comune)} c'è più di una volta") for comune in doppi]
    punti = sum(len(anello) for c in letti if c for poligono in c.poligoni for anello in poligono)
    if punti > PUNTI_MASSIMO:
        problemi.append(Problema("", f"{punti} punti sono troppi: semplifica i contorni ({PUNTI_MASSIMO} al massimo)"))
    if problemi:
        raise FileNonValido(problemi)
    return [c for c in letti if c]


def _contorno(voce: Any, dove: str, fonte: Any, problemi: list[Problema]) -> ContornoLetto | None:
    """One feature; None, and why in `problemi`, where it is not one."""
    prima = len(problemi)
    proprie = voce.get("properties") if isinstance(voce, dict) else None
    proprie = proprie if isinstance(proprie, dict) else {}
    nome, comune, fonte = proprie.get("nome") or "", proprie.get("comune") or "", proprie.get("fonte") or fonte or ""
    codice = (voce.get("id") if isinstance(voce, dict) else "") or ""
    if not isinstance(nome, str) or not 0 < len(nome) <= 80:
        problemi.append(Problema(f"{dove}.nome", "serve un nome, di 80 caratteri al massimo"))
    if not isinstance(fonte, str) or not 0 < len(fonte) <= 200:
        problemi.append(Problema(f"{dove}.fonte", "chi ha fatto il contorno e con quale licenza, in 200 caratteri"))
    if comune and not (isinstance(comune, str) and SLUG.fullmatch(comune)):
        problemi.append(Problema(f"{dove}.comune", f"chiave non ammessa {mostra(comune)}"))
    if comune and not ISTAT.fullmatch(str(codice)):
        problemi.append(Problema(f"{dove}.id", "serve il codice Istat del comune, di sei cifre"))
    poligoni = _poligoni(voce.get("geometry") if isinstance(voce, dict) else None)
    if poligoni is None:
        problemi.append(
            Problema(f"{dove}.geometry", "serve un Polygon o un MultiPolygon, in gradi (longitudine prima)")
        )
    if len(problemi) > prima:
        return None
    return ContornoLetto(nome, fonte, poligoni or [], comune, str(codice) if comune else "")


def _poligoni(geometria: Any) -> list[list[Anello]] | None:
    if not isinstance(geometria, dict):
        return None
    coordinate = geometria.get("coordinates")
    poligoni: Any = {"Polygon": [coordinate], "MultiPolygon": coordinate}.get(str(geometria.get("type")))
    try:
        letti = [[[_punto(*punto[:2]) for punto in anello] for anello in poligono] for poligono in poligoni or []]
    except (TypeError, ValueError):
        return None
    buoni = letti and all(poligono and all(len(anello) >= 4 for anello in poligono) for poligono in letti)
    return letti if buoni else None


def _punto(longitudine, latitudine):
    lon, lat = float(longitudine), float(latitudine)
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # a number that is not one is not within either
        raise ValueError("out of the world")
    return lon, lat
