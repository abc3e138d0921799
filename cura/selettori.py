"""The read side of the index: sets, the rows of a list, what was looked for in vain, what readers say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.urls import reverse

from base.parole import radice

from .dichiarazione import Cura
from .models import Giudizio, Parola, RicercaVana, Sinonimo, VoceIndice
from .ovunque import SITO
from .parlato import lessico
from .registro import cura_di_ambito, tutte

VANE_MASSIMO = 100
GIUDICATE, PERCHE = 100, 100
"""How many entries, and how many reasons, are read at once."""


def righe_di(cura: Cura, posizioni: Sequence[int], oggi: date) -> dict[int, Any]:
    """The rows of a list for the entries in these positions, in this order, by position."""
    voci = cura.con_contenuto(cura.voci, *cura.per_la_lista).defer("parole").filter(posizione__in=posizioni)
    per_posizione = {voce.posizione: voce for voce in voci} if posizioni else {}
    return {p: cura.riga(per_posizione[p], oggi) for p in posizioni if p in per_posizione}


def righe(cura: Cura, voci: Iterable[VoceIndice], oggi: date) -> list[Any]:
    """The rows of a list for these entries."""
    return [cura.riga(voce, oggi) for voce in voci]


@dataclass(frozen=True)
class RigaVana:
    """A search that found nothing. `ignote`: its words that neither the entries nor the synonyms know. `cura` is None
    when it was made in the whole site."""

    cura: Cura | None
    parole: str
    volte: int
    ultima: date
    ignote: list[str]

    @property
    def dove(self) -> str:
        return self.cura.nome if self.cura else "Tutto il sito"

    @property
    def url(self) -> str:
        return self.cura.url if self.cura else reverse("cerca")


def ricerche_vane(oggi: date) -> list[RigaVana]:
    """What was looked for in vain in the last twelve months, the most frequent first."""
    dal = oggi.replace(year=oggi.year - 1, day=1)
    trovate = list(
        RicercaVana.objects.filter(mese__gte=dal, ambito__in=[SITO, *(cura.ambito for cura in tutte())])
        .values("ambito", "parole")
        .annotate(quante=Sum("volte"), recente=Max("ultima"))
        .order_by("-quante", "-recente", "parole", "ambito")[:VANE_MASSIMO]
    )
    radici = {parola: radice(parola) for riga in trovate for parola in riga["parole"].split()}
    note = {*Parola.objects.filter(radice__in=radici.values()).values_list("radice", flat=True)}
    note |= {*Sinonimo.objects.filter(radice__in=radici.values()).values_list("radice", flat=True)}
    note |= {parole[0] for parole in lessico().concetti if len(parole) == 1}
    return [
        RigaVana(
            None if r["ambito"] == SITO else cura_di_ambito(r["ambito"]),
            r["parole"],
            r["quante"],
            r["recente"],
            [p for p in r["parole"].split() if radici[p] not in note],
        )
        for r in trovate
    ]


def giudizi_per_pagina(cura: Cura, utente: Any) -> QuerySet:
    """The entries of `utente` with answers, those with more «no» before: `si` and `no` are how many."""
    contate = cura.tenute_da(utente).annotate(
        si=Count("giudizi", Q(giudizi__utile=True)), no=Count("giudizi", Q(giudizi__utile=False))
    )
    return contate.filter(Q(si__gt=0) | Q(no__gt=0)).order_by("-no", F("si").asc(), "title")[:GIUDICATE]


def perche_recenti(cura: Cura, utente: Any) -> QuerySet[Giudizio]:
    """The last reasons about the entries of `utente`, with their page."""
    detti = Giudizio.objects.exclude(perche="").filter(pagina__in=cura.tenute_da(utente).values("pk"))
    return detti.select_related("pagina").order_by("-giorno", "-pk")[:PERCHE]


def da_spiegare(chiave: int) -> bool:
    """Whether the answer with this key is there, and nobody has said why yet."""
    return Giudizio.objects.filter(pk=chiave, perche="").exists()
