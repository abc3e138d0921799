"""Criteria of a draft that changed, or were taken off, after something was given for them: what has to be read again.

What changed is read from the history (`base.storia`): whatever writes a criterion, a form, an import, the act itself,
leaves it there. An evidence has been read again when something was decided on it after the change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Model

from base.storia import Versione
from organizzazioni.models import Utente

from .. import flusso
from ..models import Criterio, Evidenza, ProgrammaPage

DELL_ATTO = (
    "indicatore",
    "regola",
    "percentuale",
    "unita",
    "distinte",
    "somma",
    "campi_richiesti",
    "prova",
    "parti",
    "link_ammessi",
    "conta_link",
    "intere",
    "solo_nuove",
    "luogo",
    "tolto",
)
"""What of a criterion says for what an evidence counts: not its place, our notes, the totals that come in the year."""


@dataclass(frozen=True)
class CambioDiCriterio:
    """One field of a criterion that says something else than before, from a moment on."""

    criterio: Criterio
    campo: str
    prima: object
    dopo: object
    quando: datetime
    chi: Utente | None

    def __str__(self) -> str:
        if self.campo == "tolto":
            return f"{self.criterio.codice} non è più nel programma"
        nome = nome_del_campo(Criterio, self.campo)
        return f"{self.criterio.codice}, {nome}: era «{in_parole(self.prima)}», ora «{in_parole(self.dopo)}»"


@dataclass(frozen=True)
class DaRivedere:
    """An evidence that was sent, or counts, and what changed of its criteria since somebody last decided on it."""

    evidenza: Evidenza
    cambi: tuple[CambioDiCriterio, ...]


def cambi_di(criteri: Iterable[Criterio]) -> list[CambioDiCriterio]:
    """Every change of these criteria, oldest first, in one query."""
    per_chiave = {criterio.pk: criterio for criterio in criteri}
    cambi: list[CambioDiCriterio] = []
    ultime: dict[int, dict[str, object]] = {}
    for versione in Versione.objects.di(Criterio, per_chiave).select_related("chi"):
        prima, dopo = ultime.get(versione.oggetto), versione.valori
        ultime[versione.oggetto] = dopo
        if prima is None:
            continue
        criterio = per_chiave[versione.oggetto]
        for campo in DELL_ATTO:
            if campo in prima and campo in dopo and prima[campo] != dopo[campo]:
                cambi.append(CambioDiCriterio(criterio, campo, prima[campo], dopo[campo], versione.dal, versione.chi))
    return cambi


def da_rivedere(programma: ProgrammaPage) -> list[DaRivedere]:
    """What was sent or approved for criteria of `programma` that changed since, oldest fact first; four queries."""
    cambi = cambi_di(programma.criteri.all())
    if not cambi or programma.chiuso:
        return []
    toccate = Evidenza.objects.rivedibili().che_servono({cambio.criterio.pk for cambio in cambi})
    voci = [DaRivedere(evidenza, _non_letti(evidenza, evidenza.ultima_decisione, cambi)) for evidenza in toccate]
    return [voce for voce in voci if voce.cambi]


def cambi_da_leggere(evidenza: Evidenza) -> tuple[CambioDiCriterio, ...]:
    """What changed of the criteria of `evidenza` since somebody last decided on it."""
    if evidenza.stato not in flusso.RIVEDIBILI or evidenza.programma is None or evidenza.programma.chiuso:
        return ()
    ultima = evidenza.passaggi.aggregate(ultima=Max("quando"))["ultima"]
    return _non_letti(evidenza, ultima, cambi_di(evidenza.criteri.all()))


def _non_letti(
    evidenza: Evidenza, ultima: datetime | None, cambi: list[CambioDiCriterio]
) -> tuple[CambioDiCriterio, ...]:
    suoi = {criterio.pk for criterio in evidenza.criteri.all()}
    return tuple(c for c in cambi if c.criterio.pk in suoi and (ultima is None or c.quando > ultima))


def nome_del_campo(modello: type[Model], nome: str) -> str:
    """What a field of `modello` is called by who reads."""
    return str(modello._meta.get_field(nome).verbose_name)  # type: ignore[union-attr]  # never a relation backwards


def in_parole(valore: object) -> str:
    """What a field of a criterion says, for a sentence."""
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    return ", ".join(map(str, valore)) if isinstance(valore, list) else str(valore if valore is not None else "")
