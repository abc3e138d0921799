"""What was known of the inputs of a score at the end of a day: criteria, memberships, period, state.

Everything is read from the history (`base.storia`), never from what is written today. While a programme is closed
what is known of it stays what it was in the moment of its closing.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from base.storia import Versione, fine_del_giorno, valori_al
from organizzazioni.models import Organizzazione

from ..models import Criterio, ProgrammaPage

PRIMA_DI_TUTTO = datetime.min.replace(tzinfo=timezone.get_fixed_timezone(0))


@dataclass(frozen=True)
class Situazione:
    """What was known at `istante`; `chiuso_il` is the moment of the closing, if the programme was closed then."""

    programma: ProgrammaPage
    istante: datetime
    chiuso_il: datetime | None
    versioni: dict[str, list[Versione]]

    def criterio(self, criterio: Criterio) -> Criterio:
        """`criterio` as it was: not to be saved."""
        return com_era(criterio, self._criteri)

    def criteri_con(self, campo: str, valore: Any) -> list[int]:
        """The keys of the criteria of which `campo` said `valore`."""
        return [chiave for chiave, valori in self._criteri.items() if valori.get(campo) == valore]

    def conta(self, criterio: int, ente: int, giorno: date) -> bool:
        """Whether a body named on `giorno` counts for `criterio`: as a member, or as anybody where that is watched."""
        return not self._criteri.get(criterio, {}).get("distinte") or self.aderente(ente, giorno)

    def c_era(self, criterio: Criterio) -> bool:
        """Whether it was one of the criteria then, and not taken off: those of the act always were."""
        if self._criteri.get(criterio.pk, {}).get("tolto"):
            return False
        prima = next((v.dal for v in self.versioni["criteri"] if v.oggetto == criterio.pk), PRIMA_DI_TUTTO)
        return prima <= max(self.istante, self._approvato_il)

    def aderente(self, ente: int, giorno: date) -> bool:
        """Whether the organisation with this key was known as a member on `giorno`, first and last day included."""
        valori = self._adesioni.get(ente, {})
        dal, fino_al = valori.get("aderente_dal"), valori.get("aderente_fino_al")
        return dal is not None and dal <= giorno and (fino_al is None or giorno <= fino_al)

    @cached_property
    def _criteri(self) -> dict[int, dict]:
        return valori_al(Criterio, self.versioni["criteri"], self.istante)

    @cached_property
    def _adesioni(self) -> dict[int, dict]:
        return valori_al(Organizzazione, self.versioni["adesioni"], self.istante)

    @cached_property
    def _approvato_il(self) -> datetime:
        """When it was approved for the first time; the latest instant of all while it never was."""
        bozza = ProgrammaPage.Stato.BOZZA
        approvato = (v.dal for v in self.versioni["programma"] if v.valori["stato"] != bozza)
        return next(approvato, datetime.max.replace(tzinfo=PRIMA_DI_TUTTO.tzinfo))


def situazione(programma: ProgrammaPage, al: date) -> Situazione:
    """What was known of `programma` at the end of `al` (Europe/Rome), in one query."""
    etichette = {m: m._meta.label_lower for m in (ProgrammaPage, Criterio, Organizzazione)}
    suoi = Criterio.objects.del_programma(programma).order_by().values("pk")
    righe = Versione.objects.filter(
        Q(modello=etichette[ProgrammaPage], oggetto=programma.pk)
        | Q(modello=etichette[Criterio], oggetto__in=suoi)
        | Q(modello=etichette[Organizzazione])
    ).order_by("pk")
    gruppi: dict[str, list[Versione]] = {etichetta: [] for etichetta in etichette.values()}
    for versione in righe:
        gruppi[versione.modello].append(versione)
    del_programma = gruppi[etichette[ProgrammaPage]]
    fine = fine_del_giorno(al)
    chiuso_il = _chiusura(del_programma, fine)
    istante = chiuso_il or fine
    return Situazione(
        com_era(programma, valori_al(ProgrammaPage, del_programma, istante)),
        istante,
        chiuso_il,
        {
            "programma": del_programma,
            "criteri": gruppi[etichette[Criterio]],
            "adesioni": gruppi[etichette[Organizzazione]],
        },
    )


def com_era(oggetto: Any, valori: dict[int, dict]) -> Any:
    """A copy of `oggetto` that says what was known of it: not to be saved."""
    allora = copy(oggetto)
    for nome, valore in valori.get(oggetto.pk, {}).items():
        setattr(allora, nome, valore)
    return allora


def _chiusura(versioni: list[Versione], istante: datetime) -> datetime | None:
    """The moment in which the closing that held at `istante` began; None if the programme was open."""
    chiuso_il = None
    for versione in versioni:
        if versione.dal > istante:
            continue
        if versione.valori["stato"] != ProgrammaPage.Stato.CHIUSO:
            chiuso_il = None
        elif chiuso_il is None:
            chiuso_il = versione.dal
    return chiuso_il
