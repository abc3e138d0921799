"""Uploaded files judged by what they contain, never by what they say they are."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from .formati import contenitori, foto
from .formati.nomi_di_file import estensione, nome_leggibile

MASSIMO_BYTE = 10 * 1024 * 1024
"""Largest file accepted, in bytes."""

TIPI = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "heif": "image/heif",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "p7m": "application/pkcs7-mime",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "zip": "application/zip",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
}
"""Accepted extensions and the type under which each is served."""

PUBBLICI = ("csv", "docx", "odp", "ods", "odt", "p7m", "pdf", "pptx", "txt", "xlsx")
"""Those of a public document: a letter and its receipts name people, a picture goes among the pictures."""

CONSIGLI = {
    "doc": "Aprilo con Word o LibreOffice e salvalo come .docx o PDF",
    "xls": "Aprilo con Excel o LibreOffice e salvalo come .xlsx o PDF",
    "ppt": "Aprilo con PowerPoint o LibreOffice e salvalo come .pptx o PDF",
    "rtf": "Aprilo con Word o LibreOffice e salvalo come .docx o PDF",
    "docm": "Salvalo senza macro, come .docx",
    "xlsm": "Salvalo senza macro, come .xlsx",
    "pptm": "Salvalo senza macro, come .pptx",
    "dotx": "È un modello: salvalo come .docx o PDF",
    "xlsb": "Salvalo come .xlsx",
    "ppsx": "Salvalo come .pptx o PDF",
    "tsd": "È una marca temporale: carica il file che contiene",
    "pages": "Esportalo da Pages in PDF o Word",
    "numbers": "Esportalo da Numbers in PDF o Excel",
    "p7s": "È solo la firma: carica il file firmato, o il .p7m che contiene tutti e due",
    "rar": "Carica i file uno per uno",
    "7z": "Carica i file uno per uno",
    "jfif": "È un JPG: cambia la fine del nome in .jpg",
    "tif": "Salva l'immagine come JPG o PDF",
    "tiff": "Salva l'immagine come JPG o PDF",
    "bmp": "Salva l'immagine come JPG o PNG",
    "avif": "Salva l'immagine come JPG o PNG",
}
"""What to do with a file that people do send and that is not accepted."""

NON_PEC = (
    "è un archivio, e si accetta solo quello di una ricevuta PEC (con daticert.xml o un messaggio .eml): "
    "carica i file uno per uno"
)
AMMESSI = (
    "PDF, immagini (JPG, PNG, WEBP, HEIC), documenti e fogli (Word, Excel, PowerPoint, LibreOffice), "
    "file firmati (.p7m), messaggi (.eml, .msg), ricevute PEC (.zip), testo, CSV e JSON"
)


class FileRifiutato(ValueError):
    """A file that is not accepted; its text is for the user."""


@dataclass(frozen=True)
class FileAccettato:
    """Name to show, type to serve, size in bytes."""

    nome: str
    tipo: str
    dimensione: int

    @property
    def immagine(self) -> bool:
        return self.tipo.startswith("image/")


def esamina(file: Any) -> FileAccettato:
    """Check an uploaded file (seekable, with `name` and `size`) by its content.

    Raises `FileRifiutato` for an empty or too large file, an extension that is not accepted, or a content that
    is not what the extension says. Leaves the file at its start.
    """
    nome, genere = nome_leggibile(file.name), estensione(file.name)
    if file.size == 0:
        raise FileRifiutato(f"«{nome}» è vuoto: controlla il file e caricalo di nuovo")
    if file.size > MASSIMO_BYTE:
        peso = f"{file.size / 1_048_576:.1f}".replace(".", ",")
        raise FileRifiutato(f"«{nome}» pesa {peso} MB: il massimo è {MASSIMO_BYTE // 1_048_576} MB")
    if genere in CONSIGLI:
        raise FileRifiutato(f"«{nome}» non è di un tipo accettato. {CONSIGLI[genere]}")
    if genere not in TIPI:
        raise FileRifiutato(f"«{nome}» non è di un tipo accettato. Puoi caricare: {AMMESSI}")
    file.seek(0)
    try:
        if TIPI[genere].startswith("image/"):
            foto.apri(file, file.name)
        elif not _contiene(file, genere):
            perche = NON_PEC if genere == "zip" else f"non contiene un file {genere}: salvalo di nuovo e riprova"
            raise FileRifiutato(f"«{nome}» {perche}")
    except foto.FotoRifiutata as rifiuto:
        raise FileRifiutato(f"«{nome}» {rifiuto}") from rifiuto
    finally:
        file.seek(0)
    return FileAccettato(nome, TIPI[genere], file.size)


def _contiene(file: IO[bytes], genere: str) -> bool:
    if genere in contenitori.PRINCIPALI:
        return contenitori.e_ooxml(file, genere)
    if genere in ("odt", "ods", "odp"):
        return contenitori.e_opendocument(file, TIPI[genere])
    return _PROVE[genere](file)


def _e_pdf(file: IO[bytes]) -> bool:
    return b"%PDF-" in file.read(1024)


def _e_json(file: IO[bytes]) -> bool:
    try:
        json.load(file)
    except (ValueError, RecursionError):
        return False
    return True


def _e_testo(file: IO[bytes]) -> bool:
    testa = file.read(65536)
    if testa.startswith((b"\xff\xfe", b"\xfe\xff")):  # as Windows saves it "in Unicode"
        testa = testa.decode("utf-16", "replace").encode()
    altro = (b"<!doctype", b"<html", b"<script", b"%pdf")
    return b"\0" not in testa and not testa.lstrip().lower().startswith(altro)


_PROVE: dict[str, Callable[[IO[bytes]], bool]] = {
    "pdf": _e_pdf,
    "json": _e_json,
    "csv": _e_testo,
    "txt": _e_testo,
    "p7m": contenitori.e_firmato,
    "eml": contenitori.e_messaggio,
    "msg": contenitori.e_messaggio_di_outlook,
    "zip": contenitori.e_ricevuta_pec,
}
