"""The kinds of meeting and of project as a file states them. Pure: no Django here."""

from collections.abc import Collection
from dataclasses import dataclass

from base.formati.schema import SLUG, FileNonValido, Nodo, Problema, mostra


@dataclass(frozen=True)
class ImpiantoCriterioDelTipo:
    """A criterion (its code) that one of a kind may serve, and what it must have; `enti` are keys of bodies."""

    codice: str
    condizioni: dict[str, bool]
    enti: tuple[str, ...]


@dataclass(frozen=True)
class ImpiantoTipo:
    """One kind; `ogni_mesi` is how often a meeting of it is held, in months."""

    chiave: str
    nome: str
    ogni_mesi: int | None
    criteri: tuple[ImpiantoCriterioDelTipo, ...]


DI_RIUNIONE = ("manager", "due_persone", "formale")
DI_PROGETTO = ("manager", "risultato", "scheda")
"""What a criterion of a kind may ask for, by the name of its field."""


def leggi_tipi(
    dati: dict, nome: str = "tipi_di_riunione", condizioni: Collection[str] = DI_RIUNIONE
) -> tuple[ImpiantoTipo, ...]:
    """The kinds under `nome`, in their order. Raises `FileNonValido` with everything that is wrong."""
    problemi: list[Problema] = []
    radice = Nodo(dati, "", problemi)
    elenco = radice.nodo(nome, obbligatorio=True)
    radice.chiudi()
    tipi = [_tipo(chiave, elenco, problemi, condizioni) for chiave in elenco.chiavi()] if elenco else []
    if problemi:
        raise FileNonValido(problemi)
    return tuple(tipi)


def _tipo(chiave, elenco: Nodo, problemi: list[Problema], condizioni: Collection[str]) -> ImpiantoTipo:
    if not isinstance(chiave, str) or not SLUG.fullmatch(chiave):
        elenco.errore(chiave, f"chiave non ammessa {mostra(chiave)} (minuscole, cifre e trattini)")
    nodo = elenco.nodo(chiave, obbligatorio=True) or Nodo({}, elenco.sotto(chiave), problemi)
    tipo = ImpiantoTipo(
        chiave=str(chiave)[:60],
        nome=nodo.testo("nome", obbligatorio=True, massimo=80),
        ogni_mesi=nodo.intero("ogni_mesi", minimo=1, massimo=60),
        criteri=tuple(_criterio(voce, condizioni) for voce in nodo.nodi("criteri", vuoto=True)),
    )
    nodo.chiudi()
    return tipo


def _criterio(nodo: Nodo, condizioni: Collection[str]) -> ImpiantoCriterioDelTipo:
    criterio = ImpiantoCriterioDelTipo(
        codice=nodo.testo("codice", obbligatorio=True, massimo=10),
        condizioni={nome: bool(nodo.vero(nome)) for nome in condizioni},
        enti=tuple(nodo.testi("enti")),
    )
    nodo.chiudi()
    return criterio
