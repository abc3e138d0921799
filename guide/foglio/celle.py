"""What a cell of the sheet says: texts that people read and write, and the values behind them.

More than one value goes one to a line. A value of more parts is `nome: valore | nome: valore`; a bar, a backslash or a
line break inside a part is written `\\|`, `\\\\`, `\\n`. For every writer there is a reader that gives the same back.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from ..eta import MASSIMO_MESI

GIORNI = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
SI, NO = "sì", "no"
_ORA = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_ETA = re.compile(r"(\d{1,4})\s*(anni|anno|mesi|mese)?")
_DATA_ITALIANA = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DATA_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_IMPORTO = re.compile(r"\d{1,6}([.,]\d{1,2})?")
_COORDINATA = re.compile(r"-?\d{1,3}([.,]\d{1,5})?")


class CellaNonValida(ValueError):
    """The text says, in Italian, what is wrong with a cell."""


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
    return {"data": _data, "importo": _importo, "coordinata": _coordinata, "eta": _eta}[tipo](testo)


def _si_no(testo: str) -> bool:
    basso = testo.lower()
    if basso in ("sì", "si", "s", "x", "vero", "true", "1"):
        return True
    if basso in ("no", "n", "falso", "false", "0", ""):
        return False
    raise CellaNonValida(f"si scrive sì o no, non «{testo}»")


def _scelta(testo: str, ammessi: list[str]) -> str:
    if testo.lower() not in ammessi:
        raise CellaNonValida(f"«{testo}» non è tra i valori ammessi: {', '.join(ammessi)}")
    return testo.lower()


def _data(testo: str) -> date:
    if parti := _DATA_ITALIANA.fullmatch(testo):
        giorno, mese, anno = parti.groups()
    elif parti := _DATA_ISO.fullmatch(testo):
        anno, mese, giorno = parti.groups()
    else:
        raise CellaNonValida(f"«{testo}» non è una data: si scrive 31/12/2026")
    try:
        return date(int(anno), int(mese), int(giorno))
    except ValueError:
        raise CellaNonValida(f"la data «{testo}» non esiste") from None


def _importo(testo: str) -> Decimal:
    pulito = testo.removesuffix("€").removesuffix("euro").strip()
    if not _IMPORTO.fullmatch(pulito):
        raise CellaNonValida(f"«{testo}» non è un importo: si scrive 12,50")
    return Decimal(pulito.replace(",", ".")).quantize(Decimal("0.01"))


def _coordinata(testo: str) -> Decimal:
    if not _COORDINATA.fullmatch(testo):
        raise CellaNonValida(f"«{testo}» non è una coordinata: si scrive 46,06123")
    return Decimal(testo.replace(",", ".")).quantize(Decimal("0.00001"))


def _eta(testo: str) -> int:
    parti = _ETA.fullmatch(testo.lower())
    mesi = int(parti[1]) * (1 if (parti[2] or "anni").startswith("mes") else 12) if parti else 0
    if not parti or mesi > MASSIMO_MESI:
        raise CellaNonValida(f"«{testo}» non è un'età: si scrive 6 anni, oppure 18 mesi")
    return mesi


def scrivi_orari(fasce: Iterable[tuple[int, time, time]]) -> str:
    """`lun 09:00-12:00, 14:00-18:00`, a line for each run of hours of the same day, in their order."""
    righe: list[tuple[int, list[str]]] = []
    for giorno, dalle, alle in fasce:
        ore = f"{dalle:%H:%M}-{alle:%H:%M}"
        if righe and righe[-1][0] == giorno:
            righe[-1][1].append(ore)
        else:
            righe.append((giorno, [ore]))
    return "\n".join(f"{GIORNI[giorno]} {', '.join(ore)}" for giorno, ore in righe)


def leggi_orari(testo: str) -> list[tuple[int, time, time]]:
    """The hours in the lines of `scrivi_orari`; `lun-ven 9-12` is every day from the first to the last."""
    return [fascia for riga in testo.splitlines() if riga.strip() for fascia in _orari_della_riga(riga)]


def _orari_della_riga(riga: str) -> list[tuple[int, time, time]]:
    giorni, _, ore = riga.strip().lower().partition(" ")
    primo, _, ultimo = giorni.partition("-")
    try:
        da, a = GIORNI.index(primo[:3]), GIORNI.index((ultimo or primo)[:3])
        fasce = [tuple(_ora(parte) for parte in fascia.split("-")) for fascia in ore.split(",")]
        if a < da or any(len(fascia) != 2 for fascia in fasce):
            raise ValueError
    except ValueError:
        raise CellaNonValida(f"«{riga.strip()}» non è un orario: si scrive lun-ven 9:00-12:30, 14-18") from None
    return [(giorno, dalle, alle) for giorno in range(da, a + 1) for dalle, alle in fasce]


def _ora(testo: str) -> time:
    parti = _ORA.fullmatch(testo.strip())
    if not parti:
        raise ValueError(testo)
    ore = 0 if parti[1] == "24" and not int(parti[2] or 0) else int(parti[1])
    return time(ore, int(parti[2] or 0))


def leggi_elenco(testo: str) -> list[str]:
    """Keys parted by commas, semicolons, spaces or lines, each once."""
    return list(dict.fromkeys(re.split(r"[,;\s]+", testo.strip()))) if testo.strip() else []
