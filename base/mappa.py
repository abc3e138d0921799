"""What `static/js/mappa.js` draws: points with a name and a link, over names of places or over tiles."""

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
    """The name of a place, written where no tiles say it."""

    latitudine: float
    longitudine: float
    nome: str


def dati_mappa(punti: Iterable[Punto], etichette: Iterable[Etichetta]) -> dict:
    """For `templates/includes/mappa.html`. Without a tile server nobody else is called."""
    tessere = None
    if settings.MAPPA_TILES_URL:
        tessere = {"url": settings.MAPPA_TILES_URL, "attribuzione": settings.MAPPA_TILES_ATTRIBUZIONE}
    return {
        "punti": [asdict(punto) for punto in punti],
        "etichette": [asdict(e) for e in etichette],
        "tessere": tessere,
    }
