"""A convention as it may leave the portal: what is reserved to card holders is not in it. The public reads this."""

from dataclasses import dataclass
from datetime import date

from cura import scheda as comune
from cura.scheda import Luogo, comuni_in_breve
from cura.solleciti import da_verificare_dal

from .validita import Vigenza, da_confermare_dal

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
class Scheda(comune.Scheda):
    """The public convention. `riservata`: its terms are for card holders, and this says only that there are.

    `risposta` is the day on which its partner last said whether it is still right.
    """

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
    firmata_il: date | None = None
    risposta: date | None = None

    @property
    def dove(self) -> str:
        """The municipalities of its places, in a line."""
        return ", ".join([*comuni_in_breve(self.luoghi), *(["on line"] if self.on_line else [])])

    @property
    def in_breve(self) -> str:
        """The first thing offered, for lists."""
        if self.riservata:
            return "Condizioni per chi ha la card"
        return str(self.offerte[0]) if self.offerte else ""

    def da_verificare(self, giorno: date) -> bool:
        """Whether on `giorno` its partner has not confirmed it for so long that the public is told."""
        dal = da_confermare_dal(self.vigenza(self.firmata_il, None), self.risposta, giorno)
        return dal is not None and da_verificare_dal(dal) <= giorno

    def vigenza(self, firmata_il: date | None, cessata_il: date | None) -> Vigenza:
        return Vigenza(self.inizio, self.fine, self.tacito, 0, firmata_il, cessata_il)
