"""From what happened to the criteria that it may serve: likely ones by the kind of fact, others by words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from base.parole import parole, radice

QUANTI = 4
"""How many likely criteria are shown: more is a list again."""


@dataclass(frozen=True)
class TipoDiFatto:
    """A kind of fact as people call it; `parole` are those by which a criterion says that it is about it."""

    chiave: str
    nome: str
    esempio: str
    parole: str = ""

    @property
    def radici(self) -> frozenset[str]:
        return frozenset(map(radice, parole(self.parole)))


TIPI_DI_FATTO = (
    TipoDiFatto("incontro", "Un incontro", "un tavolo, una riunione, un gruppo di lavoro", "incontro incontri"),
    TipoDiFatto(
        "comunicazione",
        "Una mail o un post",
        "una comunicazione, un comunicato, un post",
        "mail post comunicazione comunicazioni comunicato diffusione newsletter",
    ),
    TipoDiFatto("convenzione", "Una convenzione", "firmata o rinnovata", "convenzione convenzioni"),
    TipoDiFatto(
        "relazione", "Una relazione", "un documento, una mappa, un piano", "relazione mappa piano elenco fattibilità"
    ),
    TipoDiFatto(
        "formazione", "Una formazione", "un corso, un incontro formativo", "formazione formativi ora ore corso"
    ),
    TipoDiFatto("altro", "Altro", "cerca con parole tue, qui sotto"),
)
DI_CHIUNQUE = ("guida", "convenzione_nuova", "comunicato")
"""Kinds of content by which any body feeds a criterion, whatever actions it leads."""


def tipo_di_fatto(chiave: str) -> TipoDiFatto | None:
    """The kind with this key; None when there is none."""
    return next((tipo for tipo in TIPI_DI_FATTO if tipo.chiave == chiave), None)


def probabili(criteri: Iterable[Any], tipo: TipoDiFatto, propri: set[int], del_manager: bool) -> list[Any]:
    """At most `QUANTI` of `criteri` that a fact of this kind may well serve, the likeliest first.

    What a criterion counts says more than its name; those in `propri` (keys) come first, and the manager's duties
    only for who is one (`del_manager`). Nothing is likely for «altro».
    """
    pesati = []
    for posto, criterio in enumerate(criteri):
        peso = sum(
            quanto * bool(tipo.radici & _radici(testo))
            for quanto, testo in ((4, criterio.unita), (2, criterio.indicatore), (1, criterio.titolo))
        )
        if not peso or (criterio.del_manager and not del_manager and not di_chiunque(criterio)):
            continue
        pesati.append(
            (-(peso + 3 * (criterio.pk in propri or (criterio.del_manager and del_manager))), posto, criterio)
        )
    return [criterio for _, _, criterio in sorted(pesati, key=lambda voce: voce[:2])[:QUANTI]]


def trovati(criteri: Iterable[Any], testo: str) -> list[Any]:
    """Those of `criteri` of which the words say each of `testo`: by its root, or as it begins."""
    cercate = parole(testo)
    return [criterio for criterio in criteri if cercate and all(_dice(criterio, parola) for parola in cercate)]


def di_chiunque(criterio: Any) -> bool:
    """Whether any body may bring it about: it counts bodies, or a content that anyone writes feeds it."""
    return criterio.distinte or criterio.alimentato_da in DI_CHIUNQUE


def _dice(criterio: Any, parola: str) -> bool:
    sue = parole(f"{criterio.codice} {criterio.titolo} {criterio.indicatore} {criterio.area} {criterio.unita}")
    return any(sua.startswith(parola) or radice(sua) == radice(parola) for sua in sue)


def _radici(testo: str) -> set[str]:
    return set(map(radice, parole(testo)))
