"""What is counted of a consultation: each body once, whoever names it and however often; needs by kind. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from programma.parole_uguali import impronta


@dataclass(frozen=True)
class EnteDetto:
    """A body as somebody named it, and where: `organizzazione` is its key in the network, if it was chosen there."""

    organizzazione: int | None
    nome: str
    dove: str


@dataclass(frozen=True)
class EnteContato:
    """A body that was heard, once, and everywhere it was."""

    organizzazione: int | None
    nome: str
    dove: tuple[str, ...]


@dataclass(frozen=True)
class BisognoDetto:
    """A need: its kind, of whom it is, which body told it, its words as the public reads them (none: empty)."""

    genere: str
    di_chi: str
    ente: EnteDetto | None
    pubblico: str


def chiave_di(ente: EnteDetto, rete: Mapping[str, int]) -> str:
    """What is equal for two namings of one body: a name that is written is that of the network, if it has such one.

    `rete` has the key of each body of the network by the `impronta` of its name. Empty for no name at all.
    """
    chiave = ente.organizzazione
    if chiave is None:
        chiave = rete.get(impronta(ente.nome))
    return f"#{chiave}" if chiave is not None else impronta(ente.nome)


def enti_distinti(
    detti: Iterable[EnteDetto], rete: Mapping[str, int], non_contano: Collection[int]
) -> list[EnteContato]:
    """Each body once, in the order in which they were named; not those of the keys `non_contano`: who asks."""
    trovati: dict[str, tuple[EnteDetto, dict[str, None]]] = {}
    for detto in detti:
        chiave = chiave_di(detto, rete)
        if chiave and chiave not in {f"#{una}" for una in non_contano}:
            trovati.setdefault(chiave, (detto, {}))[1][detto.dove] = None
    return [
        EnteContato(int(chiave[1:]) if chiave.startswith("#") else None, primo.nome, tuple(dove))
        for chiave, (primo, dove) in trovati.items()
    ]


def bisogni_per_genere(bisogni: Iterable[BisognoDetto], generi: Iterable[str], rete: Mapping[str, int]) -> list[dict]:
    """What is told of each kind, the most told first: how many needs, of how many bodies, of whom, words.

    Words stand in the order of the alphabet, which says nothing of who said them.
    """
    di_ognuno: dict[str, list[BisognoDetto]] = {genere: [] for genere in generi}
    for bisogno in bisogni:
        di_ognuno.setdefault(bisogno.genere, []).append(bisogno)
    letti = [
        {
            "genere": genere,
            "quanti": len(suoi),
            "enti": len({chiave_di(uno.ente, rete) for uno in suoi if uno.ente} - {""}),
            "famiglie": sum(uno.di_chi == "famiglie" for uno in suoi),
            "operatori": sum(uno.di_chi == "operatori" for uno in suoi),
            "parole": sorted({uno.pubblico for uno in suoi if uno.pubblico}, key=str.casefold),
        }
        for genere, suoi in di_ognuno.items()
        if suoi
    ]
    return sorted(letti, key=lambda uno: (-int(uno["quanti"]), str(uno["genere"]).casefold()))
