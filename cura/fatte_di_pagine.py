"""Pages that are found and no more: no list, no sheet of their own beyond title, summary and text."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from .dichiarazione import CONTESTO, SOMMARIO, TESTO, TITOLO, Cura, senza_tag
from .scheda import Scheda


@dataclass(frozen=True)
class SchedaDiPagina(Scheda):
    """`giorno` is its date, where it has one; `fine` its last day."""

    giorno: date | None = None
    fine: date | None = None


class CuraDiPagina(Cura):
    """A type of page in the search of the whole site."""

    scheda = SchedaDiPagina

    def __init__(
        self,
        ambito: str,
        modello: type[Page],
        uno: str,
        molti: str,
        testi: tuple[str, ...] = (),
        contesto: tuple[str, ...] = (),
        rilievo: float = 0.9,
        valori: tuple[tuple[str, str], ...] = (),
    ):
        """`testi` are the fields where words count as in a text, `contesto` those where they count more; `valori` the
        facts that are so of every page of this type."""
        self.ambito, self.modello, self.uno, self.molti, self.rilievo = ambito, modello, uno, molti, rilievo
        self.nome = self.molti[:1].upper() + self.molti[1:]
        self.nessuno = f"Niente tra le pagine: {molti}"
        self.campi_di_testo, self.campi_di_contesto, self.di_ogni_pagina = testi, contesto, valori

    def crea_scheda(self, pagina, organizzazione):
        riserve = (getattr(pagina, campo) for campo in ("sommario", *pagina.sommari_di_riserva, "search_description"))
        giorno, fine = getattr(pagina, "data", None), getattr(pagina, "data_fine", None)
        return SchedaDiPagina(pagina.title, next((s for s in riserve if s), ""), giorno, fine or giorno)

    def valori(self, pagina, scheda, cornice):
        return {*self.di_ogni_pagina}

    def testi(self, pagina, scheda):
        return {
            TITOLO: [scheda.nome],
            SOMMARIO: [scheda.sommario],
            CONTESTO: [testo_di(pagina, campo) for campo in self.campi_di_contesto],
            TESTO: [testo_di(pagina, campo) for campo in self.campi_di_testo],
        }

    def scelte(self, nomi, trovabili):
        return {}

    def riga(self, voce, oggi):
        return voce.contenuto

    def merito(self, scheda, oggi):
        """What is over comes later, and what is old a little."""
        if scheda.giorno is None:
            return 1.0
        passati = (oggi - (scheda.fine or scheda.giorno)).days
        return 1.0 if passati <= 0 else 0.85 if passati <= 90 else 0.7


def testo_di(pagina: Any, campo: str) -> str:
    """The words of a field, whatever it is made of."""
    valore = getattr(pagina, campo)
    dichiarato = type(pagina)._meta.get_field(campo)
    if isinstance(dichiarato, StreamField):
        return senza_tag(" ".join(dichiarato.get_searchable_content(valore)))
    return senza_tag(valore or "") if isinstance(dichiarato, RichTextField) else str(valore or "")
