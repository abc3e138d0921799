"""What the words of a search may name and what lists offer to choose from: the names of every kind, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from base.mappa import Etichetta
from base.parole import a_una_lettera, parole, radice

from .filtri import Opzione
from .models import Sinonimo
from .parlato import segni

if TYPE_CHECKING:
    from .dichiarazione import Cura

SINONIMO = "sinonimo"


class NomeLetto(NamedTuple):
    """A name of the table `tipo`; `altro` is what that table says of it beside its order."""

    tipo: str
    chiave: str
    nome: str
    ordine: int
    altro: str


def tabella(
    tipo: str, voci: QuerySet, chiave: str = "chiave", nome: str = "nome", ordine: str = "", altro: Any = None
) -> QuerySet:
    """The names of a table, as `leggi_nomi` reads them: the fields where they are; `altro` is an expression of text."""
    vuoto = Value("", TextField())
    return (
        voci.order_by()
        .annotate(
            r_tipo=Value(tipo, TextField()),
            r_chiave=Cast(chiave, TextField()) if chiave else vuoto,
            r_nome=Cast(nome, TextField()),
            r_ordine=F(ordine) if ordine else Value(0, IntegerField()),
            r_altro=Coalesce(altro, vuoto, output_field=TextField()) if altro else vuoto,
        )
        .values_list("r_tipo", "r_chiave", "r_nome", "r_ordine", "r_altro")
    )


@dataclass(frozen=True)
class Nomi:
    """`comuni` and `lingue` by key, `punti` the points of the first on the map, `sinonimi` the manager's, by the stem
    of the word that is typed; `bisogni` in their order, those of the first level before; `emergenze` the numbers to
    call; `altrove` how a need, by its key, is called in other languages. `righe`: every name of each table."""

    comuni: Mapping[str, str] = field(default_factory=dict)
    lingue: Mapping[str, str] = field(default_factory=dict)
    punti: Mapping[str, Etichetta] = field(default_factory=dict)
    sinonimi: Mapping[str, str] = field(default_factory=dict)
    bisogni: Sequence[Opzione] = ()
    emergenze: Sequence[Any] = ()
    altrove: Sequence[tuple[str, str]] = ()
    righe: Mapping[str, Sequence[NomeLetto]] = field(default_factory=dict)

    def di(self, tipo: str) -> Sequence[NomeLetto]:
        """The names of a table, in order."""
        return self.righe.get(tipo, ())

    def bisogni_vicini(self, testo: str) -> list[Opzione]:
        """The needs whose names have a word of `testo`, or one at a letter; without any, all of the first level."""
        cercate = [s for s in segni(testo) if not s.vuota]
        vicini = [
            o
            for o in self.bisogni
            if any(radice(p) in s.forme or a_una_lettera(p, s.parola) for s in cercate for p in parole(o.nome))
        ]
        return vicini or [o for o in self.bisogni if not o.secondo_livello]


def leggi_nomi(cure: Iterable["Cura"]) -> Nomi:
    """The names of these kinds and the synonyms, in one query. The order is ours: it is the same on every database."""
    cure = list(cure)
    tabelle = [tabella for cura in cure for tabella in cura.tabelle_dei_nomi()]
    lette = tabella(SINONIMO, Sinonimo.objects.all(), "radice", "cerca_anche").union(*tabelle, all=True)
    righe: dict[str, list[NomeLetto]] = defaultdict(list)
    for riga in sorted(map(NomeLetto._make, lette), key=lambda r: (r.ordine, r.nome, r.chiave)):
        righe[riga.tipo].append(riga)
    sinonimi: dict[str, str] = {}
    for la_radice, anche in ((r.chiave, r.nome) for r in righe.pop(SINONIMO, ())):
        sinonimi[la_radice] = f"{sinonimi[la_radice]}, {anche}" if la_radice in sinonimi else anche
    nomi = Nomi(sinonimi=sinonimi, righe=righe)
    return replace(nomi, **next((noti for cura in cure if (noti := cura.conosce(nomi))), {}))
