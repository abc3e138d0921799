"""The queue: evidence and pages that wait for one person, oldest first, in constant queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from base.revisioni import campi_cambiati
from base.tempo import da_quanto
from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazioni_delle_pagine, stati_che_aspettano

from ..models import Evidenza


@dataclass(frozen=True)
class VoceCoda:
    """One thing that waits: an evidence, or a page (`evidenza` is None)."""

    tipo: str
    titolo: str
    organizzazione: str
    chi: str
    dal: datetime
    indirizzo: str
    cambia: str
    evidenza: Evidenza | None = None
    criteri: list = field(default_factory=list)

    @property
    def da_quanto(self) -> str:
        """The age in words."""
        return da_quanto(timezone.localtime(self.dal), timezone.localtime())


class Coda:
    """What waits for `utente`: counted and sliced like a list, loaded only for the slice that is shown."""

    def __init__(self, utente: Utente) -> None:
        self.utente = utente

    @cached_property
    def _chiavi(self) -> list[tuple[datetime, bool, int]]:
        """(since when, whether it is a page, primary key), oldest first."""
        evidenze = Evidenza.objects.decidibili_da(self.utente).values_list("inviata_il", "pk")
        pagine = stati_che_aspettano(self.utente).values_list("started_at", "pk")
        return sorted([(dal, False, pk) for dal, pk in evidenze] + [(dal, True, pk) for dal, pk in pagine])

    def __len__(self) -> int:
        return len(self._chiavi)

    def __getitem__(self, fetta: slice) -> list[VoceCoda]:
        chiavi = self._chiavi[fetta]
        voci = {
            **_evidenze([pk for _, pagina, pk in chiavi if not pagina]),
            **_pagine([pk for _, pagina, pk in chiavi if pagina]),
        }
        return [voci[pagina, pk] for _, pagina, pk in chiavi if (pagina, pk) in voci]

    def __iter__(self) -> Iterator[VoceCoda]:
        return iter(self[:])

    @property
    def evidenze(self) -> int:
        """How many of those that wait are evidences."""
        return sum(not pagina for _, pagina, _ in self._chiavi)


def quante_aspettano(utente: Utente) -> int:
    """How many things wait for `utente`."""
    return len(Coda(utente))


def prossima(utente: Utente, dal: datetime) -> str | None:
    """The address of what waits for `utente` after something sent at `dal`; from the start when that was the last."""
    coda = Coda(utente)
    dopo = next((n for n, (quando, _, _) in enumerate(coda._chiavi) if quando >= dal), 0)
    return next((voce.indirizzo for voce in coda[dopo : dopo + 1]), None)


def _evidenze(chiavi: Iterable[int]) -> dict[tuple[bool, int], VoceCoda]:
    evidenze = (
        Evidenza.objects.filter(pk__in=chiavi)
        .con_restituzioni()
        .select_related("organizzazione", "programma", "inviata_da")
        .prefetch_related("criteri")
    )
    return {
        (False, e.pk): VoceCoda(
            "Evidenza",
            str(e),
            str(e.organizzazione),
            str(e.inviata_da or ""),
            e.inviata_il,
            e.get_absolute_url(),
            _ritorni(e.restituzioni),
            e,
            list(e.criteri.all()),
        )
        for e in evidenze
    }


def _ritorni(volte: int) -> str:
    if not volte:
        return ""
    return "corretta dopo una restituzione" if volte == 1 else f"corretta dopo {volte} restituzioni"


def _pagine(chiavi: Iterable[int]) -> dict[tuple[bool, int], VoceCoda]:
    stati = list(
        TaskState.objects.filter(pk__in=chiavi).select_related("revision__user", "workflow_state__requested_by")
    )
    pagine = {
        str(pagina.pk): pagina
        for pagina in Page.objects.filter(pk__in=[stato.revision.object_id for stato in stati]).select_related(
            "live_revision", "content_type"
        )
    }
    enti = organizzazioni_delle_pagine(pagine.values())
    voci = {}
    for stato in stati:
        pagina = pagine.get(stato.revision.object_id)
        if pagina is None:
            continue
        chi = stato.workflow_state.requested_by or stato.revision.user
        voci[True, stato.pk] = VoceCoda(
            str(pagina.specific_class._meta.verbose_name).capitalize(),
            stato.revision.content["title"],
            str(enti.get(pagina.pk, "")),
            str(chi or ""),
            stato.started_at,
            reverse("programma:pagina", args=[pagina.pk]),
            che_cosa_cambia(pagina, stato.revision),
        )
    return voci


def che_cosa_cambia(pagina: Page, revisione: Any) -> str:
    """In words, what `revisione` changes of what the public reads of `pagina`."""
    if not pagina.live:
        return "nuova pagina"
    if pagina.live_revision is None:
        return "modifica di una pagina pubblicata"
    campi = campi_cambiati(pagina.specific_class, pagina.live_revision.content, revisione.content)
    return f"cambia: {', '.join(campi)}" if campi else "nessuna differenza dalla pagina pubblicata"
