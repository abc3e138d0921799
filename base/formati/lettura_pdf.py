"""The text of a PDF with its place on the page: runs of words, line by line, and the ruled lines around them. Pure.

PDFium gives each letter with its box, also where a PDF keeps its words in no order at all.
"""

import ctypes
import itertools
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

from .schema import FileNonValido, Problema

MASSIMO_PAGINE = 200
MASSIMO_CARATTERI = 1_000_000
RIGATURA_MINIMA = 0.5
"""How much of the width of the page's text a ruled line must cover to divide it, as a fraction."""
_SPAZIO, _SALTO = 0.16, 1.2
"""Gaps between letters, in heights of a letter: from the first on it is a space, from the second another column."""
_UN_SOLO_FILO = Lock()
"""PDFium is not safe with more threads."""
_ANGOLI = (0.0, 1.5708, 3.1416, 4.7124)


@dataclass(frozen=True)
class Tratto:
    """Words that follow one another on a line; `x0` and `x1` are in points from the left of the page.

    `inizi` are the places from which its words begin.
    """

    x0: float
    x1: float
    testo: str
    inizi: tuple[float, ...] = ()


@dataclass(frozen=True)
class RigaDiPagina:
    """One line of a page: `y` is its baseline, in points, growing upwards; `altezza` that of its letters."""

    y: float
    altezza: float
    tratti: tuple[Tratto, ...]

    @property
    def testo(self) -> str:
        return " ".join(tratto.testo for tratto in self.tratti)


@dataclass(frozen=True)
class PaginaDiTesto:
    """The lines of a page from the top, and the heights of the ruled lines that cross it, from the top too."""

    righe: tuple[RigaDiPagina, ...]
    rigature: tuple[float, ...]


@dataclass(frozen=True)
class _Lettera:
    segno: str
    x0: float
    x1: float
    y: float
    altezza: float


def leggi_pdf(contenuto: bytes) -> list[PaginaDiTesto]:
    """The pages of a PDF. Raises `FileNonValido` when it does not open, or is too long."""
    import pypdfium2

    with _UN_SOLO_FILO:
        try:
            documento = pypdfium2.PdfDocument(contenuto)
        except pypdfium2.PdfiumError as errore:
            perche = "è protetto da una password" if "password" in str(errore).lower() else "non si apre: è rovinato"
            raise FileNonValido([Problema("", f"il PDF {perche}. Salvalo di nuovo e riprova")]) from errore
        try:
            if len(documento) > MASSIMO_PAGINE:
                perche = f"il PDF ha {len(documento)} pagine: se ne leggono al massimo {MASSIMO_PAGINE}"
                raise FileNonValido([Problema("", perche)])
            return [_pagina(documento[numero]) for numero in range(len(documento))]
        except pypdfium2.PdfiumError as errore:
            raise FileNonValido([Problema("", "una pagina del PDF non si legge: salvalo di nuovo")]) from errore
        finally:
            documento.close()


def _pagina(pagina: Any) -> PaginaDiTesto:
    lettere = _lettere(pagina)
    if not lettere:
        return PaginaDiTesto((), ())
    largo = max(lettera.x1 for lettera in lettere) - min(lettera.x0 for lettera in lettere)
    orizzontali, verticali = _rigature(pagina)
    righe = tuple(_riga(gruppo, verticali) for gruppo in _in_righe(lettere))
    return PaginaDiTesto(righe, tuple(_lunghe(orizzontali, largo * RIGATURA_MINIMA)))


def _lettere(pagina: Any) -> list[_Lettera]:
    """The signs that stand upright on the page, most of which give the direction; spaces and stamps aside."""
    import pypdfium2.raw as pdfium

    testo = pagina.get_textpage()
    quante = min(pdfium.FPDFText_CountChars(testo), MASSIMO_CARATTERI)
    trovate: list[tuple[int, _Lettera]] = []
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for indice in range(quante):
        codice = pdfium.FPDFText_GetUnicode(testo, indice)
        segno = "-" if codice == 2 else chr(codice) if codice < 0x110000 else ""
        if pdfium.FPDFText_IsGenerated(testo, indice) == 1 or not segno.strip() or 0xD800 <= codice <= 0xDFFF:
            continue
        pdfium.FPDFText_GetLooseCharBox(testo, indice, ctypes.byref(box))
        pdfium.FPDFText_GetCharOrigin(testo, indice, ctypes.byref(x), ctypes.byref(y))
        angolo = pdfium.FPDFText_GetCharAngle(testo, indice)
        verso = min(range(4), key=lambda quale: abs(_ANGOLI[quale] - angolo))
        lati = (box.left, box.right, box.bottom, box.top)
        corpo = _corpo(pdfium, testo, indice, lati[3] - lati[2])
        trovate.append((verso, _girata(segno, lati, (x.value, y.value), corpo, verso)))
    if not trovate:
        return []
    prevale = statistics.mode(verso for verso, _ in trovate)
    return [lettera for verso, lettera in trovate if verso == prevale]


def _corpo(pdfium: Any, testo: Any, indice: int, altezza: float) -> float:
    """The size of the letter in points of the page: that of its font, scaled as the page scales it."""
    matrice = pdfium.FS_MATRIX()
    corpo = pdfium.FPDFText_GetFontSize(testo, indice)
    if pdfium.FPDFText_GetMatrix(testo, indice, ctypes.byref(matrice)):
        corpo *= abs(matrice.a * matrice.d - matrice.b * matrice.c) ** 0.5
    return corpo if corpo > 1 else max(altezza, 1.0)


def _girata(segno: str, lati: tuple[float, ...], origine: tuple[float, float], corpo: float, verso: int) -> _Lettera:
    """The letter with its page turned so that it reads from left to right."""
    sinistra, destra, sotto, sopra = lati
    x, y = origine
    if verso == 1:
        return _Lettera(segno, sotto, sopra, -x, corpo)
    if verso == 2:
        return _Lettera(segno, -destra, -sinistra, -y, corpo)
    if verso == 3:
        return _Lettera(segno, -sopra, -sotto, x, corpo)
    return _Lettera(segno, sinistra, destra, y, corpo)


def _in_righe(lettere: list[_Lettera]) -> Iterator[list[_Lettera]]:
    """Letters by their baselines, from the top; a third of a height apart is the same line."""
    gruppo: list[_Lettera] = []
    for lettera in sorted(lettere, key=lambda lettera: -lettera.y):
        if gruppo and gruppo[0].y - lettera.y > gruppo[0].altezza * 0.35:
            yield gruppo
            gruppo = []
        gruppo.append(lettera)
    yield gruppo


def _riga(lettere: list[_Lettera], verticali: list[tuple[float, float, float]]) -> RigaDiPagina:
    lettere = sorted(lettere, key=lambda lettera: lettera.x0)
    altezza = statistics.median(lettera.altezza for lettera in lettere)
    y = lettere[0].y
    in_tabella = any(_c_e_una_riga([riga], lettere[0].x0, lettere[-1].x1, y) for riga in verticali)
    tratti: list[list[_Lettera]] = [[]]
    testi = [""]
    inizi: list[list[float]] = [[lettere[0].x0]]
    for lettera in lettere:
        prima = tratti[-1][-1] if tratti[-1] else None
        if prima is not None:
            salto = lettera.x0 - prima.x1
            cambia_cella = _c_e_una_riga(verticali, prima.x1, lettera.x0, y)
            if cambia_cella or (salto > altezza * _SALTO and not in_tabella):
                tratti.append([])
                testi.append("")
                inizi.append([lettera.x0])
            elif salto > altezza * _SPAZIO:
                testi[-1] += " "
                inizi[-1].append(lettera.x0)
        tratti[-1].append(lettera)
        testi[-1] += lettera.segno
    return RigaDiPagina(
        y,
        altezza,
        tuple(
            Tratto(gruppo[0].x0, gruppo[-1].x1, testo, tuple(suoi))
            for gruppo, testo, suoi in zip(tratti, testi, inizi, strict=True)
        ),
    )


def _c_e_una_riga(verticali: list[tuple[float, float, float]], da: float, a: float, y: float) -> bool:
    return any(da - 0.5 <= x <= a + 0.5 and basso - 2 <= y <= alto for x, basso, alto in verticali)


Segmento = tuple[float, float, float]
"""Where a ruled line is, and from where to where: `(y, x0, x1)` of one that lies, `(x, y0, y1)` of one that stands."""


def _rigature(pagina: Any) -> tuple[list[Segmento], list[Segmento]]:
    """The ruled lines of a page, lying and standing: the sides of what is drawn, frames and fills included."""
    import pypdfium2.raw as pdfium

    orizzontali: list[Segmento] = []
    verticali: list[Segmento] = []
    for oggetto in pagina.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        punti = _punti(pdfium, oggetto)
        for (x0, y0), (x1, y1) in itertools.pairwise(punti):
            if abs(y0 - y1) < 1 and abs(x0 - x1) > 4:
                orizzontali.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) < 1 and abs(y0 - y1) > 4:
                verticali.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return orizzontali, verticali


def _punti(pdfium: Any, oggetto: Any) -> list[tuple[float, float]]:
    """The corners of a path, on the page."""
    matrice = oggetto.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    punti = []
    for indice in range(min(pdfium.FPDFPath_CountSegments(oggetto), 10_000)):
        lato = pdfium.FPDFPath_GetPathSegment(oggetto, indice)
        if pdfium.FPDFPathSegment_GetPoint(lato, ctypes.byref(x), ctypes.byref(y)):
            punti.append(matrice.on_point(x.value, y.value))
    return punti


def _lunghe(orizzontali: list[Segmento], minimo: float) -> Iterator[float]:
    """The heights at which ruled lines cover at least `minimo` points, from the top: cells draw a piece each."""
    gruppi: list[list[Segmento]] = []
    for segmento in sorted(orizzontali, reverse=True):
        if gruppi and gruppi[-1][-1][0] - segmento[0] < 2:
            gruppi[-1].append(segmento)
        else:
            gruppi.append([segmento])
    for gruppo in gruppi:
        coperto, fin_qui = 0.0, float("-inf")
        for _, x0, x1 in sorted(gruppo, key=lambda segmento: segmento[1]):
            coperto += max(0.0, x1 - max(x0, fin_qui))
            fin_qui = max(fin_qui, x1)
        if coperto >= minimo:
            yield gruppo[0][0]
