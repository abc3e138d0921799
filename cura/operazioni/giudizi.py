"""Whether an entry was useful: counted, kept for a year."""

from datetime import date, timedelta
from typing import Any

from ..models import Giudizio

UN_ANNO = timedelta(days=365)


def giudica(pagina: Any, utile: bool, oggi: date) -> Giudizio:
    """Count an answer of `oggi` about `pagina`."""
    return Giudizio.objects.create(pagina_id=pagina.pk, utile=utile, giorno=oggi)


def spiega(chiave: int, perche: str) -> bool:
    """Add to an answer why; False when it is no more, or somebody said why already."""
    return bool(Giudizio.objects.filter(pk=chiave, perche="").update(perche=perche))


def dimentica_giudizi(oggi: date) -> int:
    """Delete the answers older than a year; how many."""
    return Giudizio.objects.filter(giorno__lt=oggi - UN_ANNO).delete()[0]
