"""What changed between two readings of the same thing: the files of two packages, the facts of a document. Pure."""

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

Chiave = TypeVar("Chiave", bound=Hashable)
NOMI = ("data", "codice", "titolo", "nome", "area", "anno", "mese", "indicatore", "parte", "che_cosa")
"""What tells a thing of a list from the others, of what it says of itself."""
DI_PERSONE = "persone_coinvolte"
"""What names persons: that it changed is said, not what it was."""
LUNGO = 200


@dataclass(frozen=True)
class Cambiamento:
    """A thing that was not there before, or is not any more, or is another: `prima` and `dopo` say which."""

    chiave: Any
    che_cosa: str
    prima: str = ""
    dopo: str = ""


def differenze(prima: Mapping[Chiave, str | None], dopo: Mapping[Chiave, str | None]) -> list[Cambiamento]:
    """What changed from a reading to the one after, in the order of their keys."""
    return [
        Cambiamento(chiave, che_cosa, prima.get(chiave) or "", dopo.get(chiave) or "")
        for chiave in sorted({*prima, *dopo})  # type: ignore[type-var]
        if (che_cosa := _cambio(chiave in prima, chiave in dopo, prima.get(chiave) == dopo.get(chiave)))
    ]


def _cambio(era: bool, e_ora: bool, uguale: bool) -> str:
    if era and e_ora:
        return "" if uguale else "è cambiato"
    return "è nuovo" if e_ora else "non c'è più"


def fatti_in_breve(dati: Mapping[str, Any]) -> dict[str, str]:
    """What a document says, one entry for each thing of each of its lists: where it stands, and what it says there.

    The day on which it was read is no fact.
    """
    return dict(_di(dati, ()))


def _di(cosa: Mapping[str, Any], dove: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    semplici = {nome: valore for nome, valore in cosa.items() if not _e_elenco(valore) and not isinstance(valore, dict)}
    if not dove:
        semplici.pop("al", None)
    yield " › ".join(dove) or "In breve", _detto(semplici)
    for nome, valore in cosa.items():
        if isinstance(valore, dict):
            yield from _di(valore, (*dove, _in_parole(nome)))
        elif _e_elenco(valore):
            visti: Counter[str] = Counter()
            for uno in valore:
                suo = " ".join(str(uno[campo]) for campo in NOMI if uno.get(campo)) or _in_parole(nome)
                visti[suo] += 1
                suo = f"{suo} ({visti[suo]})" if visti[suo] > 1 else suo
                yield from _di(uno, (*dove, suo) if "codice" in uno else (*dove, _in_parole(nome), suo))


def _e_elenco(valore: Any) -> bool:
    return isinstance(valore, list | tuple) and bool(valore) and all(isinstance(uno, dict) for uno in valore)


def _detto(semplici: Mapping[str, Any]) -> str:
    """The values that do not name the thing, in words; what is long, or names persons, ends in its fingerprint."""
    detti = [
        f"{_in_parole(nome)} {_valore(valore)}"
        for nome, valore in semplici.items()
        if nome not in NOMI and nome != DI_PERSONE and valore not in (None, "", [], ())
    ]
    testo, persone = "; ".join(detti), str(semplici.get(DI_PERSONE) or "")
    if len(testo) > LUNGO or persone:
        segno = hashlib.sha256(f"{testo}\0{persone}".encode()).hexdigest()[:8]
        testo = f"{testo[:LUNGO].rstrip()}… [{segno}]" if len(testo) > LUNGO else f"{testo} [{segno}]"
    return testo


def _valore(valore: Any) -> str:
    if isinstance(valore, list | tuple):
        return ", ".join(map(str, valore))
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, Decimal) and valore == valore.to_integral_value():
        return str(int(valore))
    return str(valore)


def _in_parole(nome: str) -> str:
    return nome.replace("_", " ")
