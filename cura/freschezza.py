"""How fresh each organisation keeps its entries: what is said of each entry, the rows of the report, their sums."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from base.percorsi import madre
from organizzazioni.models import Organizzazione

from .dichiarazione import Cura, Freschezza


@dataclass(frozen=True)
class RigaFreschezza:
    """How an organisation keeps its entries. `organizzazione` is None in the total."""

    organizzazione: Organizzazione | None
    schede: int = 0
    verificate: int = 0
    da_confermare: int = 0
    da_verificare: int = 0

    @property
    def percentuale(self) -> int | None:
        """Verified within their interval, from 0 to 100, rounded down; None without entries."""
        return 100 * self.verificate // self.schede if self.schede else None


Rapporto = tuple[RigaFreschezza, list[RigaFreschezza]]
"""The total, and each organisation."""


def rapporto(cura: Cura, oggi: date) -> Rapporto:
    """All the entries, and each organisation that has some, the least verified first."""
    return conta(cura.freschezza(oggi), cura.sezioni())


def conta(freschezze: Iterable[Freschezza], sezioni: Mapping[str, Organizzazione]) -> Rapporto:
    """The sums of what is said of each entry; what stands in none of `sezioni` is only in the total."""
    per_sezione: dict[str, list[int]] = {}
    for una in freschezze:
        conti = per_sezione.setdefault(madre(una.percorso), [0, 0, 0, 0])
        for n, detto in enumerate((True, una.verificata, una.da_confermare, una.da_verificare)):
            conti[n] += detto
    righe = [RigaFreschezza(sezioni[path], *conti) for path, conti in per_sezione.items() if path in sezioni]
    righe.sort(key=lambda riga: (riga.percentuale, -riga.schede, str(riga.organizzazione)))
    somme = [sum(conti) for conti in zip(*per_sezione.values(), strict=True)]
    return RigaFreschezza(None, *somme), righe
