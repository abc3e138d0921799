"""The one door by which published content becomes evidence.

Content apps give their pages the `CollegamentoCriterio` mixin and a method `fatti()`, and register the
model; `allinea` does the rest. Signals call it (see `wagtail_hooks`), and so does `manage.py allinea`.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .models.alimentazione import CollegamentoCriterio
from .models.criteri import Criterio

__all__ = ["CollegamentoCriterio", "Fatto", "registra_fonte"]


@dataclass(frozen=True)
class Fatto:
    """What one content proves of one criterion: when, how much, with whom, where it can be seen."""

    criterio: Criterio
    data: date
    quantita: Decimal = Decimal(1)
    organizzazioni: tuple = ()
    link: tuple[str, ...] = ()
    argomento: str = field(default="")


_fonti: list[str] = []


def registra_fonte(modello: str) -> None:
    """Declare that pages of `modello` (a label) carry `CollegamentoCriterio`."""
    if modello not in _fonti:
        _fonti.append(modello)


def fonti() -> list[str]:
    """Labels of the registered page models, in order of registration."""
    return list(_fonti)
