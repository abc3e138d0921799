"""What a content proves, and whose it is: what every app says to `programma.alimentazione`."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from organizzazioni.models import Organizzazione, Utente

from .models import AzionePage, Criterio


@dataclass(frozen=True)
class Fatto:
    """What one content proves of one criterion: when, how much (≥ 0), with which bodies, on which links.

    `dove` is where the content itself is read: shown, but no fact, because it changes when the content moves.
    `a_parte` says that no revision holds it: it is decided on its own, whoever approved the page, and `scritto_da`
    is who wrote it. See docs/decisioni/0030.
    `perche_insieme` says why the content is proof of two criteria of a level: who decides reads it, and another
    reason is read again.
    `persone` are those who took part, in words, where a fact names them.
    `scheda` is the sheet of an action born during the year, where that is the proof (M4).
    `novita` says whether it is new or renews something, where a criterion asks it (`requisiti.NUOVA`).
    """

    criterio: Criterio
    data: date
    quantita: Decimal = Decimal(1)
    organizzazioni: tuple[Organizzazione, ...] = ()
    link: tuple[str, ...] = ()
    argomento: str = ""
    persone: str = ""
    novita: str = ""
    scheda: AzionePage | None = None
    perche_insieme: str = ""
    dove: tuple[str, ...] = ()
    a_parte: bool = False
    scritto_da: Utente | None = None


@dataclass(frozen=True)
class Provenienza:
    """Whose the content is, who wrote it, who said it last; who approved it in the workflow, and when, if it was."""

    organizzazione: Organizzazione
    titolo: str
    descrizione: str = ""
    autori: frozenset[int] = frozenset()
    scritta_da: Utente | None = None
    approvata_da: Utente | None = None
    approvata_il: datetime | None = None
