"""The acts, the days and the District's own data, wherever the document says them. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from base.tempo import MESI

_MESE = "|".join(MESI)
_BREVE = "|".join(mese[:3] for mese in MESI)
GIORNO = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*[°º]?\s*(?:[-/.\s]\s*)({_MESE}|{_BREVE}|\d{{1,2}})\s*[-/.\s]\s*(\d{{4}}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
NUMERO = r"n\s*[.°º]?\s*(\d+(?:/\w+)?)"
DEL = r"(?:d(?:el|i data|d)\.?|in data)\s*"
_N_DEL = rf"{NUMERO}\s+{DEL}({GIORNO.pattern})"
ANNO = r"(20\d\d)"
ANNI = re.compile(
    rf"programma\s+di\s+lavoro(?:\s+(?!per\b|20)[^\W\d_]+){{0,8}}?\s*(?:per\s+(?:l['’]anno|gli\s+anni|il\s+biennio|il\s+periodo)\s*)?"
    rf"{ANNO}(?:\s*(?:[-–/]|e|al)\s*(20\d\d|\d\d)\b)?",
    re.IGNORECASE,
)


def giorno(testo: str) -> date | None:
    """The first day that `testo` says: `19 giugno 2025`, `24.05.2022`, `15-lug-22`."""
    trovata = GIORNO.search(testo)
    if trovata is None:
        return None
    quale, mese, anno = trovata.groups()
    numero_del_mese = int(mese) if mese.isdigit() else [m[:3] for m in MESI].index(mese.casefold()[:3]) + 1
    try:
        return date(int(anno) + (2000 if len(anno) == 2 else 0), numero_del_mese, int(quale))
    except ValueError:
        return None


def _cerca(forma: str, testo: str) -> re.Match[str] | None:
    return re.search(forma, testo, re.IGNORECASE)


def anni(testo: str) -> tuple[int, int] | None:
    """The first and the last year of the programme, as its title says them."""
    trovati = []
    for trovata in ANNI.finditer(testo):
        primo = int(trovata[1])
        ultimo = trovata[2] or trovata[1]
        secondo = int(ultimo) if len(ultimo) == 4 else primo // 100 * 100 + int(ultimo)
        if primo <= secondo <= primo + 5:
            trovati.append((primo, secondo))
    if not trovati:
        return None
    return max(trovati, key=lambda coppia: (trovati.count(coppia), coppia[1] - coppia[0]))


def atti_del_programma(testo: str) -> dict[str, Any]:
    """The act, the deliberation of the lead body and its transmission, in the format of the set-up file."""
    dati: dict[str, Any] = {}
    if trovata := _cerca(
        rf"(determinazione del(?:la)? dirigente|deliberazione della giunta provinciale)\s+{_N_DEL}",
        testo,
    ):
        dati["atto"] = {
            "tipo": trovata[1].capitalize(),
            "numero": _numero(trovata[2]),
            "data": giorno(trovata[3]),
        }
        if riferimento := _cerca(r"riferimento\s*:\s*(\d{4}-\w+-\w+)", testo):
            dati["atto"]["riferimento"] = riferimento[1]
    organo = r"((?:giunta|consiglio|comitato|assemblea)\s+\w+)"
    delibera = rf"deliberazione\s+del(?:la|l['’])?\s*{organo}[^.;]{{0,60}}?\s*{_N_DEL}"
    for trovata in re.finditer(delibera, testo, re.IGNORECASE):
        intorno = testo[trovata.end() : trovata.end() + 140].casefold()
        if "provincial" not in trovata[1].casefold() and "programma" in intorno:
            dati["delibera_capofila"] = {
                "organo": trovata[1].capitalize(),
                "numero": _numero(trovata[2]),
                "data": giorno(trovata[3]),
            }
            break
    if trovata := _cerca(
        rf"trasmess[oa][^.;]{{0,160}}?({GIORNO.pattern})[^.;]{{0,40}}?prot(?:ocollo|\.)?\s*(?:n\.?\s*)?([\w/-]+\d)",
        testo,
    ):
        dati["trasmissione"] = {"protocollo": _numero(trovata[5]), "data": giorno(trovata[1])}
    elif trovata := _cerca(rf"prot(?:ocollo|\.)?\s*(?:n\.?\s*)?([\w/-]*\d)\s+{DEL}({GIORNO.pattern})", testo):
        dati["trasmissione"] = {"protocollo": _numero(trovata[1]), "data": giorno(trovata[2])}
    return dati


def _numero(scritto: str) -> int | str:
    return int(scritto) if scritto.isdigit() and not scritto.startswith("0") else scritto


def scadenza(testo: str) -> date | None:
    """By when the actions are to be done: «da realizzarsi entro il 31 dicembre 2025»."""
    trovata = _cerca(
        rf"(?:realizza\w*|attua\w*|conclud\w*|svolg\w*)\s+entro\s+(?:il\s+|la data del\s+)?({GIORNO.pattern})", testo
    )
    return giorno(trovata[1]) if trovata else None


def numero_di_azioni(testo: str) -> int | None:
    """How many actions the act says that there are."""
    trovata = _cerca(r"complessiv\w+\s+(?:n\.?\s*)?(\d{1,3})\s+azion", testo)
    return int(trovata[1]) if trovata else None


def aderenti_al(testo: str) -> date | None:
    """The day that the members are counted at: «alla data del 31 marzo 2025 hanno aderito»."""
    trovata = _cerca(rf"alla data del(?:l['’])?\s*({GIORNO.pattern})\s+hanno aderito", testo)
    return giorno(trovata[1]) if trovata else None


def delibera(testo: str) -> dict[str, Any] | None:
    """The body, the number and the day of a deliberation: «Deliberazione Giunta Comunale n. 70 dd. 24.05.2022»."""
    trovata = _cerca(rf"deliberazione\s+(?:del(?:la|l['’])?\s*)?(.+?)\s*{NUMERO}\s*{DEL}({GIORNO.pattern})", testo)
    if trovata is None or (quando := giorno(trovata[3])) is None:
        return None
    return {"organo": trovata[1].strip().capitalize(), "numero": _numero(trovata[2]), "data": quando}


def tappe(righe: Iterable[str]) -> list[dict[str, str]]:
    """The steps of the District, by month: «Marzo 2022: …»."""
    trovate = []
    for riga in righe:
        forma = rf"\W*\b({_MESE})\s+{ANNO}\s*:\s*(.+)"
        if trovata := re.fullmatch(forma, riga.strip(), re.IGNORECASE):
            mese = MESI.index(trovata[1].casefold()) + 1
            evento = trovata[3].strip(" .;")
            trovate.append({"data": f"{trovata[2]}-{mese:02d}", "evento": (evento[:1].upper() + evento[1:])[:200]})
    return trovate


def innovazioni(righe: list[str]) -> tuple[int, list[str]] | None:
    """The year and the items of «Innovazioni introdotte nel 2024», in the words of the act."""
    for indice, riga in enumerate(righe):
        titolo = re.fullmatch(rf"innovazioni introdotte nel(?:l['’]anno)?\s+{ANNO}\W*", riga.strip(), re.IGNORECASE)
        if titolo is None:
            continue
        voci: list[str] = []
        atteso = 1
        for testo in righe[indice + 1 :]:
            if numero := re.match(rf"\W{{0,3}}{atteso}[.)]\s+(.+)", testo):
                voci.append(numero[1])
                atteso += 1
            elif voci and re.match(r"(linee di sviluppo|dati del distretto|\d+[.)]\s)", testo, re.IGNORECASE):
                break
            elif voci:
                voci[-1] += f" {testo}"
        return int(titolo[1]), [voce[:1000] for voce in voci]
    return None
