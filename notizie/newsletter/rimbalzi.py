"""What comes back hours later, when a server that took a message cannot deliver it. Pure: bytes in, what they say out.

Reports of delivery (RFC 3464), and the letters in plain words of servers that write none. Anyone may write one.
Nothing of it is kept but digits, and it is believed only if it names a message by the signed Message-ID that we gave it
(see `collegamenti`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from html import unescape

from .codici import ESTESO, VAGO, capisci

MASSIMO = 1_000_000
"""Bytes of a report that are read: what matters is at its beginning, our message that comes with it is not."""

IDENTITA = ("Message-ID", "X-Original-Message-ID", "Original-Message-ID", "In-Reply-To", "References")
"""Where a message is named: in its own headers, that come back with the report, or in the report's."""

_NOME = re.compile(r"[^\s<>\"'=,;()]+@[^\s<>\"',;()]+")
_UFFICIO = re.compile(r"\b(?:mailer-?daemon|mail-?daemon|postmaster|mdaemon|bounces?)\b", re.IGNORECASE)
_RISPOSTA = re.compile(
    r"(?<![\w.])(?:(?P<codice>[45][0-5]\d)(?:[ -]+#?(?P<esteso>[45]\.\d{1,3}\.\d{1,3}))?"
    r"|#?(?P<solo>[45]\.\d{1,3}\.\d{1,3}))"
    r"(?=[\s:,;)>-]|\Z)"
)
_IN_RITARDO = re.compile(r"delay|warning|ritard", re.IGNORECASE)
_FALLITO = re.compile(
    r"fail|undeliver|non[- ]deliver|returned|rejected|not be delivered|mancat[oa] (?:consegna|recapito)"
    r"|non (?:è stato )?(?:consegnat|recapitat)|impossibile (?:consegnare|recapitare)|unzustellbar",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rapporto:
    """What a report says of one message: the names by which it may be ours, and the code with which it failed.

    `codice` is empty when it has not failed: it is late, or it arrived.
    """

    nomi: tuple[str, ...]
    codice: str


def leggi(grezzo: bytes) -> Rapporto | None:
    """None when it is anything but a report: an answer, an advertisement, a broken message."""
    try:
        messaggio = message_from_bytes(grezzo[:MASSIMO])
        parti = list(_parti(messaggio))
        esiti = [parte for parte in parti if "Action" in parte]
        un_server, un_rapporto = _di_un_server(messaggio), messaggio.get_content_type() == "multipart/report"
        if not un_server and not un_rapporto:
            return None
        if esiti or not un_server:
            codici = [_codice(parte) for parte in esiti if str(parte["Action"]).strip().lower() == "failed"]
            return Rapporto(tuple(dict.fromkeys(_nomi(parti))), codici[0] if codici else "")
        testo = _testo(messaggio)
        nomi = dict.fromkeys([*_nomi(parti), *_NOME.findall(testo)])
        return Rapporto(tuple(nomi), _codice_a_parole(messaggio, testo))
    except Exception:  # noqa: BLE001  (what the parser does not stand, as a nest of a thousand messages: not ours)
        return None


def _parti(messaggio: Message) -> Iterator[Message]:
    """Every part, the blocks of the status, the message that came back, or its headers alone."""
    for parte in messaggio.walk():
        yield parte
        if parte.get_content_type() == "text/rfc822-headers":
            yield message_from_bytes(bytes(parte.get_payload(decode=True)))


def _codice(blocco: Message) -> str:
    """ "5.1.1"; where the status says no more than "it failed", as the server that refused said it.

    A mailbox that stayed full until its server gave up has refused for good.
    """
    detto = str(blocco.get("Diagnostic-Code", ""))
    stato = ESTESO.search(str(blocco.get("Status", "")))
    if stato is None or VAGO.search(stato[0]):
        stato = ESTESO.search(detto) or stato
    codice = capisci(stato[0] if stato else "5.0.0", detto)
    return "5.2.2" if codice == "4.2.2" else codice


def _nomi(parti: list[Message]) -> Iterator[str]:
    for parte in parti:
        for campo in IDENTITA:
            yield from re.findall(r"<([^<>\s]+)>", " ".join(str(valore) for valore in parte.get_all(campo, [])))


def _di_un_server(messaggio: Message) -> bool:
    """Whether a mail server wrote it: who is on holiday, or answers by hand, may quote any code."""
    mittente = f"{messaggio.get('From', '')} {messaggio.get('Return-Path', '')}"
    return "X-Failed-Recipients" in messaggio or bool(_UFFICIO.search(mittente))


def _testo(messaggio: Message) -> str:
    """What it says in words, without the message that came back as a part of its own."""
    if messaggio.get_content_maintype() == "text":
        testo = bytes(messaggio.get_payload(decode=True)).decode(_carattere(messaggio), "replace")
        if messaggio.get_content_subtype() != "html":
            return testo
        return unescape(re.sub(r"<(?:/?[a-z][^<>@]*|!--.*?--)>", " ", testo, flags=re.IGNORECASE | re.DOTALL))
    if messaggio.get_content_maintype() != "multipart":
        return ""
    return "\n".join(_testo(parte) for parte in messaggio.get_payload() if isinstance(parte, Message))


def _carattere(parte: Message) -> str:
    carattere = parte.get_content_charset("utf-8")
    try:
        "".encode(carattere)
    except LookupError:
        return "latin-1"
    return carattere


def _codice_a_parole(messaggio: Message, testo: str) -> str:
    """The code of the refusal, by the first answer of a server that is written before our own message."""
    detto = re.split(r"(?im)^[>\s]*(?:message-id|return-path|received)\s*:", testo, maxsplit=1)[0]
    oggetto = str(messaggio.get("Subject", ""))
    risposte = [risposta for risposta in _RISPOSTA.finditer(detto) if risposta["codice"] is None or risposta["esteso"]]
    risposta = next(iter([*risposte, *_RISPOSTA.finditer(detto)]), None)
    if risposta is not None:
        codice = risposta["esteso"] or risposta["solo"] or f"{risposta['codice'][0]}.0.0"
        return capisci(codice, _paragrafo(detto, risposta.start())) if codice.startswith("5") else ""
    if _IN_RITARDO.search(oggetto):
        return ""
    fallito = "X-Failed-Recipients" in messaggio or _FALLITO.search(oggetto) or _FALLITO.search(detto)
    return capisci("5.0.0", detto) if fallito else ""


def _paragrafo(detto: str, dove: int) -> str:
    """What is said around a place, between two empty lines."""
    prima, dopo = re.split(r"\n\s*\n", detto[:dove])[-1], re.split(r"\n\s*\n", detto[dove:])[0]
    return prima + dopo
