"""A mail that arrives, from anybody: who says to have written it, whether our own server believes it, what it holds.
Pure: bytes in, what is in them out. Nothing it says of itself is believed but what the receiving server wrote.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from html import unescape

MASSIMO = 30 * 1024 * 1024
"""Bytes of a message that are read: what comes after is told to be missing, the text stands before."""
PARTI, TESTO = 200, 20_000
"""Parts that are looked at, characters of text that are kept."""
FIRMA = 20_000
"""Bytes under which a picture shown inside the text is taken for the ornament of a signature."""
AUTOMATICHE = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Failed-Recipients")
CONSEGNATA_A = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc", "Resent-To")

_TAG = re.compile(r"<(?:/?[a-z][^<>@]*|!--.*?--|/?[a-z]+)>", re.IGNORECASE | re.DOTALL)
_NASCOSTI = re.compile(r"<(script|style|head|title)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_A_CAPO = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_RISPOSTA = re.compile(r"^(?:(?:re|r|i|fw|fwd|inoltra|inoltro|tr)\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True)
class FileAllegato:
    nome: str
    dati: bytes


@dataclass(frozen=True)
class Lettera:
    """`mittente` is the one address it says to come from, empty when it says none or more; `autentica` whether the
    receiving server vouches for it; `automatica` whether a program wrote it; `identita` the same for the same mail."""

    identita: str
    mittente: str
    autentica: bool
    automatica: bool
    indirizzi: frozenset[str]
    oggetto: str
    testo: str
    scritta_il: datetime | None
    file: tuple[FileAllegato, ...]
    intera: bool


def leggi_lettera(grezzo: bytes, garante: str) -> Lettera | None:
    """None for what cannot be read at all. `garante` is the name (authserv-id) with which our server signs what it
    found of who sent it; without one nothing is authentic."""
    try:
        messaggio = message_from_bytes(grezzo[:MASSIMO])
        mittente = _mittente(messaggio)
        testo, file = _contenuto(messaggio)
        return Lettera(
            identita=sha256(testata(messaggio, "Message-ID").strip().encode() or grezzo[:MASSIMO]).hexdigest(),
            mittente=mittente,
            autentica=bool(mittente and garante) and _autentica(messaggio, mittente, garante),
            automatica=_automatica(messaggio),
            indirizzi=frozenset(
                indirizzo.lower()
                for nome in CONSEGNATA_A
                for _, indirizzo in getaddresses([str(v) for v in messaggio.get_all(nome, [])][:20])
                if indirizzo
            ),
            oggetto=_RISPOSTA.sub("", " ".join(testata(messaggio, "Subject").split())),
            testo=testo[:TESTO].strip(),
            scritta_il=_quando(messaggio),
            file=tuple(file),
            intera=len(grezzo) <= MASSIMO,
        )
    except Exception:  # noqa: BLE001  (what the parser does not stand, as a nest of a thousand messages)
        return None


def testata(messaggio: Message, nome: str) -> str:
    """A header in words; what its encoding hides is left as it is written."""
    return _in_parole(str(messaggio.get(nome, "")))


def _in_parole(valore: str) -> str:
    try:
        return str(make_header(decode_header(valore)))
    except (MessageError, LookupError, ValueError):
        return valore


def _mittente(messaggio: Message) -> str:
    """The one address of the one From; a second of either may be what another program reads."""
    campi = messaggio.get_all("From", [])
    indirizzi = [indirizzo for _, indirizzo in getaddresses([str(uno) for uno in campi])]
    uno = indirizzi[0] if len(campi) == len(indirizzi) == 1 else ""
    return uno.lower() if re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", uno) else ""


def _quando(messaggio: Message) -> datetime | None:
    try:
        quando = parsedate_to_datetime(str(messaggio.get("Date", "")))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return quando if quando.tzinfo is not None and 1990 < quando.year < 2100 else None


def _automatica(messaggio: Message) -> bool:
    """Answers of who is away, of lists, of servers: nobody who has something in hand writes so (RFC 3834)."""
    automatica = str(messaggio.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedenza = str(messaggio.get("Precedence", "")).strip().lower()
    return (
        automatica != "no"
        or precedenza in ("bulk", "junk", "list", "auto_reply")
        or str(messaggio.get("Return-Path", "")).strip() == "<>"
        or messaggio.get_content_type() == "multipart/report"
        or any(nome in messaggio for nome in AUTOMATICHE)
    )


def _autentica(messaggio: Message, mittente: str, garante: str) -> bool:
    """Whether the topmost Authentication-Results (RFC 8601) is our server's, and vouches for the domain of `mittente`.

    Those below may be forged: whoever wrote the message put them there. DMARC decides where it is said, and what it
    refused is refused; else DKIM or SPF must have passed for that very domain.
    """
    campi = messaggio.get_all("Authentication-Results", [])
    if not campi:
        return False
    chi, *esiti = _voci(str(campi[0]))
    if not chi or chi[0].lower() != garante.lower() or chi[1:] not in ([], ["1"]):
        return False
    dominio = mittente.rpartition("@")[2]
    detti = [_esito(voce) for voce in esiti]
    dmarc = [(esito, dati.get("header.from", "")) for metodo, esito, dati in detti if metodo == "dmarc"]
    if dmarc:
        return all(esito == "pass" and di == dominio for esito, di in dmarc)
    return any(
        esito == "pass"
        and (
            (metodo == "dkim" and dominio in (dati.get("header.d"), dati.get("header.i", "").rpartition("@")[2]))
            or (metodo == "spf" and dati.get("smtp.mailfrom", "").rpartition("@")[2] == dominio)
        )
        for metodo, esito, dati in detti
    )


def _voci(valore: str) -> list[list[str]]:
    """The statements of a header, each as its words: comments, nested too, are out; quotes hold their spaces."""
    voci: list[list[str]] = [[]]
    parola, virgolette, parentesi, salta = "", False, 0, False
    for segno in f"{valore};":
        if salta:
            salta, parola = False, parola if parentesi else parola + segno
        elif segno == "\\" and (virgolette or parentesi):
            salta = True
        elif segno == '"' and not parentesi:
            virgolette = not virgolette
        elif virgolette:
            parola += segno
        elif segno in "()":
            parentesi = max(0, parentesi + (1 if segno == "(" else -1))
        elif parentesi:
            continue
        elif segno == ";" or segno.isspace():
            if parola:
                voci[-1].append(parola)
            parola = ""
            if segno == ";":
                voci.append([])
        else:
            parola += segno
    return voci[:-1] or [[]]


def _esito(voce: list[str]) -> tuple[str, str, dict[str, str]]:
    """(method, result, properties) of one statement, in small letters; a property said twice says nothing."""
    coppie = [parola.lower().partition("=") for parola in voce]
    metodo, _, esito = coppie[0] if coppie else ("", "", "")
    nomi = [nome for nome, _, _ in coppie[1:]]
    dati = {nome: valore for nome, segno, valore in coppie[1:] if segno and nomi.count(nome) == 1}
    return metodo.partition("/")[0], esito, dati


def _contenuto(messaggio: Message) -> tuple[str, list[FileAllegato]]:
    """Its text, in words, and its files; a message forwarded as a file is a file, whose text serves if there is none
    other."""
    testi: list[str] = []
    html: list[str] = []
    dentro: list[str] = []
    file: list[FileAllegato] = []
    for parte in _parti(messaggio):
        nome, genere = _nome(parte), parte.get_content_type()
        if genere == "message/rfc822":
            uno = next((p for p in parte.get_payload() if isinstance(p, Message)), None)
            if uno is not None:
                file.append(FileAllegato(nome or "messaggio inoltrato.eml", uno.as_bytes()))
                dentro += [testo_di(p) for p in _parti(uno) if p.get_content_maintype() == "text" and not _nome(p)]
        elif genere in ("text/plain", "text/html") and not nome and _disposizione(parte) != "attachment":
            (testi if genere == "text/plain" else html).append(testo_di(parte))
        else:
            dati = bytes(parte.get_payload(decode=True) or b"")
            ornamento = "Content-ID" in parte and _disposizione(parte) != "attachment" and len(dati) < FIRMA
            if dati and not (ornamento and parte.get_content_maintype() == "image"):
                file.append(FileAllegato(nome or f"allegato.{_estensione(genere)}", dati))
    return "\n".join(next((t for t in (testi, html, dentro) if any(uno.strip() for uno in t)), [])), file


def _parti(messaggio: Message) -> Iterator[Message]:
    """What is no container, in order, at most `PARTI`; a message inside is one part."""
    da_vedere, viste = [messaggio], 0
    while da_vedere and viste < PARTI:
        parte, viste = da_vedere.pop(0), viste + 1
        if parte.is_multipart() and parte.get_content_type() != "message/rfc822":
            da_vedere = [p for p in parte.get_payload() if isinstance(p, Message)] + da_vedere
        else:
            yield parte


def _disposizione(parte: Message) -> str:
    return str(parte.get_content_disposition() or "")


def _nome(parte: Message) -> str:
    nome = _in_parole(str(parte.get_filename() or ""))
    return nome.replace("\0", "").replace("\\", "/").rpartition("/")[2].strip()[-150:]


def _estensione(genere: str) -> str:
    return {"image/jpeg": "jpg", "image/heic": "heic", "image/png": "png", "application/pdf": "pdf"}.get(genere, "dat")


def testo_di(parte: Message) -> str:
    """The words of a text, plain or HTML, whatever letters it says that it is written in."""
    testo = bytes(parte.get_payload(decode=True) or b"").decode(_carattere(parte), "replace")
    if parte.get_content_subtype() != "html":
        return testo
    return unescape(_TAG.sub(" ", _A_CAPO.sub("\n", _NASCOSTI.sub(" ", testo))))


def _carattere(parte: Message) -> str:
    nome = str(parte.get_content_charset("utf-8"))
    try:
        b"x".decode(nome)
    except (LookupError, UnicodeError, ValueError):
        return "latin-1"
    return nome
