"""What a file is by its shape, without opening what it holds: packages of Office, signatures, messages. Pure.

Each function gets a seekable binary file at its start, and says whether it is what its name says. None raises.
"""

import base64
import binascii
import re
import zipfile
import zlib
from email.parser import BytesHeaderParser
from pathlib import PurePosixPath
from typing import IO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

OOXML = "application/vnd.openxmlformats-officedocument."
PRINCIPALI = {
    "docx": f"{OOXML}wordprocessingml.document.main+xml",
    "xlsx": f"{OOXML}spreadsheetml.sheet.main+xml",
    "pptx": f"{OOXML}presentationml.presentation.main+xml",
}
"""The content type of the main part of each: where that part is, the package says itself."""

ROTTI = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    ParseError,
    DefusedXmlException,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the old files of Office and the messages of Outlook begin."""

PEC, RICEVUTA = {"eml", "xml", "p7m", "p7s", "pdf", "txt"}, re.compile(r"(?:^|/)daticert\.xml$|\.eml$", re.IGNORECASE)
VOCI_PEC, BYTE_PEC = 50, 50_000_000
"""A zip is taken when it is what a mailbox of certified mail gives: at least `daticert.xml` or a message, only files of
these kinds, no more than so many, no more than so many bytes once unpacked."""

_FIRMATO = bytes.fromhex("06092a864886f70d010702")
_CORNICE = re.compile(rb"-----BEGIN [A-Z0-9 #]+-----(.*?)-----END [A-Z0-9 #]+-----", re.DOTALL)
_TESTATE = re.compile(rb"\A(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)+\r?\n")


def e_ooxml(file: IO[bytes], estensione: str) -> bool:
    """A package of Office without macros, wherever its main part is."""
    try:
        with zipfile.ZipFile(file) as archivio, archivio.open("[Content_Types].xml") as elenco:
            tipi = fromstring(elenco.read(1_000_000))
            nomi = {f"/{nome}".lower() for nome in archivio.namelist()}
    except ROTTI:
        return False
    if any(nome.endswith("/vbaproject.bin") for nome in nomi):
        return False
    parti = [(voce.tag.rpartition("}")[2], voce.get("ContentType", ""), voce) for voce in tipi]
    for genere, tipo, voce in parti:
        if tipo != PRINCIPALI[estensione]:
            continue
        if genere == "Override" and voce.get("PartName", "").lower() in nomi:
            return True
        coda = f".{voce.get('Extension', '').lower()}"
        if genere == "Default" and any(nome.endswith(coda) for nome in nomi):
            return True
    return False


def e_opendocument(file: IO[bytes], tipo: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archivio, archivio.open("mimetype") as dichiarazione:
            return dichiarazione.read(200).decode("ascii", "replace").strip() == tipo
    except ROTTI:
        return False


def e_firmato(file: IO[bytes]) -> bool:
    """An envelope of signed data (CMS, RFC 5652): as bytes (DER), in a frame (PEM), or in bare base64, also
    with the headers of the letter that it was.

    Nobody checks the signature here, nor looks at what is signed.
    """
    dati = file.read()
    if dati[:1] != b"\x30":
        dati = _TESTATE.sub(b"", dati)
        cornice = _CORNICE.search(dati)
        try:
            dati = base64.b64decode(b"".join((cornice[1] if cornice else dati).split()), validate=True)
        except (binascii.Error, ValueError):
            return False
    return _e_cms(dati)


def _e_cms(dati: bytes) -> bool:
    """A sequence that is all there and begins with the name of signed data."""
    if len(dati) < 2 or dati[0] != 0x30:
        return False
    quanti = dati[1] & 0x7F
    if dati[1] == 0x80:  # its length is not said: it ends where it ends
        inizio = 2
    elif dati[1] < 0x80:
        inizio = 2
        if len(dati) < 2 + quanti:
            return False
    else:
        inizio = 2 + quanti
        if quanti > 4 or len(dati) < inizio + int.from_bytes(dati[2:inizio], "big"):
            return False
    return dati[inizio : inizio + len(_FIRMATO)] == _FIRMATO


def e_messaggio(file: IO[bytes]) -> bool:
    """A letter as mail programs save it (RFC 5322): its headers say who wrote it and when, or of what."""
    testa = file.read(262_144)
    if b"\0" in testa:
        return False
    try:
        campi = BytesHeaderParser().parsebytes(testa.removeprefix(b"\xef\xbb\xbf").lstrip())
    except ROTTI:
        return False
    return "From" in campi and any(nome in campi for nome in ("Date", "Subject", "Message-ID", "Received"))


def e_messaggio_di_outlook(file: IO[bytes]) -> bool:
    """One of the files that begin like Word's old ones, with the properties of a message inside."""
    dati = file.read()
    return dati.startswith(OLE) and "__substg1.0_".encode("utf-16-le") in dati


def e_ricevuta_pec(file: IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(file) as archivio:
            voci = [voce for voce in archivio.infolist() if not voce.is_dir()]
    except ROTTI:
        return False
    return (
        0 < len(voci) <= VOCI_PEC
        and sum(voce.file_size for voce in voci) <= BYTE_PEC
        and not any(voce.flag_bits & 0x1 for voce in voci)
        and not any(".." in PurePosixPath(voce.filename).parts or voce.filename.startswith("/") for voce in voci)
        and all(voce.filename.rpartition(".")[2].lower() in PEC for voce in voci)
        and any(RICEVUTA.search(voce.filename) for voce in voci)
    )
