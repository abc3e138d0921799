"""What a cell of the sheet says: texts that people read and write, and the values behind them.

More than one value goes one to a line. A value of more parts is `nome: valore | nome: valore`; a bar, a backslash or a
line break inside a part is written `\\|`, `\\\\`, `\\n`. For every writer there is a reader that gives the same back.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from base.formati.caratteri import con_trattini
from base.formati.date_scritte import DataNonValida, leggi_data
from base.formati.schema import mostra

from ..eta import MASSIMO_MESI
from .ore import CellaNonValida, leggi_orari, scrivi_orari  # noqa: F401  (the hours are cells too)

SI = "sì"
_VERI = ("sì", "si", "sì'", "si'", "s", "x", "✓", "✔", "☑", "✅", "vero", "true", "1")
_FALSI = ("no", "n", "✗", "✘", "☐", "❌", "falso", "false", "0", "")
_ETA = re.compile(r"(?:(\d{1,3}) ?ann[io])?(?: ?e? ?(\d{1,4}) ?mes[ei])?")
_EURO = re.compile(r"^(?:€|euro|eur)\s*|\s*(?:€|euro|eur)$")
_IMPORTO = re.compile(r"(\d{1,6}|\d{1,3}(?:[ .']\d{3})+)(?:,(\d{1,2}))?|(\d{1,6}|\d{1,3}(?:,\d{3})+)\.(\d{1,2})")
_DUE_MODI = re.compile(r"\d{1,3}[.,]\d{3}")
_COORDINATA = re.compile(r"-?\d{1,3}([.,]\d{1,15})?")
_SITO = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Parte:
    """A part of a value: how the sheet calls it, the field that it fills, and what kind of value it is (one of
    `LETTORI`, or `scelta:` and the values that it may have)."""

    nome: str
    campo: str
    tipo: str = "testo"


def scrivi_parti(valore: Mapping[str, object], parti: Iterable[Parte]) -> str:
    """One value of more parts, in a line; the empty ones are left out."""
    testi = [(parte.nome, scrivi(parte.tipo, valore.get(parte.campo))) for parte in parti]
    return " | ".join(f"{nome}: {_protetto(testo)}" for nome, testo in testi if testo)


def leggi_parti(riga: str, parti: Iterable[Parte]) -> dict[str, object]:
    """The fields that a line of `scrivi_parti` fills. Raises `CellaNonValida`."""
    per_nome = {parte.nome: parte for parte in parti}
    letti: dict[str, object] = {}
    for pezzo in _segnaposto(riga).split("|"):
        nome, due_punti, testo = pezzo.partition(":")
        parte = per_nome.get(nome.strip().lower())
        if not due_punti or parte is None:
            nomi = ", ".join(per_nome)
            raise CellaNonValida(f"«{_scoperto(pezzo).strip()}» non si capisce: si scrive «nome: valore», con {nomi}")
        if parte.campo in letti:
            raise CellaNonValida(f"«{parte.nome}» è scritto due volte")
        try:
            letti[parte.campo] = leggi(parte.tipo, _scoperto(testo).strip())
        except CellaNonValida as errore:
            raise CellaNonValida(f"{parte.nome}: {errore}") from None
    return letti


_COPERTI = {"\\\\": "\x00", "\\|": "\x01", "\\n": "\x02"}
_SCOPERTI = {"\x00": "\\", "\x01": "|", "\x02": "\n"}


def _protetto(testo: str) -> str:
    return testo.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _segnaposto(riga: str) -> str:
    return re.sub(r"\\[\\|n]", lambda trovato: _COPERTI[trovato[0]], riga)


def _scoperto(testo: str) -> str:
    return "".join(_SCOPERTI.get(c, c) for c in testo)


def scrivi(tipo: str, valore: object) -> str:
    """A value, as JSON keeps it, in a cell; nothing where there is none."""
    if valore is None or valore == "" or valore is False:
        return ""
    if tipo == "si_no":
        return SI
    if tipo == "data":
        return f"{date.fromisoformat(str(valore)):%d/%m/%Y}"
    if tipo in ("importo", "coordinata"):
        return str(valore).replace(".", ",")
    if tipo == "eta":
        mesi = int(str(valore))
        return f"{mesi // 12} anni" if mesi % 12 == 0 else f"{mesi} mesi"
    return str(valore).replace("\r\n", "\n").replace("\r", "\n").strip()


def leggi(tipo: str, testo: str) -> object:
    """The value that a cell writes. Raises `CellaNonValida`."""
    if tipo == "testo":
        return testo
    if tipo == "si_no":
        return _si_no(testo)
    if not testo:
        return "" if tipo.startswith("scelta:") else None
    if tipo.startswith("scelta:"):
        return _scelta(testo, tipo.removeprefix("scelta:").split(","))
    return _LETTORI[tipo](testo)


def _si_no(testo: str) -> bool:
    basso = testo.lower().replace("’", "'")
    if basso in _VERI:
        return True
    if basso in _FALSI:
        return False
    raise CellaNonValida(f"si scrive sì o no, non {mostra(testo)}")


def _scelta(testo: str, ammessi: list[str]) -> str:
    chiave = testo.lower().replace(" ", "_")
    if chiave not in ammessi:
        raise CellaNonValida(f"{mostra(testo)} non è tra i valori ammessi: {', '.join(ammessi)}")
    return chiave


def _data(testo: str) -> date:
    try:
        return leggi_data(testo)
    except DataNonValida as errore:
        raise CellaNonValida(str(errore)) from None


def _importo(testo: str) -> Decimal:
    pulito = _EURO.sub("", testo.lower())
    if _DUE_MODI.fullmatch(pulito):
        intero = re.sub("[.,]", "", pulito)
        raise CellaNonValida(f"{mostra(testo)} si legge in due modi: scrivi {intero},00 o solo due decimali")
    parti = _IMPORTO.fullmatch(pulito)
    if not parti:
        raise CellaNonValida(f"{mostra(testo)} non è un importo: si scrive 12,50")
    importo = Decimal(f"{re.sub('[^0-9]', '', parti[1] or parti[3])}.{parti[2] or parti[4] or 0}")
    if importo >= 1_000_000:
        raise CellaNonValida(f"{mostra(testo)} è troppo: al massimo 999.999,99")
    return importo.quantize(Decimal("0.01"))


def _coordinata(testo: str) -> Decimal:
    scritta = con_trattini(testo)
    if not _COORDINATA.fullmatch(scritta):
        raise CellaNonValida(f"{mostra(testo)} non è una coordinata: si scrive 46,06123")
    return Decimal(scritta.replace(",", ".")).quantize(Decimal("0.00001"))


def _eta(testo: str) -> int:
    parti = _ETA.fullmatch(testo.lower())
    if testo == "0":
        return 0
    if testo.isdecimal():
        raise CellaNonValida(f"{mostra(testo)} si legge in due modi: scrivi {testo[:4]} anni oppure {testo[:4]} mesi")
    mesi = int(parti[1] or 0) * 12 + int(parti[2] or 0) if parti else 0
    if not parti or mesi > MASSIMO_MESI:
        raise CellaNonValida(f"{mostra(testo)} non è un'età: si scrive 6 anni, oppure 18 mesi, una per colonna")
    return mesi


def _sito(testo: str) -> str:
    """An address as a browser wants it; without `https://` it may be left out."""
    return f"https://{testo}" if _SITO.fullmatch(testo) else testo


_LETTORI = {"data": _data, "importo": _importo, "coordinata": _coordinata, "eta": _eta, "sito": _sito}
