"""The parts of an act: who, the manager's duties, the actions, the members. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .righe_dell_atto import PostoNellAtto, RigaDellAtto

AZIONE = re.compile(
    r"(?:SCHEDA\s+)?PROGETTUALIT(?:À|A['’`´]?|ÀʼA|A)\s*(?:N\s*[.°º]*\s*)?(\d{1,3})\b\s*[-–—.:)]*\s*(.*)", re.IGNORECASE
)
SOLO_PROGETTUALITA = re.compile(r"PROGETTUALIT(?:À|A['’`´]?)\s*(?:N\s*[.°º]*)?", re.IGNORECASE)
SEZIONI = {
    "obblighi": re.compile(
        r"(AZIONI\s+)?valutazione\s+azioni\s+(del\s+)?manager\s+territoriale.*|AZIONI V\.?A\.?M\.?T\.?|"
        r".*diretta del manager territoriale.*obbligatorie.*",
        re.IGNORECASE,
    ),
    "dati": re.compile(r"DATI DEL DISTRETTO"),
    "attori": re.compile(r"ATTORI DEL DISTRETTO"),
    "canali": re.compile(r"CANALI SOCIAL.*"),
    "aderenti": re.compile(r"(?:ELENCO\s+(?:DELLE\s+)?)?ORGANIZZAZIONI ADERENTI(?!\s*\()(?:\s+\S+)*", re.IGNORECASE),
}


@dataclass
class BloccoAzione:
    """The lines of one action, its heading apart. `intestazione` are the words after its number."""

    numero: int
    posto: PostoNellAtto
    intestazione: str
    righe: list[RigaDellAtto] = field(default_factory=list)


@dataclass
class Blocchi:
    """The lines of an act by the part that they are in."""

    premessa: list[RigaDellAtto] = field(default_factory=list)
    parti: dict[str, list[RigaDellAtto]] = field(default_factory=dict)
    azioni: list[BloccoAzione] = field(default_factory=list)
    doppie: list[BloccoAzione] = field(default_factory=list)


def maiuscolo(testo: str) -> bool:
    """Whether the letters of `testo` are capitals, but for a few."""
    sue = [c for c in testo if c.isalpha()]
    return bool(sue) and sum(c.isupper() for c in sue) >= 0.8 * len(sue)


def in_blocchi(righe: Iterable[RigaDellAtto]) -> Blocchi:
    """Divide the lines by the headings that the act has."""
    blocchi = Blocchi()
    corrente: list[RigaDellAtto] = blocchi.premessa
    azione: BloccoAzione | None = None
    righe = list(righe)
    indice = 0
    while indice < len(righe):
        riga = righe[indice]
        testo = riga.testo
        seguente = righe[indice + 1].testo if indice + 1 < len(righe) else ""
        if SOLO_PROGETTUALITA.fullmatch(testo) and re.match(r"\d{1,3}\b", seguente):
            testo, indice = f"{testo} {seguente}", indice + 1
        trovata = AZIONE.fullmatch(testo)
        if trovata and (testo[:1].isupper() or maiuscolo(testo)) and _e_titolo(trovata[2]):
            numero = int(trovata[1])
            if azione is None or azione.numero != numero:
                azione = BloccoAzione(numero, riga.posto, trovata[2])
                gia = any(altra.numero == numero for altra in blocchi.azioni)
                (blocchi.doppie if gia else blocchi.azioni).append(azione)
            corrente = azione.righe
        elif (parte := _sezione(riga)) and not (parte == "obblighi" and azione):
            azione = None
            corrente = blocchi.parti.setdefault(parte, [])
            if parte == "aderenti":
                corrente.append(riga)
        elif SOLO_PROGETTUALITA.fullmatch(testo):
            azione = None
            corrente = blocchi.parti.setdefault("progettualita", [])
        else:
            corrente.append(riga)
        indice += 1
    return blocchi


def _e_titolo(resto: str) -> bool:
    """Whether what follows the number is a heading's, not a sentence that names an action."""
    return not resto or resto[0].isupper()


def _sezione(riga: RigaDellAtto) -> str | None:
    testo = riga.testo
    if len(testo) > 140 or (not maiuscolo(testo) and not testo.startswith(("AZIONI", "Valutazione", "Realizzazione"))):
        return None
    return next((nome for nome, forma in SEZIONI.items() if forma.fullmatch(testo)), None)
