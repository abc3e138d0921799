"""The lines of an act, from a text or a PDF: each with its page, its number and its cells. Pure.

What a page repeats at its head or foot is taken away here, so that a sentence may go on over the page.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from base.formati.caratteri import pulito
from base.formati.lettura_pdf import PaginaDiTesto, leggi_pdf
from base.formati.schema import FileNonValido, Problema

TABULAZIONE = 1000.0
"""How far apart the cells that tabs divide are put."""
PAGINA = re.compile(
    r"(pag(ina|\.)?\s*\d+(\s*(di|/|su)\s*\d+)?|[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}\s*/\s*\d{1,3})"
    r"(\s+riferimento\s*:.*)?|riferimento\s*:\s*\S+(\s+pag(ina|\.)?\s*\d+(\s*(di|/|su)\s*\d+)?)?",
    re.IGNORECASE,
)
"""What only a head or a foot of a page says, wherever it stands."""
FILETTO = re.compile(r"[-–—_=|+*~ ]{2,}")
"""A line drawn with signs."""
NUMERO_SOLO = re.compile(r"\d{1,3}")
MAI_DI_BORDO = (
    *("progettualit", "#%", "# %", "azion", "obiettiv", "titol", "organizzazion", "altre org", "temp", "indicator"),
    *("percentual", "classificazion"),
)
"""How the lines of a table begin, that many pages may have at the same place."""
BORDO = 3
"""How many lines at each end of a page may be its head or its foot."""
LETTERE_MINIME = 40
"""A PDF with fewer letters than this is a picture of a text."""
SCANSIONE = (
    "il PDF non contiene testo: è una scansione, cioè un'immagine delle pagine. Serve il PDF uscito dal programma che "
    "ha scritto l'atto, o una copia passata per il riconoscimento dei caratteri (OCR)"
)


@dataclass(frozen=True, order=True)
class PostoNellAtto:
    """Page and line, from 1: the line is that of the page in a PDF, that of the whole file in a text."""

    pagina: int
    riga: int

    def __str__(self) -> str:
        return f"pagina {self.pagina}, riga {self.riga}"


@dataclass(frozen=True)
class Cella:
    """Words of a line, and how far from the left they begin and end; `inizi` is where each of them does."""

    x0: float
    x1: float
    testo: str
    inizi: tuple[float, ...] = ()

    def divisa(self, posto: float) -> "tuple[Cella, Cella] | None":
        """The words before and after `posto`, when one begins there."""
        parole = self.testo.split(" ")
        quale = next((n for n, x in enumerate(self.inizi) if posto <= x <= posto + 6), 0)
        if not quale or len(parole) != len(self.inizi):
            return None
        x = self.inizi[quale]
        prima = Cella(self.x0, x, " ".join(parole[:quale]), self.inizi[:quale])
        return prima, Cella(x, self.x1, " ".join(parole[quale:]), self.inizi[quale:])


@dataclass(frozen=True)
class RigaDellAtto:
    """A line. `riquadro` is the same for lines that ruled lines hold together, None where there are none."""

    posto: PostoNellAtto
    celle: tuple[Cella, ...]
    y: float = 0.0
    riquadro: tuple[int, int] | None = None

    @property
    def testo(self) -> str:
        return " ".join(cella.testo for cella in self.celle)


@dataclass(frozen=True)
class RigheDellAtto:
    """All the lines; `tolte` are the heads and feet of pages, and `pagine_mute` the pages without any text."""

    righe: tuple[RigaDellAtto, ...]
    tolte: tuple[RigaDellAtto, ...] = ()
    pagine_mute: tuple[int, ...] = ()


def leggi_righe(contenuto: bytes) -> RigheDellAtto:
    """The lines of a file that is a PDF, or text. Raises `FileNonValido` when there is no text in it."""
    if b"%PDF-" in contenuto[:1024]:
        return _da_pdf(leggi_pdf(contenuto))
    return _da_testo(_decodificato(contenuto))


def _decodificato(contenuto: bytes) -> str:
    if contenuto.startswith((b"\xff\xfe", b"\xfe\xff")):
        return contenuto.decode("utf-16", "replace")
    if b"\0" in contenuto[:65536]:
        raise FileNonValido([Problema("", "il file non è un PDF né un testo: salva l'atto in PDF, o il suo testo")])
    try:
        return contenuto.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenuto.decode("cp1252", "replace")


def _da_testo(testo: str) -> RigheDellAtto:
    """Cells are divided by tabs or, as in a page written with spaces, by three spaces or more."""
    testo = unicodedata.normalize("NFC", testo.replace("\r\n", "\n").replace("\r", "\n"))
    righe, pagina = [], 1
    for numero, linea in enumerate(testo.split("\n"), start=1):
        for indice, parte in enumerate(linea.split("\f")):
            pagina += bool(indice)
            if celle := tuple(_celle_di(parte)):
                righe.append(RigaDellAtto(PostoNellAtto(pagina, numero), celle))
    if not righe:
        raise FileNonValido([Problema("", "il file non contiene testo")])
    return _pulite(righe)


def _celle_di(linea: str) -> Iterator[Cella]:
    if "\t" in linea:
        for indice, cella in enumerate(linea.split("\t")):
            if _parole(cella):
                yield Cella(indice * TABULAZIONE, indice * TABULAZIONE + len(cella), _una(cella))
        return
    for trovata in re.finditer(r"\S+(?:\s{1,2}\S+)*", linea):
        if _parole(trovata[0]):
            yield Cella(trovata.start(), trovata.end(), _una(trovata[0]))


def _parole(testo: str) -> bool:
    """Whether there is more than a line drawn with signs."""
    return bool(testo.strip()) and not FILETTO.fullmatch(testo.strip())


def _una(testo: str) -> str:
    return pulito(testo, una_riga=True)


def _da_pdf(pagine: list[PaginaDiTesto]) -> RigheDellAtto:
    lettere = sum(len(riga.testo) for pagina in pagine for riga in pagina.righe)
    if lettere < LETTERE_MINIME:
        raise FileNonValido([Problema("", SCANSIONE)])
    righe = []
    for numero, pagina in enumerate(pagine, start=1):
        for indice, riga in enumerate(pagina.righe, start=1):
            celle = tuple(Cella(t.x0, t.x1, _una(t.testo), t.inizi) for t in riga.tratti if _parole(t.testo))
            if celle:
                sopra = sum(rigatura > riga.y + riga.altezza * 0.2 for rigatura in pagina.rigature)
                dentro = 0 < sopra < len(pagina.rigature)
                riquadro = (numero, sopra) if dentro else None
                righe.append(RigaDellAtto(PostoNellAtto(numero, indice), celle, riga.y, riquadro))
    mute = tuple(numero for numero, pagina in enumerate(pagine, start=1) if not pagina.righe)
    return _pulite(righe, mute)


def _pulite(righe: list[RigaDellAtto], mute: tuple[int, ...] = ()) -> RigheDellAtto:
    """Without heads and feet of pages, and without the lines that only count pages."""
    tenute = [riga for riga in _senza_bordi(righe) if not PAGINA.fullmatch(riga.testo)]
    rimaste = set(tenute)
    return RigheDellAtto(tuple(tenute), tuple(riga for riga in righe if riga not in rimaste), mute)


def _senza_bordi(righe: list[RigaDellAtto]) -> list[RigaDellAtto]:
    """Without what comes back at the head or foot of at least half of the pages, its figures aside."""
    pagine: dict[int, list[RigaDellAtto]] = {}
    for riga in righe:
        pagine.setdefault(riga.posto.pagina, []).append(riga)
    conto: Counter[tuple[bool, str]] = Counter()
    for sue in pagine.values():
        conto.update({chiave for riga in sue for chiave in _ai_bordi(riga, sue)})
    if len(pagine) == 1:
        return righe
    soglia = max(2, len(pagine) / 2)
    tenute = []
    for riga in righe:
        sue = pagine[riga.posto.pagina]
        ripetuta = any(conto[chiave] >= soglia for chiave in _ai_bordi(riga, sue))
        numero = NUMERO_SOLO.fullmatch(riga.testo) and riga in (sue[0], sue[-1]) and len(sue) > 1
        if not (ripetuta or numero):
            tenute.append(riga)
    return tenute


def _ai_bordi(riga: RigaDellAtto, pagina: list[RigaDellAtto]) -> list[tuple[bool, str]]:
    """The head, the foot or both that `riga` may be of, with its words and, in a PDF, its height on the page."""
    da_testa = pagina.index(riga)
    parole = re.sub(r"\d+", "#", riga.testo).casefold()
    di_tabella = not riga.y and (len(riga.celle) > 1 or riga.celle[0].x0 >= TABULAZIONE)
    if parole.startswith(MAI_DI_BORDO) or "%" in parole or di_tabella:
        return []
    parole = f"{round(riga.y)} {parole}"
    bordi = []
    if da_testa < BORDO:
        bordi.append((True, parole))
    if len(pagina) - da_testa <= BORDO:
        bordi.append((False, parole))
    return bordi


def senza_titoli_correnti(righe: Iterable[RigaDellAtto], titoli: Iterable[str]) -> list[RigaDellAtto]:
    """Without the lines, in capitals, that only say again a title of the document."""
    detti = {" ".join(titolo.split()) for titolo in titoli}
    return [riga for riga in righe if riga.testo not in detti]


def unite_dai_riquadri(righe: Iterable[RigaDellAtto]) -> list[RigaDellAtto]:
    """The lines that ruled lines hold together as one, each of its cells whole."""
    unite: list[RigaDellAtto] = []
    for riga in righe:
        if unite and riga.riquadro is not None and unite[-1].riquadro == riga.riquadro:
            unite[-1] = _unita(unite[-1], riga)
        else:
            unite.append(riga)
    return unite


def _unita(una: RigaDellAtto, altra: RigaDellAtto) -> RigaDellAtto:
    celle = list(una.celle)
    for cella in altra.celle:
        sopra = next((n for n, sua in enumerate(celle) if sua.x0 - 4 < cella.x1 and cella.x0 < sua.x1 + 4), None)
        if sopra is None:
            celle.append(cella)
        else:
            sua = celle[sopra]
            celle[sopra] = Cella(min(sua.x0, cella.x0), max(sua.x1, cella.x1), f"{sua.testo} {cella.testo}")
    return RigaDellAtto(una.posto, tuple(sorted(celle, key=lambda cella: cella.x0)), una.y, una.riquadro)
