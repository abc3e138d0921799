"""The register of the kinds of entries that are looked after: each app adds its own in `AppConfig.ready`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .dichiarazione import Cura

_registro: dict[str, "Cura"] = {}


def registra(cura: "Cura") -> None:
    """Add a declaration; the same `ambito` twice keeps the last."""
    _registro[cura.ambito] = cura


def tutte() -> list["Cura"]:
    """Every declaration, in a stable order."""
    return [_registro[ambito] for ambito in sorted(_registro)]


def cura_di_ambito(ambito: str) -> "Cura":
    """The declaration of `ambito`. Raises `KeyError`."""
    return _registro[ambito]


def cura_di(modello: type) -> "Cura":
    """The declaration of the entries of this page type. Raises `LookupError`."""
    for cura in tutte():
        if issubclass(modello, cura.modello):
            return cura
    raise LookupError(f"Nobody declared how {modello.__name__} is looked after")


def cura_dell_elenco(pagina: object) -> "Cura":
    """The declaration whose entries `pagina`, an index page or a section, lists. Raises `LookupError`."""
    for cura in tutte():
        if cura.indice is not None and isinstance(pagina, (cura.indice, cura.sezione)):
            return cura
    raise LookupError(f"Nobody declared what {type(pagina).__name__} lists")
