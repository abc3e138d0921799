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

from base.posta.lettera import testata, testo_di

from .codici import ESTESO, VAGO, capisci, rinunciato

MASSIMO = 1_000_000
"""Bytes of a report that are read: what matters is at its beginning, our message that comes with it is not."""

IDENTITA = (
    "Message-ID",
    "X-Original-Message-ID",
    "Original-Message-ID",
    "X-Riferimento-Message-ID",
    "In-Reply-To",
    "References",
)
"""Where a message is named: in its own headers, that come back with the report, or in the report's (a PEC's too)."""

_CHIUSI = ("text/rfc822-headers", "message/global-headers")
_ESITI = ("message/delivery-status", "message/global-delivery-status")

_NOME = re.compile(r"[^\s<>\"'=,;()]+@[^\s<>\"',;()]+")
_UFFICIO = re.compile(
    r"\b(?:mailer-?daemon|mail-?daemon|postmaster|mdaemon|bounces?|posta-certificata|mail delivery s\w+)\b",
    re.IGNORECASE,
)
_RISPOSTA = re.compile(
    r"(?<![\w.])(?:(?P<codice>[45][0-5]\d)(?:[ -]+#?(?P<esteso>[45]\.\d{1,3}\.\d{1,3}))?"
    r"|#?(?P<solo>[45]\.\d{1,3}\.\d{1,3}))"
    r"(?=[\s:,;)>-]|\Z)"
)
_IN_RITARDO = re.compile(r"delay|warning|ritard|verzöger", re.IGNORECASE)
_FALLITO = re.compile(
    r"fail|undeliver|non[- ]deliver|returned|rejected|not be delivered|mancat[oa] (?:consegna|recapito)"
    r"|non (?:è stato )?(?:consegnat|recapitat)|impossibile (?:consegnare|recapitare)"
    r"|unzustellbar|nicht (?:zugestellt|zustellbar)|non remis|pas pu être|échec",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RapportoDiConsegna:
    """What a report says of one message: the names by which it may be ours, and the code with which it failed.

    `codice` is empty when it has not failed: it is late, or it arrived.
    """

    nomi: tuple[str, ...]
    codice: str


def leggi(grezzo: bytes) -> RapportoDiConsegna | None:
    """None when it is anything but a report: an answer, an advertisement, a broken message."""
    try:
        messaggio = message_from_bytes(grezzo[:MASSIMO])
        parti = list(_parti(messaggio))
        esiti = [parte for parte in parti if "Action" in parte or {"Final-Recipient", "Status"} <= {*parte.keys()}]
        un_server, un_rapporto = _di_un_server(messaggio), messaggio.get_content_type() == "multipart/report"
        if not un_server and not un_rapporto:
            return None
        if esiti or not un_server:
            codici = [_codice(parte) for parte in esiti if _e_fallito(parte)]
            return RapportoDiConsegna(tuple(dict.fromkeys(_nomi(parti))), codici[0] if codici else "")
        testo = _testo(messaggio)
        nomi = dict.fromkeys([*_nomi(parti), *_NOME.findall(testo)])
        return RapportoDiConsegna(tuple(nomi), _codice_a_parole(messaggio, testo))
    except Exception:  # noqa: BLE001  (what the parser does not stand, as a nest of a thousand messages: not ours)
        return None


def _parti(messaggio: Message) -> Iterator[Message]:
    """Every part, the blocks of the status, the message that came back, or its headers alone."""
    for parte in messaggio.walk():
        yield parte
        if parte.get_content_type() in _CHIUSI:
            yield message_from_bytes(bytes(parte.get_payload(decode=True)))
        elif parte.get_content_type() in _ESITI and parte.is_multipart():
            yield from _blocchi(parte)


def _blocchi(stato: Message) -> Iterator[Message]:
    """The blocks of a status, which the library does not part where they are encoded, or international (RFC 6533)."""
    scritto = Message()
    scritto["Content-Transfer-Encoding"] = str(stato.get("Content-Transfer-Encoding", "8bit"))
    scritto.set_payload(b"\n".join(map(bytes, stato.get_payload())).decode("ascii", "surrogateescape"))
    yield from map(
        message_from_bytes, re.split(rb"(?:\r?\n[ \t]*){2,}", bytes(scritto.get_payload(decode=True)).strip())
    )


def _e_fallito(blocco: Message) -> bool:
    """By its action, which may have a comment; one that has none by its status."""
    azione = str(blocco.get("Action", "")).split("(")[0].strip().lower()
    return azione == "failed" or (not azione and str(blocco.get("Status", "")).strip().startswith("5"))


def _codice(blocco: Message) -> str:
    """ "5.1.1"; where the status says no more than "it failed", as the server that refused said it.

    A mailbox that stayed full until its server gave up has refused for good.
    """
    detto = str(blocco.get("Diagnostic-Code", ""))
    stato = ESTESO.search(str(blocco.get("Status", "")))
    if stato is None or VAGO.search(stato[0]):
        stato = ESTESO.search(detto) or stato
    return rinunciato(capisci(stato[0] if stato else "5.0.0", detto))


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
        return testo_di(messaggio)
    if messaggio.get_content_maintype() != "multipart":
        return ""
    return "\n".join(_testo(parte) for parte in messaggio.get_payload() if isinstance(parte, Message))


def _codice_a_parole(messaggio: Message, testo: str) -> str:
    """The code of the refusal, by the first answer of a server that is written before our own message."""
    detto = re.split(r"(?im)^[>\s]*(?:message-id|return-path|received)\s*:", testo, maxsplit=1)[0]
    oggetto = testata(messaggio, "Subject")
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
