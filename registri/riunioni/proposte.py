"""Which criteria a meeting serves, and why in words. Pure: who took part and how it was convened in, reasons out.

M2 wants both persons of the duty, M3 a formal meeting, the others the kind of meeting and, where it is written, the
bodies that must be there: each kind of meeting says so as data (`CondizioniDelTipo`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CondizioniDelTipo:
    """What a meeting of a kind must have to serve the criterion `codice`: roles and bodies present, being formal."""

    codice: str
    ruoli: tuple[str, ...] = ()
    enti: tuple[str, ...] = ()
    formale: bool = False


@dataclass(frozen=True)
class Accaduto:
    """What happened: the roles and the bodies (by name) that were there, and what makes it formal, if anything does."""

    ruoli: frozenset[str]
    enti: frozenset[str]
    formale: str = ""


@dataclass(frozen=True)
class EsitoDelCriterio:
    """Whether the meeting serves the criterion `codice`, and why, or why not."""

    codice: str
    serve: bool
    perche: str


def perche_formale(giorno: date, convocata_il: date | None, verbale: bool) -> str:
    """What makes a meeting of `giorno` formal, in words; empty when nothing does.

    The act does not say what a formal meeting is: here it was convened by its day, or it has its minutes.
    """
    ragioni = []
    if convocata_il is not None and convocata_il <= giorno:
        ragioni.append(f"convocata il {convocata_il:%d/%m/%Y}")
    if verbale:
        ragioni.append("con il verbale")
    return " e ".join(ragioni)


def valuta(
    condizioni: Iterable[CondizioniDelTipo], accaduto: Accaduto, nomi_dei_ruoli: dict[str, str]
) -> list[EsitoDelCriterio]:
    """One answer for each of `condizioni`, in their order."""
    return [_valuta(una, accaduto, nomi_dei_ruoli) for una in condizioni]


def _valuta(chiede: CondizioniDelTipo, accaduto: Accaduto, nomi: dict[str, str]) -> EsitoDelCriterio:
    def ruoli(chiavi: Collection[str]) -> str:
        return elenco_in_parole([nomi.get(chiave, chiave).lower() for chiave in chiavi])

    mancano = []
    if assenti := [ruolo for ruolo in chiede.ruoli if ruolo not in accaduto.ruoli]:
        mancano.append(f"{'manca' if len(assenti) == 1 else 'mancano'} {ruoli(assenti)}")
    if altrove := [ente for ente in chiede.enti if ente not in accaduto.enti]:
        mancano.append(f"non c'era nessuno di {elenco_in_parole(altrove)}")
    if chiede.formale and not accaduto.formale:
        mancano.append("non è formale: non fu convocata, e non ha il verbale")
    if mancano:
        return EsitoDelCriterio(chiede.codice, False, frase(mancano))
    ragioni = ["è una riunione di questo tipo"]
    if chiede.ruoli:
        ragioni.append(f"{'presente' if len(chiede.ruoli) == 1 else 'presenti'} {ruoli(chiede.ruoli)}")
    if chiede.enti:
        ragioni.append(f"con {elenco_in_parole(chiede.enti)}")
    if chiede.formale:
        ragioni.append(f"è formale: {accaduto.formale}")
    return EsitoDelCriterio(chiede.codice, True, frase(ragioni))


def frase(ragioni: list[str]) -> str:
    """The reasons as one sentence."""
    testo = "; ".join(ragioni)
    return testo[:1].upper() + testo[1:]


def elenco_in_parole(nomi: Collection[str]) -> str:
    """`a, b e c`."""
    nomi = list(nomi)
    return f"{', '.join(nomi[:-1])} e {nomi[-1]}" if len(nomi) > 1 else "".join(nomi)
