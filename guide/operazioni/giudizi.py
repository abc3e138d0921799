"""Whether a sheet was useful: counted, kept for a year."""

from datetime import date, timedelta

from django.db import transaction

from ..models import Giudizio, ServizioPage

UN_ANNO = timedelta(days=365)


@transaction.atomic
def giudica(servizio: ServizioPage, utile: bool, oggi: date) -> Giudizio:
    """Count an answer of `oggi`; what is older than a year goes away."""
    Giudizio.objects.filter(giorno__lt=oggi - UN_ANNO).delete()
    return Giudizio.objects.create(servizio=servizio, utile=utile, giorno=oggi)


def spiega(chiave: int, perche: str) -> bool:
    """Add to an answer why; False when it is no more, or somebody said why already."""
    return bool(Giudizio.objects.filter(pk=chiave, perche="").update(perche=perche))
