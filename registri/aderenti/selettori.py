"""The read side of entries and exits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from base.storia import Versione
from organizzazioni.models import Organizzazione

from ..models import AttoDiAdesione
from .movimenti import CAMPI, FINE, Movimento, Noto, movimenti_di, periodo


@dataclass(frozen=True)
class RigaDelRegistro:
    """A movement of a body, and its act where one was registered."""

    organizzazione: Organizzazione
    movimento: Movimento
    atto: AttoDiAdesione | None

    @property
    def indirizzo(self) -> str:
        """Where its act is added, or the day on which it began; empty where there is nothing to complete."""
        uno = self.movimento
        if uno.corretto or (uno.giorno is None and uno.verso == FINE):
            return ""
        giorno = uno.giorno.isoformat() if uno.giorno else "da-dire"
        return reverse("registri:atto_di_adesione", args=[self.organizzazione.pk, uno.cosa, uno.verso, giorno])


def registro_delle_adesioni() -> list[RigaDelRegistro]:
    """Every entry and exit that the history knows, the latest day first; what was corrected since is there too.

    Three queries, whatever the rows.
    """
    note: dict[int, list[Noto]] = defaultdict(list)
    campi = {campo.name: campo for campo in Organizzazione._meta.concrete_fields}
    for versione in Versione.objects.filter(modello=Organizzazione._meta.label_lower).select_related("chi"):
        valori = {nome: campi[nome].to_python(valore) for nome, valore in versione.valori.items() if nome in campi}
        note[versione.oggetto].append(Noto(versione.dal, valori, versione.chi))
    enti = Organizzazione.objects.in_bulk(note)
    atti = _per_movimento(AttoDiAdesione.objects.select_related("carta").order_by("pk"))
    righe = [
        RigaDelRegistro(enti[chiave], uno, atti.get((chiave, uno.cosa, uno.verso, uno.giorno)))
        for chiave, versioni in note.items()
        if chiave in enti
        for uno in movimenti_di(versioni)
    ]
    return sorted(righe, key=lambda riga: (riga.movimento.giorno or date.min, riga.movimento.noto_dal), reverse=True)


def _per_movimento(atti: Iterable[AttoDiAdesione]) -> dict[tuple, AttoDiAdesione]:
    return {(atto.organizzazione_id, atto.cosa, atto.verso, atto.giorno): atto for atto in atti}


def periodo_di(ente: Organizzazione, cosa: str) -> tuple[bool, date | None, date | None]:
    """Whether `cosa` holds for a body as it is now, its first day and its last."""
    return periodo(cosa, {campo: getattr(ente, campo, None) for campo in (cosa, *CAMPI[cosa])})
