"""Arithmetic of the tree's paths (treebeard's materialized path), in Python and in the database: written here only."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Q
from django.db.models.functions import Left, Length
from wagtail.models import Page

PASSO = Page.steplen
"""How many characters a level of the tree adds to the path."""


def madre(percorso: str) -> str:
    """The path of the page above the one at `percorso`; empty above the root."""
    return percorso[:-PASSO]


def via(percorso: str) -> list[str]:
    """The paths from the root down to `percorso`, itself included."""
    return [percorso[:n] for n in range(PASSO, len(percorso) + 1, PASSO)]


def sotto(percorsi: Iterable[str | OuterRef], campo: str = "path") -> Q:
    """The condition of what stands at one of `percorsi` or anywhere below; nothing where there are none.

    `campo` is where the path is, as `servizio__path`.
    """
    condizione = Q(pk__in=[])
    for percorso in percorsi:
        condizione |= Q(**{f"{campo}__startswith": percorso})
    return condizione


def sta_sotto(percorso: str, *cime: str) -> bool:
    """Whether `percorso` is one of `cime`, or anywhere below: `sotto`, of a path that was read already."""
    return percorso.startswith(cime)


def percorso_della_madre(campo: object = None) -> Left:
    """`madre` as the database reckons it, of the path in `campo`: an expression, or this row's own."""
    campo = F("path") if campo is None else campo
    return Left(campo, Length(campo) - PASSO)
