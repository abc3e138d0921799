"""The municipalities of a District as their file states them. Pure: no Django here."""

import re
from dataclasses import dataclass
from decimal import Decimal

from base.formati.schema import SLUG, FileNonValido, Nodo, Problema, mostra

CAP = re.compile(r"\d{5}")
PROVINCIA = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class ImpiantoComune:
    """One municipality; its point (WGS 84, degrees, at most five decimals) is where the map puts it."""

    chiave: str
    nome: str
    cap: str
    provincia: str
    latitudine: Decimal | None
    longitudine: Decimal | None


def leggi_comuni(dati: dict) -> tuple[ImpiantoComune, ...]:
    """The municipalities in their order. Raises `FileNonValido` with everything that is wrong."""
    problemi: list[Problema] = []
    radice = Nodo(dati, "", problemi)
    elenco = radice.nodo("comuni", obbligatorio=True)
    radice.chiudi()
    comuni = [_comune(chiave, elenco, problemi) for chiave in elenco.chiavi()] if elenco else []
    if problemi:
        raise FileNonValido(problemi)
    return tuple(comuni)


def _comune(chiave, elenco: Nodo, problemi: list[Problema]) -> ImpiantoComune:
    if not isinstance(chiave, str) or not SLUG.fullmatch(chiave):
        elenco.errore(chiave, f"chiave non ammessa {mostra(chiave)} (minuscole, cifre e trattini)")
    nodo = elenco.nodo(chiave, obbligatorio=True) or Nodo({}, elenco.sotto(chiave), problemi)
    comune = ImpiantoComune(
        chiave=str(chiave)[:60],
        nome=nodo.testo("nome", obbligatorio=True, massimo=80),
        cap=nodo.testo("cap", forma=CAP, esempio="38057"),
        provincia=nodo.testo("provincia", forma=PROVINCIA, esempio="TN"),
        latitudine=nodo.numero("latitudine", massimo=Decimal(90), decimali=5),
        longitudine=nodo.numero("longitudine", massimo=Decimal(180), decimali=5),
    )
    if (comune.latitudine is None) != (comune.longitudine is None):
        nodo.errore("longitudine", "servono sia la latitudine sia la longitudine, o nessuna")
    nodo.chiudi()
    return comune
