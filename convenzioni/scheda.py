"""A convention as it may leave the portal: what is reserved to card holders is not in it. The public reads this."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, get_args, get_origin

from .validita import Termini

SU = {"il": "sul", "lo": "sullo", "la": "sulla", "l": "sull", "i": "sui", "gli": "sugli", "le": "sulle"}
"""What "su" becomes before an article."""


@dataclass(frozen=True)
class Offerta:
    """What is offered, in words: "10% di sconto sugli occhiali", "40 euro per ogni incontro"."""

    quanto: str
    su: str = ""
    parola: str = "su"

    def __str__(self):
        if not self.su:
            return self.quanto
        if not self.parola:
            return f"{self.quanto} {self.su}"
        if self.parola != "su":
            return f"{self.quanto} {self.parola} {self.su}"
        articolo, apostrofo, resto = self.su.partition("'") if self.su[:2].lower() == "l'" else self.su.partition(" ")
        su = SU.get(articolo.lower()) if resto else None
        return f"{self.quanto} {su}{apostrofo}{resto}" if su else f"{self.quanto} su {self.su}"


@dataclass(frozen=True)
class Luogo:
    comune: str
    chiave: str
    nome: str = ""
    indirizzo: str = ""
    latitudine: str = ""
    longitudine: str = ""


@dataclass(frozen=True)
class Scheda:
    """The public convention. `riservata`: its terms are for card holders, and this says only that there are."""

    nome: str
    sommario: str = ""
    partner: str = ""
    categoria: str = ""
    categoria_nome: str = ""
    organizzazione: str = ""
    testo: str = ""
    offerte: tuple[Offerta, ...] = ()
    esclusioni: str = ""
    cumulabile: str = ""
    riservata: bool = False
    per: tuple[str, ...] = ()
    per_nomi: tuple[str, ...] = ()
    aderenti: tuple[str, ...] = ()
    aziende_esterne: str = ""
    come: str = ""
    luoghi: tuple[Luogo, ...] = ()
    on_line: bool = False
    orari: str = ""
    telefono: str = ""
    email: str = ""
    sito: str = ""
    inizio: date = date.min
    fine: date | None = None
    tacito: bool = False
    rinnovo: bool = False

    @classmethod
    def da_dati(cls, dati: dict) -> "Scheda":
        """Read back what `come_dati` gave, also after a passage through JSON. Keys of other versions are left out."""
        return _leggi(cls, dati)

    def come_dati(self) -> dict:
        return asdict(self)

    @property
    def dove(self) -> str:
        """The municipalities of its places, in a line."""
        comuni = list(dict.fromkeys(luogo.comune for luogo in self.luoghi if luogo.comune))
        return ", ".join([*comuni, *(["on line"] if self.on_line else [])])

    @property
    def in_breve(self) -> str:
        """The first thing offered, for lists."""
        if self.riservata:
            return "Condizioni per chi ha la card"
        return str(self.offerte[0]) if self.offerte else ""

    def termini(self, firmata_il: date | None, ritirata_il: date | None) -> Termini:
        return Termini(self.inizio, self.fine, self.tacito, 0, firmata_il, ritirata_il)


def _leggi(tipo: Any, dati: dict) -> Any:
    """An instance of the dataclass `tipo` from plain data."""
    return tipo(**{campo.name: _valore(campo.type, dati[campo.name]) for campo in fields(tipo) if campo.name in dati})


def _valore(tipo: Any, valore: Any) -> Any:
    if get_origin(tipo) is tuple:
        return tuple(_valore(get_args(tipo)[0], voce) for voce in valore)
    scelte = [t for t in get_args(tipo) if t is not type(None)]
    tipo = scelte[0] if scelte else tipo
    if isinstance(valore, dict):
        return _leggi(tipo, valore)
    return date.fromisoformat(valore) if tipo is date and isinstance(valore, str) else valore
