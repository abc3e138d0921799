"""The score as it is shown: of a criterion, of a duty or an action, of a programme."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from organizzazioni.models import Organizzazione

from ..models import Chiusura, Criterio, ProgrammaPage
from ..punteggi import Punteggio, media_indicativa


@dataclass(frozen=True)
class RigaPunteggio:
    """A criterion and its score."""

    criterio: Criterio
    punteggio: Punteggio


@dataclass(frozen=True)
class Impegno:
    """A duty of the manager (`M1`) or an action (`P1`), with its criteria."""

    codice: str
    titolo: str
    area: str
    del_manager: bool
    criteri: tuple[Criterio, ...]

    def con(self, righe: tuple[RigaPunteggio, ...]) -> "ImpegnoMisurato":
        """The same with these scores."""
        return ImpegnoMisurato(self.codice, self.titolo, self.area, self.del_manager, self.criteri, righe)


@dataclass(frozen=True)
class ImpegnoMisurato(Impegno):
    """A duty or an action with the scores of its criteria."""

    righe: tuple[RigaPunteggio, ...]

    @cached_property
    def indicativo(self) -> Decimal | None:
        """Mean of the criteria that have a score: indicative, the act defines none."""
        return media_indicativa(riga.punteggio.punteggio for riga in self.righe)

    @property
    def ha_media(self) -> bool:
        """Whether the mean says more than the score of its only criterion."""
        return len(self.righe) > 1 and self.indicativo is not None


@dataclass(frozen=True)
class Confronto:
    """The score of a criterion before an approval and after it."""

    criterio: Criterio
    prima: Punteggio
    dopo: Punteggio


@dataclass(frozen=True)
class QuadroPunteggio:
    """The score of a programme as of a day; `organizzazione` when it counts only what that body submitted.

    `chiusura` when it was kept at the closing and not reckoned now.
    """

    programma: ProgrammaPage
    al: date
    voci: tuple[ImpegnoMisurato, ...]
    organizzazione: Organizzazione | None = None
    chiusura: Chiusura | None = None

    @property
    def termine_passato(self) -> bool:
        """Whether the last day of the facts that count was over by the end of `al`."""
        return self.al > self.programma.scadenza

    @property
    def righe(self) -> list[RigaPunteggio]:
        return [riga for voce in self.voci for riga in voce.righe]
