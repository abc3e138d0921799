"""What the summer of a territory offers, counted: by band of age, week and municipality. Pure: rows in, rows out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..eta import si_sovrappone

CENTESIMI = Decimal("0.01")


@dataclass(frozen=True)
class Posto:
    """One week of one service, as the report reads it: the Monday, ages in months, the municipalities, euro, places.

    Without ages it is under no band: nobody said that it is for everyone.
    """

    servizio: int
    lunedi: date
    eta_minima: int | None = None
    eta_massima: int | None = None
    comuni: frozenset[str] = frozenset()
    prezzo: Decimal | None = None
    posti: int | None = None

    def per_fascia(self, dal: int, al: int | None) -> bool:
        if self.eta_minima is None and self.eta_massima is None:
            return False
        return si_sovrappone(self.eta_minima, self.eta_massima, dal, al)


@dataclass(frozen=True)
class FasciaDelRapporto:
    """A band of age: its key, its name, months from `dal` up to `al` excluded."""

    chiave: str
    nome: str
    dal: int
    al: int | None


@dataclass(frozen=True)
class Casella:
    """A band in a week: how many services, how many places they declare, and their prices. `comune` is empty for the
    whole territory. Places are None while nobody declared any."""

    fascia: FasciaDelRapporto
    lunedi: date
    comune: str = ""
    servizi: int = 0
    posti: int | None = None
    prezzo_minimo: Decimal | None = None
    prezzo_medio: Decimal | None = None
    prezzo_massimo: Decimal | None = None

    @property
    def scoperta(self) -> bool:
        return not self.servizi


def settimane_della_stagione(posti: Iterable[Posto]) -> list[date]:
    """Every Monday from the first week offered to the last: a week in the middle that nobody offers is a gap."""
    giorni = {posto.lunedi for posto in posti}
    if not giorni:
        return []
    primo, ultimo = min(giorni), max(giorni)
    return [primo + timedelta(days=7 * n) for n in range((ultimo - primo).days // 7 + 1)]


def caselle(
    posti: Sequence[Posto], fasce: Sequence[FasciaDelRapporto], settimane: Sequence[date], comune: str = ""
) -> list[list[Casella]]:
    """A row for each band, a cell for each week; with `comune` only what is offered there."""
    della_settimana: dict[date, list[Posto]] = {}
    for posto in posti:
        if not comune or comune in posto.comuni:
            della_settimana.setdefault(posto.lunedi, []).append(posto)
    return [
        [_casella(fascia, giorno, comune, della_settimana.get(giorno, [])) for giorno in settimane] for fascia in fasce
    ]


def _casella(fascia: FasciaDelRapporto, giorno: date, comune: str, posti: Sequence[Posto]) -> Casella:
    suoi = [posto for posto in posti if posto.per_fascia(fascia.dal, fascia.al)]
    prezzi = [posto.prezzo for posto in suoi if posto.prezzo is not None]
    dichiarati = [posto.posti for posto in suoi if posto.posti is not None]
    return Casella(
        fascia,
        giorno,
        comune,
        servizi=len({posto.servizio for posto in suoi}),
        posti=sum(dichiarati) if dichiarati else None,
        prezzo_minimo=min(prezzi, default=None),
        prezzo_massimo=max(prezzi, default=None),
        prezzo_medio=(sum(prezzi, Decimal()) / len(prezzi)).quantize(CENTESIMI) if prezzi else None,
    )


def scoperte(righe: Sequence[Sequence[Casella]]) -> list[tuple[FasciaDelRapporto, list[date]]]:
    """The gaps: each band with the weeks in which it has no service, without the bands that have none."""
    coppie = [(riga[0].fascia, [casella.lunedi for casella in riga if casella.scoperta]) for riga in righe if riga]
    return [(fascia, giorni) for fascia, giorni in coppie if giorni]
