"""The kinds of meeting and of project, and the yearly questions, as a file states them. Pure: no Django here."""

from collections.abc import Collection
from dataclasses import dataclass

from base.formati.schema import SLUG, FileNonValido, Nodo, Problema, mostra

from .misure.quesiti import BREVE, CON_SCELTE, GENERI, LETTERE, QuesitoFermo


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
DI_PROGETTO = ("manager", "con_risultato", "con_scheda")
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


def leggi_quesiti(dati: dict) -> tuple[QuesitoFermo, ...]:
    """The questions on the yearly measures, in their order. Raises `FileNonValido` with everything that is wrong."""
    problemi: list[Problema] = []
    radice = Nodo(dati, "", problemi)
    elenco = radice.nodo("quesiti", obbligatorio=True)
    radice.chiudi()
    letti = [_quesito(chiave, elenco, problemi) for chiave in elenco.chiavi()] if elenco else []
    if problemi:
        raise FileNonValido(problemi)
    return tuple(letti)


def _quesito(chiave, elenco: Nodo, problemi: list[Problema]) -> QuesitoFermo:
    nodo = _nodo(chiave, elenco, problemi)
    letto = QuesitoFermo(
        chiave=str(chiave)[:60],
        testo=nodo.testo("testo", obbligatorio=True, massimo=300),
        genere=nodo.scelta("genere", GENERI, obbligatorio=True),
        sezione=nodo.testo("sezione", obbligatorio=True, massimo=80),
        aiuto=nodo.testo("aiuto", massimo=300),
        unita=nodo.testo("unita", massimo=30),
        scelte=tuple(nodo.testi("scelte", massimo=LETTERE[BREVE])),
        decimali=nodo.intero("decimali", massimo=2) or 0,
        massimo=nodo.numero("massimo"),
        si_somma=nodo.vero("si_somma") is not False,
        obbligatorio=bool(nodo.vero("obbligatorio")),
        aggregato=not nodo.vero("riservato"),
    )
    if (letto.genere in CON_SCELTE) != (len(letto.scelte) > 1):
        nodo.errore("scelte", "almeno due, e solo dove si sceglie (una, piu)")
    nodo.chiudi()
    return letto


def _nodo(chiave, elenco: Nodo, problemi: list[Problema]) -> Nodo:
    """What stands under a key that is data."""
    if not isinstance(chiave, str) or not SLUG.fullmatch(chiave):
        elenco.errore(chiave, f"chiave non ammessa {mostra(chiave)} (minuscole, cifre e trattini)")
    return elenco.nodo(chiave, obbligatorio=True) or Nodo({}, elenco.sotto(chiave), problemi)


def _tipo(chiave, elenco: Nodo, problemi: list[Problema], condizioni: Collection[str]) -> ImpiantoTipo:
    nodo = _nodo(chiave, elenco, problemi)
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
