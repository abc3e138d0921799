"""Reading a structured file strictly: every wrong key is reported with its path, all at once."""

import difflib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
IN_PAROLE = {2: "due", 5: "cinque"}
GIORNO = re.compile(r"\d{4}-\d{2}-\d{2}")
URL = re.compile(r"https?://[^\s/?#]+\.[^\s]+")


@dataclass(frozen=True)
class Problema:
    """What is wrong, and where (`progettualita[3].criteri[1].regola`)."""

    percorso: str
    motivo: str

    def __str__(self):
        return f"{self.percorso}: {self.motivo}" if self.percorso else self.motivo

    @property
    def riga(self) -> int:
        """The number of the row that it is about, by which problems are put in order; 0 of the whole file."""
        trovata = re.match(r"riga (\d+)", self.percorso)
        return int(trovata[1]) if trovata else 0


class FileNonValido(ValueError):
    """A file that cannot be used; `problemi` says everything that is wrong with it."""

    def __init__(self, problemi: Iterable[Problema]):
        self.problemi = list(problemi)
        super().__init__("\n".join(str(problema) for problema in self.problemi))


def mostra(valore) -> str:
    """A value as the reader of a message recognises it, cut when long."""
    testo = valore.isoformat() if isinstance(valore, date) else str(valore)
    return f"«{testo[:60]}…»" if len(testo) > 60 else f"«{testo}»"


class Nodo:
    """One mapping of the file. Each key is asked for by its type; `chiudi` reports the keys never asked for.

    A wrong or missing value is added to `problemi` and read as its empty value, so that reading goes on.
    Lists are counted from 0.
    """

    def __init__(self, valore, percorso: str, problemi: list[Problema]):
        self.percorso = percorso
        self.problemi = problemi
        self.leggibile = isinstance(valore, dict)
        self._valori = valore if self.leggibile else {}
        self._chieste: set = set()
        if not self.leggibile:
            problemi.append(Problema(percorso, "qui serve un gruppo di voci «chiave: valore»"))

    def sotto(self, chiave) -> str:
        """The path of `chiave`."""
        return f"{self.percorso}.{chiave}" if self.percorso else str(chiave)

    def errore(self, chiave, motivo: str) -> None:
        self.problemi.append(Problema(self.sotto(chiave), motivo))

    def ha(self, chiave) -> bool:
        """Whether `chiave` has a value other than null."""
        return self._valori.get(chiave) is not None

    def grezzo(self, chiave):
        """The value as the file has it, for a key of more than one type; it does not count as asked for."""
        return self._valori.get(chiave)

    def _prendi(self, chiave, obbligatorio: bool):
        self._chieste.add(chiave)
        valore = self._valori.get(chiave)
        if obbligatorio and self.leggibile and (valore is None or valore == ""):
            self.errore(chiave, "valore mancante")
        return valore

    def testo(self, chiave, *, obbligatorio=False, massimo=250, forma: re.Pattern | None = None, esempio="") -> str:
        """A text; a number is accepted and read as written (`numero: 70`)."""
        valore = self._prendi(chiave, obbligatorio)
        if valore is None:
            return ""
        if isinstance(valore, bool) or not isinstance(valore, str | int):
            self.errore(chiave, f"qui serve un testo, non {mostra(valore)}")
            return ""
        testo = str(valore).strip()
        if len(testo) > massimo:
            self.errore(chiave, f"testo troppo lungo: {len(testo)} caratteri, al massimo {massimo}")
        elif forma and testo and not forma.fullmatch(testo):
            suggerimento = f" (per esempio: {esempio})" if esempio else ""
            self.errore(chiave, f"valore non ammesso {mostra(testo)}{suggerimento}")
        return testo

    def scelta(self, chiave, ammessi: Iterable[str], *, obbligatorio=False) -> str:
        """One of the texts in `ammessi`."""
        valore = self._prendi(chiave, obbligatorio)
        ammessi = list(ammessi)
        if valore is None or valore == "":
            return ""
        if not isinstance(valore, str) or valore not in ammessi:
            self.errore(chiave, f"valore non ammesso {mostra(valore)} (ammessi: {', '.join(ammessi)})")
            return ""
        return valore

    def vero(self, chiave) -> bool | None:
        """True, false, or None when the file does not say."""
        valore = self._prendi(chiave, False)
        if valore is not None and not isinstance(valore, bool):
            self.errore(chiave, f"qui serve true o false, non {mostra(valore)}")
            return None
        return valore

    def intero(self, chiave, *, obbligatorio=False, minimo=0, massimo=32767) -> int | None:
        valore = self._prendi(chiave, obbligatorio)
        if valore is None:
            return None
        if isinstance(valore, bool) or not isinstance(valore, int):
            self.errore(chiave, f"qui serve un numero intero, non {mostra(valore)}")
            return None
        if not minimo <= valore <= massimo:
            self.errore(chiave, f"valore non ammesso {mostra(valore)} (da {minimo} a {massimo})")
            return None
        return valore

    def numero(
        self, chiave, *, obbligatorio=False, oltre=None, massimo=Decimal("9999999999.99"), decimali=2
    ) -> Decimal | None:
        """A number ≥ 0 (or > `oltre`) with at most so many decimals."""
        valore = self._prendi(chiave, obbligatorio)
        if valore is None:
            return None
        if isinstance(valore, bool) or not isinstance(valore, int | float):
            self.errore(chiave, f"qui serve un numero, non {mostra(valore)}")
            return None
        numero = Decimal(str(valore))
        if not numero.is_finite() or numero < 0 or numero > massimo or (oltre is not None and numero <= oltre):
            limite = f"più di {oltre}" if oltre is not None else "almeno 0"
            self.errore(chiave, f"valore non ammesso {mostra(valore)} ({limite}, al massimo {massimo})")
            return None
        if numero != round(numero, decimali):
            massimi = IN_PAROLE.get(decimali, decimali)
            self.errore(chiave, f"valore non ammesso {mostra(valore)} (al massimo {massimi} decimali)")
            return None
        return numero

    def data(self, chiave, *, obbligatorio=False) -> date | None:
        """A day, written `2025-12-31`; between quotes too, as JSON has it."""
        valore = self._prendi(chiave, obbligatorio)
        if isinstance(valore, str) and GIORNO.fullmatch(valore):
            with suppress(ValueError):
                valore = date.fromisoformat(valore)
        if valore is None:
            return None
        if isinstance(valore, datetime) or not isinstance(valore, date):
            self.errore(chiave, f"data non valida {mostra(valore)} (si scrive anno-mese-giorno: 2025-12-31)")
            return None
        return valore

    def _elenco(self, chiave, obbligatorio: bool, vuoto: bool = False) -> list:
        valore = self._prendi(chiave, obbligatorio)
        if valore is None:
            return []
        if not isinstance(valore, list):
            self.errore(chiave, f"qui serve un elenco, non {mostra(valore)}")
            return []
        if obbligatorio and not valore and not vuoto:
            self.errore(chiave, "l'elenco è vuoto")
        return valore

    def testi(
        self,
        chiave,
        *,
        obbligatorio=False,
        massimo=250,
        forma: re.Pattern | None = None,
        ammessi: Iterable[str] | None = None,
        ignoto="valore non ammesso",
    ) -> tuple[str, ...]:
        """A list of different texts, all in `ammessi` when given; `ignoto` says what one outside it is."""
        letti: list[str] = []
        for indice, valore in enumerate(self._elenco(chiave, obbligatorio)):
            if not isinstance(valore, str) or not valore.strip():
                self.errore(f"{chiave}[{indice}]", f"qui serve un testo, non {mostra(valore)}")
            elif len(valore) > massimo or (forma and not forma.fullmatch(valore)):
                self.errore(f"{chiave}[{indice}]", f"valore non ammesso {mostra(valore)}")
            elif valore in letti:
                self.errore(f"{chiave}[{indice}]", f"{mostra(valore)} è ripetuto")
            elif ammessi is not None and valore not in ammessi:
                self.errore(f"{chiave}[{indice}]", f"{ignoto} {mostra(valore)}")
            else:
                letti.append(valore)
        return tuple(letti)

    def nodo(self, chiave, *, obbligatorio=False) -> "Nodo | None":
        """The mapping under `chiave`, or None when it is missing."""
        valore = self._prendi(chiave, obbligatorio)
        return None if valore is None else Nodo(valore, self.sotto(chiave), self.problemi)

    def nodi(self, chiave, *, obbligatorio=False, vuoto=False) -> "list[Nodo]":
        """The mappings listed under `chiave`; with `vuoto` a list that must be there may have none."""
        return [
            Nodo(valore, f"{self.sotto(chiave)}[{indice}]", self.problemi)
            for indice, valore in enumerate(self._elenco(chiave, obbligatorio, vuoto))
        ]

    def chiavi(self) -> list:
        """Every key, for a mapping whose keys are data."""
        return list(self._valori)

    def chiudi(self) -> None:
        """Report every key that nobody asked for, with the one that was probably meant."""
        attese = [str(chiave) for chiave in self._chieste]
        for chiave in self._valori:
            if chiave not in self._chieste:
                simili = difflib.get_close_matches(str(chiave), attese, n=1, cutoff=0.7)
                self.errore(chiave, "chiave sconosciuta" + (f": forse «{simili[0]}»?" if simili else ""))


def unici(voci: Iterable[tuple[str, str, object]], problemi: list[Problema]) -> None:
    """Report every value that comes twice among `voci`: (path, what it is, value); empty values are skipped."""
    visti: dict = {}
    for percorso, nome, valore in voci:
        usato = "già usata" if nome.startswith("la ") else "già usato"
        if valore in ("", None):
            continue
        if valore in visti:
            problemi.append(Problema(percorso, f"{nome} {mostra(valore)} {usato} in {visti[valore]}"))
        else:
            visti[valore] = percorso
