"""What a document becomes: PDF/UA, and Word with real headings, tables whose header repeats, pictures with words."""

import io
import zipfile
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from base.formati.caratteri import senza_controlli
from base.stampa import StampaNonDisponibile, documento_pdf, impagina

from .corpo import Blocco, Corpo, Figura, Paragrafo, Prospetto, Punti
from .ripresa import FERMO

STILE = Path(__file__).parent / "documento.css"
DISTESO = "@page { size: A4 landscape; margin: 15mm 14mm 16mm; } html { font-size: 10pt; }"
SENZA_NOME = "Distretto Family Audit"


def in_pdf(corpo: Corpo) -> bytes:
    """PDF/UA-1. Raises `base.stampa.StampaNonDisponibile`."""
    html = render_to_string("documenti/corpo.html", {"corpo": corpo, "distretto": corpo.distretto or SENZA_NOME})
    return documento_pdf(senza_controlli(html), STILE.read_text() + (DISTESO if corpo.disteso else ""))


def in_docx(corpo: Corpo) -> bytes:
    """A Word document. Charts need Pango: without it there are their words and their tables."""
    from docx import Document
    from docx.enum.section import WD_ORIENT

    documento = Document()
    proprieta = documento.core_properties
    proprieta.title, proprieta.author = _pulito(corpo.titolo), _pulito(corpo.distretto or SENZA_NOME)
    proprieta.language, proprieta.comments = "it-IT", ""
    if corpo.disteso:
        foglio = documento.sections[0]
        foglio.orientation = WD_ORIENT.LANDSCAPE
        foglio.page_width, foglio.page_height = foglio.page_height, foglio.page_width
    documento.add_heading(_pulito(corpo.titolo), 0)
    for riga in filter(None, (corpo.distretto, *corpo.righe)):
        documento.add_paragraph(_pulito(riga))
    for capitolo in corpo.capitoli:
        documento.add_heading(_pulito(capitolo.titolo), capitolo.livello)
        for blocco in capitolo.blocchi:
            _blocco(documento, blocco)
    uscita = io.BytesIO()
    documento.save(uscita)
    return _senza_ore(uscita)


def _blocco(documento: Any, blocco: Blocco) -> None:
    match blocco:
        case Paragrafo():
            documento.add_paragraph().add_run(_pulito(blocco.testo)).bold = blocco.forte
        case Punti():
            for voce in blocco.voci:
                documento.add_paragraph(_pulito(voce), style="List Bullet")
        case Prospetto():
            _prospetto(documento, blocco)
        case Figura():
            _figura(documento, blocco)


def _prospetto(documento: Any, prospetto: Prospetto) -> None:
    tabella = documento.add_table(rows=1, cols=len(prospetto.colonne), style="Table Grid")
    for cella, nome in zip(tabella.rows[0].cells, prospetto.colonne, strict=True):
        cella.paragraphs[0].add_run(_pulito(nome)).bold = True
    _si_ripete(tabella.rows[0])
    if prospetto.larghezze:
        foglio = documento.sections[0]
        utile = foglio.page_width - foglio.left_margin - foglio.right_margin
        for colonna, larga in zip(tabella.columns, prospetto.larghezze, strict=True):
            colonna.width = utile * larga // 100
    for riga in prospetto.righe:
        celle = tabella.add_row().cells
        for n, (cella, testo) in enumerate(zip(celle, riga, strict=True)):
            cella.paragraphs[0].add_run(_pulito(testo)).bold = prospetto.con_nomi and n == 0


def _figura(documento: Any, figura: Figura) -> None:
    from docx.shared import Cm

    try:
        immagine = in_png(figura.svg)
    except StampaNonDisponibile:
        documento.add_paragraph(_pulito(figura.descrizione))
        return
    disegno = documento.add_picture(io.BytesIO(immagine), width=Cm(15))
    disegno._inline.docPr.set("descr", _pulito(f"{figura.titolo}. {figura.descrizione}"))


def in_png(svg: str) -> bytes:
    """A chart as the picture that Word asks for: 2 pixels a unit. Raises `StampaNonDisponibile`."""
    import pypdfium2

    html = f'<html lang="it"><title>.</title><body style="margin:0">{svg}</body></html>'
    pagina = "@page { size: 640px 1200px; margin: 0 } svg { display: block }"
    disegno = pypdfium2.PdfDocument(impagina(html, pagina).write_pdf())[0].render(scale=2.67).to_pil()
    alto = disegno.convert("L").point(lambda grigio: 255 if grigio < 250 else 0).getbbox()
    uscita = io.BytesIO()
    disegno.crop((0, 0, disegno.width, alto[3] + 6 if alto else disegno.height)).save(uscita, "PNG")
    return uscita.getvalue()


def _si_ripete(riga: Any) -> None:
    """Say to Word that this row is the header of its table."""
    from docx.oxml import OxmlElement

    riga._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _senza_ore(scritto: io.BytesIO) -> bytes:
    """The same archive without the time at which it was written: same state, same bytes."""
    uscita = io.BytesIO()
    with zipfile.ZipFile(scritto) as prima, zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as dopo:
        for nome in prima.namelist():
            dopo.writestr(zipfile.ZipInfo(nome, FERMO), prima.read(nome), zipfile.ZIP_DEFLATED)
    return uscita.getvalue()


def _pulito(testo: str) -> str:
    return senza_controlli(testo)
