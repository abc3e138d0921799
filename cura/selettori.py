"""The read side of the index: sets, the rows of a list, what was looked for in vain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Sum

from base.parole import radice

from . import insiemi
from .dichiarazione import Cura
from .insiemi import Indice
from .models import InsiemeFaccetta, Parola, RicercaVana, Sinonimo, VoceIndice
from .registro import cura_di_ambito
from .ricerca import Trovate

VANE_MASSIMO = 100


def leggi_indice(cura: Cura) -> Indice:
    """The sets of the published entries, in one query."""
    righe = InsiemeFaccetta.objects.filter(ambito=cura.ambito).values_list("faccetta", "valore", "posizioni")
    byte = {(faccetta, valore): posizioni for faccetta, valore, posizioni in righe}
    per_nome = insiemi.da_fila(byte.pop(InsiemeFaccetta.ORDINE, b""))
    letti = {voce: insiemi.da_byte(posizioni) for voce, posizioni in byte.items()}
    return Indice(letti, letti.pop(InsiemeFaccetta.TUTTI, 0), per_nome)


def trovabili(cura: Cura, indice: Indice, oggi: date) -> int:
    """The set of the entries that the public finds on `oggi`; in one query where it is not all of them."""
    voci = cura.voci
    quali = cura.in_pubblico(voci, oggi)
    return indice.tutti if quali is voci else insiemi.insieme(quali.values_list("posizione", flat=True))


def e_vana(trovate: Trovate, tra: int) -> bool:
    """Whether a search found nothing among `tra`, as it was written."""
    return not trovate.tutte & tra or bool(trovate.corrette)


def righe_di(cura: Cura, posizioni: Iterable[int], oggi: date) -> list[Any]:
    """The rows of a list for the entries in these positions, in this order."""
    posizioni = list(posizioni)
    voci = cura.con_contenuto(cura.voci, *cura.per_la_lista).defer("parole").filter(posizione__in=posizioni)
    per_posizione = {voce.posizione: voce for voce in voci} if posizioni else {}
    return [cura.riga(per_posizione[p], oggi) for p in posizioni if p in per_posizione]


def righe(cura: Cura, voci: Iterable[VoceIndice], oggi: date) -> list[Any]:
    """The rows of a list for these entries."""
    return [cura.riga(voce, oggi) for voce in voci]


@dataclass(frozen=True)
class RigaVana:
    """A search that found nothing. `ignote`: its words that neither the entries nor the synonyms know."""

    cura: Cura
    parole: str
    volte: int
    ultima: date
    ignote: list[str]


def ricerche_vane(oggi: date) -> list[RigaVana]:
    """What was looked for in vain in the last twelve months, the most frequent first."""
    dal = oggi.replace(year=oggi.year - 1, day=1)
    trovate = list(
        RicercaVana.objects.filter(mese__gte=dal)
        .values("ambito", "parole")
        .annotate(quante=Sum("volte"), recente=Max("ultima"))
        .order_by("-quante", "-recente", "parole", "ambito")[:VANE_MASSIMO]
    )
    radici = {parola: radice(parola) for riga in trovate for parola in riga["parole"].split()}
    note = set(Parola.objects.filter(radice__in=radici.values()).values_list("ambito", "radice"))
    sinonimi = set(Sinonimo.objects.filter(radice__in=radici.values()).values_list("radice", flat=True))
    return [
        RigaVana(
            cura_di_ambito(r["ambito"]),
            r["parole"],
            r["quante"],
            r["recente"],
            [p for p in r["parole"].split() if (r["ambito"], radici[p]) not in note and radici[p] not in sinonimi],
        )
        for r in trovate
    ]
