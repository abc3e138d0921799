"""Weekly hours as people write them: `lun-ven 9-12:30 e 15-18`, `lun/mer/ven 9.00-12.00`, `dalle 9 alle 12`.

One grammar, of whole words: what it does not know, and what can be read in two ways, is refused with the reason. Days
are never guessed, nor lost.
"""

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise

from base.formati.caratteri import con_trattini, pulito
from base.formati.schema import mostra
from base.parole import senza_accenti

GIORNI = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
PER_INTERO = ("lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica")
_NUMERO_DEL_GIORNO = {nome: n for nomi in (GIORNI, PER_INTERO) for n, nome in enumerate(nomi)}
_GIORNO = "|".join(sorted(_NUMERO_DEL_GIORNO, key=len, reverse=True))
_ORA_SCRITTA = r"\d{1,2}(?:[:.]\d{2})?"
_TUTTI = r"tutti i giorni|ogni giorno"
_UNO_O_DA_A = rf"(?:{_GIORNO})\b(?:\s*(?:-|\ba\b|\bal\b|\balla\b)\s*(?:{_GIORNO})\b)?"
_TRA_GIORNI = r"\s*(?:,\s*e\b|[,/+&]|\be\b|\bed\b)\s*|\s+"
_DAVANTI = r"(?:(?:dal|dalla|da|il|la|i|ogni|tutti i)\s+)?"
_INTERVALLO = rf"(?:(?:dalle|dalle ore|ore|h)\s+)?{_ORA_SCRITTA}\s*(?:-|\balle ore\b|\balle\b)\s*{_ORA_SCRITTA}"
_SEMPRE = r"24 ore su 24|24 ore|h ?24|24 ?h|24/24"
_CHIUSO = r"chiuso|chiusa|riposo"
_TRA_ORE = r"\s*(?:,\s*e\b|[,/+&]|\be\b|\bed\b)\s*"
_GRUPPO = re.compile(
    rf"(?P<giorni>{_TUTTI}|{_DAVANTI}{_UNO_O_DA_A}(?:(?:{_TRA_GIORNI}){_DAVANTI}{_UNO_O_DA_A})*)\s*:?\s*"
    rf"(?P<ore>{_CHIUSO}|{_SEMPRE}|{_INTERVALLO}(?:{_TRA_ORE}{_INTERVALLO})*)(?:$|\s*(?:,\s*e\b|,|\be\b)\s*|\s+)"
)
_ELEMENTO = re.compile(rf"({_GIORNO})(?:\s*(?:-|a|al|alla)\s*({_GIORNO}))?\b")
_AMBIGUE = {
    "feriali": "«feriali» può voler dire da lunedì a venerdì o fino a sabato",
    "feriale": "«feriale» può voler dire da lunedì a venerdì o fino a sabato",
    "festivi": "gli orari sono dei giorni della settimana: scrivi «dom», e i festivi nelle note",
    "festivo": "gli orari sono dei giorni della settimana: scrivi «dom», e i festivi nelle note",
}

Fascia = tuple[int, time, time]


class CellaNonValida(ValueError):
    """The text says, in Italian, what is wrong with a cell."""


def leggi_orari(testo: str) -> list[Fascia]:
    """Day (0 is Monday), from and to of every run of hours in `testo`, where each line or `;` begins anew.

    24:00 is midnight; a day that is said to be closed has no hours. Raises `CellaNonValida`.
    """
    fasce: list[Fascia] = []
    chiusi: set[int] = set()
    for riga in re.split(r"[\n;]", testo):
        if riga.strip():
            for giorni, ore in _gruppi(riga):
                chiusi |= set() if ore else set(giorni)
                fasce += [(giorno, dalle, alle) for giorno in giorni for dalle, alle in ore]
    if contraddetti := sorted(chiusi & {giorno for giorno, _, _ in fasce}):
        raise CellaNonValida(f"«{GIORNI[contraddetti[0]]}» è scritto sia chiuso sia con un orario")
    if testo.strip() and not fasce:
        raise CellaNonValida("c'è scritto solo quando è chiuso: scrivi quando è aperto")
    return fasce


def scrivi_orari(fasce: Iterable[Fascia]) -> str:
    """`lun 09:00-12:00, 14:00-18:00`, a line for each run of hours of the same day, in their order."""
    righe: list[tuple[int, list[str]]] = []
    for giorno, dalle, alle in fasce:
        ore = f"{dalle:%H:%M}-{alle:%H:%M}"
        if righe and righe[-1][0] == giorno:
            righe[-1][1].append(ore)
        else:
            righe.append((giorno, [ore]))
    return "\n".join(f"{GIORNI[giorno]} {', '.join(ore)}" for giorno, ore in righe)


def _gruppi(riga: str) -> list[tuple[list[int], list[tuple[time, time]]]]:
    """The days and the hours of each group of the line."""
    # a point after a shortened day, accents, and the apostrophe that stands for one, say nothing more
    piana = re.sub(rf"\b({_GIORNO})[.'’]+", r"\1", senza_accenti(pulito(con_trattini(riga))))
    posto, gruppi = 0, []
    while posto < len(piana):
        trovato = _GRUPPO.match(piana, posto)
        if trovato is None:
            raise CellaNonValida(_perche_no(riga, piana))
        gruppi.append((_giorni(trovato["giorni"], riga), _ore(trovato["ore"], riga)))
        posto = trovato.end()
    return gruppi


def _perche_no(riga: str, piana: str) -> str:
    ambigua = next((_AMBIGUE[parola] for parola in re.findall(r"[a-z]+", piana) if parola in _AMBIGUE), "")
    if ambigua:
        return f"{ambigua}: scrivi i giorni, come lun-ven 9-12"
    if re.search(rf"\b(?:{_GIORNO})\s*-\s*(?:{_GIORNO})\s*-", piana):
        return f"{mostra(riga.strip())} si legge in due modi: scrivi lun-ven, oppure lun, mer, ven"
    return f"{mostra(riga.strip())} non è un orario: si scrive lun-ven 9:00-12:30, 14-18 (il resto va nelle note)"


def _giorni(testo: str, riga: str) -> list[int]:
    if re.fullmatch(_TUTTI, testo):
        return list(range(7))
    coppie = [(_NUMERO_DEL_GIORNO[m[1]], _NUMERO_DEL_GIORNO[m[2] or m[1]]) for m in _ELEMENTO.finditer(testo)]
    if any(ultimo < primo for primo, ultimo in coppie):
        raise CellaNonValida(f"in {mostra(riga.strip())} i giorni vanno all'indietro: scrivili uno per uno")
    barrati = re.fullmatch(rf"({_GIORNO})\s*/\s*({_GIORNO})", testo)
    if barrati and abs(_NUMERO_DEL_GIORNO[barrati[1]] - _NUMERO_DEL_GIORNO[barrati[2]]) > 1:
        motivo = f"scrivi {barrati[1][:3]}-{barrati[2][:3]} oppure {barrati[1][:3]}, {barrati[2][:3]}"
        raise CellaNonValida(f"{mostra(riga.strip())} si legge in due modi: {motivo}")
    if len(re.findall(r"\b(?:da|dal|dalla)\b", testo)) > len([m for m in _ELEMENTO.finditer(testo) if m[2]]):
        raise CellaNonValida(f"{mostra(riga.strip())} si legge in due modi: scrivi lun-ven, oppure lun, ven")
    giorni = [giorno for primo, ultimo in coppie for giorno in range(primo, ultimo + 1)]
    if len(set(giorni)) < len(giorni):
        raise CellaNonValida(f"in {mostra(riga.strip())} un giorno è scritto due volte")
    return giorni


def _ore(testo: str, riga: str) -> list[tuple[time, time]]:
    if re.fullmatch(_CHIUSO, testo):
        return []
    if re.fullmatch(_SEMPRE, testo):
        return [(time(0), time(0))]
    scritte = re.findall(_ORA_SCRITTA, testo)
    coppie = list(zip(scritte[::2], scritte[1::2], strict=True))
    for dalle, alle in coppie:
        if len(alle) == 1 and _ora(alle, riga) < _ora(dalle, riga) < time(13):
            raise CellaNonValida(f"«{dalle}-{alle}» si legge in due modi: scrivi l'ora di fine da 0 a 24")
        if dalle.startswith("24"):
            raise CellaNonValida(f"«{dalle}-{alle}» comincia alle 24: scrivi 0, e il giorno dopo")
    prime = [(_ora(dalle, riga), len(dalle)) for dalle, _ in coppie]
    if any(lunga == 1 and ora < prima for (prima, _), (ora, lunga) in pairwise(prime)):
        raise CellaNonValida(
            f"in {mostra(riga.strip())} le ore vanno all'indietro: quelle del pomeriggio sono da 13 a 24"
        )
    return [(_ora(dalle, riga), _ora(alle, riga)) for dalle, alle in coppie]


def _ora(testo: str, riga: str) -> time:
    ore, _, minuti = testo.replace(".", ":").partition(":")
    try:
        return time(0 if ore == "24" and not int(minuti or 0) else int(ore), int(minuti or 0))
    except ValueError:
        raise CellaNonValida(f"in {mostra(riga.strip())} l'ora {testo} non esiste") from None
