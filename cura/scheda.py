"""A published entry as it may leave the portal, and its passage through JSON. Each app adds its own fields."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, time
from typing import Any, Self, get_args, get_origin
from urllib.parse import quote, urlencode

from base.formati.telefoni import leggibili

MAPPA = "https://www.openstreetmap.org"


@dataclass(frozen=True)
class Nome:
    """A value of a facet: its key in addresses and its name."""

    chiave: str
    nome: str


@dataclass(frozen=True)
class Luogo:
    """A place that may be told. Latitude and longitude are decimal texts, both empty while nobody said them."""

    nome: str = ""
    indirizzo: str = ""
    comune: Nome | None = None
    latitudine: str = ""
    longitudine: str = ""

    @property
    def via(self) -> str:
        """The address in a line, without the name of the place."""
        return ", ".join(filter(None, [self.indirizzo, self.comune.nome if self.comune else ""]))

    @property
    def geo(self) -> str:
        """What opens the maps of a phone on it (RFC 5870); empty while nobody said where it is."""
        if self.latitudine and self.longitudine:
            punto = f"{self.latitudine},{self.longitudine}"
            return f"geo:{punto}?q={punto}({quote(self.nome or self.via)})"
        return f"geo:0,0?q={quote(self.via)}" if self.indirizzo else ""

    @property
    def strada(self) -> str:
        """Where OpenStreetMap shows the way: nobody is called until it is pressed."""
        if self.latitudine and self.longitudine:
            return f"{MAPPA}/directions?{urlencode({'to': f'{self.latitudine},{self.longitudine}'})}"
        return f"{MAPPA}/search?{urlencode({'query': self.via})}" if self.indirizzo else ""


@dataclass(frozen=True)
class Scheda:
    """The public sheet: what every kind of entry has. Values are texts, numbers, days, hours, tuples of them."""

    nome: str
    sommario: str = ""

    @classmethod
    def da_dati(cls, dati: dict[str, Any]) -> Self:
        """Read back what `come_dati` gave, also after a passage through JSON. Keys of other versions are left out."""
        return _leggi(cls, dati)

    def come_dati(self) -> dict[str, Any]:
        return asdict(self)


def subito(telefoni: Iterable[str], caselle: Iterable[str], luoghi: Sequence[Luogo]) -> dict[str, Any]:
    """The first number, mailbox and place, the one that can be reached before: what who has no time looks for."""
    return {
        "telefono": next((numero for telefono in telefoni for numero in leggibili(telefono)), None),
        "email": next(filter(None, caselle), ""),
        "luogo": next((luogo for luogo in luoghi if luogo.strada), next(iter(luoghi), None)),
    }


def comuni_in_breve(luoghi: tuple[Luogo, ...]) -> list[str]:
    """The municipalities of `luoghi`, each once; beyond three, two and how many others."""
    comuni = list(dict.fromkeys(luogo.comune.nome for luogo in luoghi if luogo.comune and luogo.comune.nome))
    return [*comuni[:2], f"altri {len(comuni) - 2} comuni"] if len(comuni) > 3 else comuni


def _leggi(tipo: Any, dati: dict[str, Any]) -> Any:
    """An instance of the dataclass `tipo` from plain data."""
    return tipo(**{campo.name: _valore(campo.type, dati[campo.name]) for campo in fields(tipo) if campo.name in dati})


def _valore(tipo: Any, valore: Any) -> Any:
    if get_origin(tipo) is tuple:
        return tuple(_valore(get_args(tipo)[0], voce) for voce in valore)
    scelte = [t for t in get_args(tipo) if t is not type(None)]
    tipo = scelte[0] if scelte else tipo
    if isinstance(valore, dict):
        return _leggi(tipo, valore)
    if tipo in (date, time) and isinstance(valore, str):
        return tipo.fromisoformat(valore)
    return valore
