"""What the rules read and what they answer. Everything is frozen; every number is a `Decimal` or a count."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .lingua import Sostantivo, nome_dell_unita

PER_UNITA = "per_unita"
REALIZZAZIONE = "realizzazione"
SOGLIA = "soglia"
MONITORAGGIO = "monitoraggio"

CENTESIMO = Decimal("0.01")
PARTI_MASSIMO = 30
"""Past so many parts, a percentage of two decimals does not say of how many it is one."""

SOMMA, ULTIMO, ENTI = "somma", "ultimo", "enti"
SOMME = frozenset({SOMMA, ULTIMO, ENTI})
"""How the values of a `monitoraggio` add up: their sum, the last one, the distinct bodies named."""

REGOLE = frozenset({PER_UNITA, REALIZZAZIONE, SOGLIA, MONITORAGGIO})


@dataclass(frozen=True)
class CriterioPunteggio:
    """What a rule needs of a criterion.

    `percentuale` is None for `monitoraggio` only; `unita` is a singular noun ("incontro"), or empty, with its
    plural and its gender; `offerto` is the total on offer of a `soglia`, None while unknown; `scadenza` is the last
    day of the facts that count, or None; `chiuso` says that nothing more may be given.
    """

    codice: str
    regola: str
    percentuale: Decimal | None = None
    unita: str = ""
    distinte: bool = False
    offerto: Decimal | None = None
    scadenza: date | None = None
    unita_plurale: str = ""
    unita_femminile: bool = False
    chiuso: bool = False
    somma: str = SOMMA

    def __post_init__(self) -> None:
        if self.regola not in REGOLE:
            raise ValueError(f"Unknown rule {self.regola!r} of criterion {self.codice}")
        if self.somma not in SOMME:
            raise ValueError(f"Unknown way to add up {self.somma!r} of criterion {self.codice}")
        if self.regola != MONITORAGGIO and (self.percentuale is None or self.percentuale <= 0):
            raise ValueError(f"Criterion {self.codice} has a rule without a positive percentage")

    @property
    def nome(self) -> Sostantivo:
        """The noun of its unit."""
        return nome_dell_unita(self.unita, self.unita_plurale, self.unita_femminile)

    @property
    def quota(self) -> Decimal:
        """The percentage of a scored criterion, which always has one; `ValueError` for `monitoraggio`."""
        if self.percentuale is None:
            raise ValueError(f"Criterion {self.codice} has no percentage")
        return self.percentuale

    @property
    def parti(self) -> int | None:
        """How many units make 100 where the percentage is a rounded part of it: 3 of 33.33, 6 of 16.67; else None."""
        parti = round(100 / self.quota)
        parte = (Decimal(100) / parti).quantize(CENTESIMO, ROUND_HALF_UP) if 1 < parti <= PARTI_MASSIMO else None
        return parti if parte == self.quota and parte * parti != 100 else None


@dataclass(frozen=True, order=True)
class Valore:
    """A value as it was on `giorno`; of two of the same day the one with the higher `ordine` was decided later."""

    giorno: date
    ordine: int
    quantita: Decimal


@dataclass(frozen=True)
class Raccolta:
    """What was recognised of one criterion: a commutative monoid, so the order of approvals cannot matter.

    `evidenze` and `quantita` count only what was recognised above 0; `enti` are the distinct bodies named
    that were members on the date of the fact; `in_attesa` are evidences sent and not decided, never scored.
    `ultimo` is the value of the latest fact, where the last one is what holds.
    """

    evidenze: int = 0
    quantita: Decimal = Decimal(0)
    enti: frozenset[Hashable] = frozenset()
    in_attesa: int = 0
    ultimo: Valore | None = None

    def __add__(self, altra: "Raccolta") -> "Raccolta":
        return Raccolta(
            self.evidenze + altra.evidenze,
            self.quantita + altra.quantita,
            self.enti | altra.enti,
            self.in_attesa + altra.in_attesa,
            max(filter(None, (self.ultimo, altra.ultimo)), default=None),
        )


def riconosciuto(
    quantita: Decimal, enti: Iterable[Hashable] = (), giorno: date | None = None, ordine: int = 0
) -> Raccolta:
    """The `Raccolta` of one approved evidence; a recognised quantity of 0 contributes nothing."""
    if quantita <= 0:
        return Raccolta()
    ultimo = None if giorno is None else Valore(giorno, ordine, Decimal(quantita))
    return Raccolta(1, Decimal(quantita), frozenset(enti), ultimo=ultimo)


@dataclass(frozen=True)
class Punteggio:
    """The score of one criterion. What does not exist is None, never 0.

    `unita` are the units that the rule counts; `grezzo` the percentage before the cap, `punteggio` after
    it, `eccedenza` the difference; `mancano` the units missing to 100. `spiegazione` says the sum in words,
    `mancanza` what is missing and by when, or was (empty when nothing is, or when it cannot be said).
    """

    unita: Decimal | None
    grezzo: Decimal | None
    punteggio: Decimal | None
    eccedenza: Decimal | None
    in_attesa: int
    mancano: Decimal | None
    spiegazione: str
    mancanza: str = ""

    @property
    def mancanza_in_breve(self) -> str:
        """What is missing, or was: without what can still be done, where that is said once for many."""
        return self.mancanza.partition(":")[0]
