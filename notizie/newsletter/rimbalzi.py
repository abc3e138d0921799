"""Reports of delivery (RFC 3464), as mail servers send them back hours later. Pure: bytes in, what they say out.

Anyone may write one. Nothing of it is kept but digits, and it is believed only if it names a message by the signed
Message-ID that we gave it (see `collegamenti`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

MASSIMO = 1_000_000
"""Bytes of a report that are read: what matters is at its beginning, our message that comes with it is not."""

IDENTITA = ("Message-ID", "X-Original-Message-ID", "Original-Message-ID", "In-Reply-To", "References")
"""Where a message is named: in its own headers, that come back with the report, or in the report's."""

_CODICE = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")

PERCHE = (
    (r"\.1\.\d+", "l'indirizzo non esiste"),
    (r"\.2\.2", "la casella è piena"),
    (r"\.2\.1", "la casella è disattivata"),
    (r"\.4\.\d+", "il suo server di posta non si raggiunge"),
    (r"\.6\.\d+", "il suo server non sa leggere il messaggio"),
    (r"\.7\.\d+", "il suo server non accetta la nostra posta"),
)
"""What the manager reads of an extended code (RFC 3463), by its class and detail."""


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
        if messaggio.get_content_type() != "multipart/report":
            return None
        parti = list(_parti(messaggio))
        codici = [_codice(parte) for parte in parti if str(parte.get("Action", "")).strip().lower() == "failed"]
        nomi = [nome for parte in parti for campo in IDENTITA for nome in _nomi(parte, campo)]
    except Exception:  # noqa: BLE001  (what the parser does not stand, as a nest of a thousand messages: not ours)
        return None
    return Rapporto(tuple(dict.fromkeys(nomi)), codici[0] if codici else "")


def _parti(messaggio: Message) -> Iterator[Message]:
    """Every part, the blocks of the status, the message that came back, or its headers alone."""
    for parte in messaggio.walk():
        yield parte
        if parte.get_content_type() == "text/rfc822-headers":
            yield message_from_bytes(bytes(parte.get_payload(decode=True)))


def _codice(blocco: Message) -> str:
    """ "5.1.1"; where the status says no more than "it failed", as the server that refused said it."""
    stato = _CODICE.search(str(blocco.get("Status", "")))
    if stato is None or stato[0].endswith(".0.0"):
        stato = _CODICE.search(str(blocco.get("Diagnostic-Code", ""))) or stato
    return stato[0] if stato else "5.0.0"


def _nomi(parte: Message, campo: str) -> list[str]:
    return re.findall(r"<([^<>\s]+)>", " ".join(str(valore) for valore in parte.get_all(campo, [])))


def della_casella(codice: str) -> bool:
    """Whether a refusal for good, as "550 5.1.1" or "550", is about the mailbox, not our server or the text."""
    return codice.startswith("5") and not re.search(r"\b5\.[367]\.", codice)


def perche(codice: str) -> str:
    """A refusal in words, for the manager."""
    return next((parole for modello, parole in PERCHE if re.search(rf"\b[45]{modello}\b", codice)), "senza dire perché")
