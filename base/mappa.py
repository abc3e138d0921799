"""What `static/js/mappa.js` draws over tiles: points with a name and a link."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.conf import settings


@dataclass(frozen=True)
class Punto:
    """Something at a point. `dove` is the name of the place; `circa`: the point is only near; `quanti` it stands
    for."""

    latitudine: float
    longitudine: float
    nome: str
    url: str
    dove: str
    circa: bool = False
    quanti: int = 1


@dataclass(frozen=True)
class Etichetta:
    """A place and its name."""

    latitudine: float
    longitudine: float
    nome: str


def dati_mappa(punti: Iterable[Punto]) -> dict:
    """For `templates/includes/mappa.html`: with the server of the tiles, which the browser calls."""
    tessere = {"url": settings.MAPPA_TILES_URL, "attribuzione": settings.MAPPA_TILES_ATTRIBUZIONE}
    return {"punti": [asdict(punto) for punto in punti], "tessere": tessere}
