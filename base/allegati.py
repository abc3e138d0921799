"""Uploaded files judged by what they contain, never by what they say they are."""

import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from PIL import Image, UnidentifiedImageError

MASSIMO_BYTE = 10 * 1024 * 1024
"""Largest file accepted, in bytes."""

TIPI = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
}
"""Accepted extensions and the type under which each is served."""

FORMATI_IMMAGINE = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PARTE_OOXML = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
AMMESSI = "PDF, immagini (JPG, PNG, WEBP), documenti e fogli (Word, Excel, PowerPoint, LibreOffice), testo, CSV e JSON"


class FileRifiutato(ValueError):
    """A file that is not accepted; its text is for the user."""


@dataclass(frozen=True)
class FileAccettato:
    """Name to show, type to serve, size in bytes."""

    nome: str
    tipo: str
    dimensione: int


def esamina(file) -> FileAccettato:
    """Check an uploaded file (seekable, with `name` and `size`) by its content.

    Raises `FileRifiutato` for an empty or too large file, an extension that is not accepted, or a content that
    is not what the extension says. Leaves the file at its start.
    """
    nome = PurePath(file.name.replace("\\", "/")).name[-200:]
    estensione = PurePath(nome).suffix.lower().lstrip(".")
    if file.size == 0:
        raise FileRifiutato(f"«{nome}» è vuoto: controlla il file e caricalo di nuovo")
    if file.size > MASSIMO_BYTE:
        peso = f"{file.size / 1_048_576:.1f}".replace(".", ",")
        raise FileRifiutato(f"«{nome}» pesa {peso} MB: il massimo è {MASSIMO_BYTE // 1_048_576} MB")
    if estensione not in TIPI:
        raise FileRifiutato(f"«{nome}» non è di un tipo accettato. Puoi caricare: {AMMESSI}")
    tipo = TIPI[estensione]
    file.seek(0)
    try:
        coerente = _contiene(file, estensione, tipo)
    finally:
        file.seek(0)
    if not coerente:
        raise FileRifiutato(f"«{nome}» non contiene un file {estensione}: salvalo di nuovo e riprova")
    return FileAccettato(nome, tipo, file.size)


def _contiene(file, estensione, tipo):
    if estensione == "pdf":
        return b"%PDF-" in file.read(1024)
    if tipo in FORMATI_IMMAGINE:
        try:
            with Image.open(file) as immagine:
                immagine.verify()
                return immagine.format == FORMATI_IMMAGINE[tipo]
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return False
    if estensione == "json":
        try:
            json.load(file)
        except (ValueError, RecursionError):
            return False
        return True
    if estensione in ("csv", "txt"):
        testa = file.read(65536)
        altro = (b"<!doctype", b"<html", b"<script", b"%pdf")
        return b"\0" not in testa and not testa.lstrip().lower().startswith(altro)
    try:
        with zipfile.ZipFile(file) as archivio:
            if estensione in PARTE_OOXML:
                return {"[Content_Types].xml", PARTE_OOXML[estensione]} <= set(archivio.namelist())
            with archivio.open("mimetype") as dichiarazione:
                return dichiarazione.read(200).decode("ascii", "replace").strip() == tipo
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError, ValueError):
        return False
