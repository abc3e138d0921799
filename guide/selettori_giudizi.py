"""What who read the sheets says of them."""

from django.db.models import Count, F, Q, QuerySet

from .models import Giudizio, ServizioPage

SCHEDE, PERCHE = 100, 100
"""How many sheets, and how many reasons, the manager reads."""


def giudizi_per_scheda() -> QuerySet:
    """The sheets with answers of the last year, those with more «no» before: `si` and `no` are how many."""
    contati = ServizioPage.objects.annotate(
        si=Count("giudizi", Q(giudizi__utile=True)), no=Count("giudizi", Q(giudizi__utile=False))
    )
    return contati.filter(Q(si__gt=0) | Q(no__gt=0)).order_by("-no", F("si").asc(), "title")[:SCHEDE]


def perche_recenti() -> QuerySet:
    """The last reasons, with their sheet."""
    return Giudizio.objects.exclude(perche="").select_related("servizio").order_by("-giorno", "-pk")[:PERCHE]
