"""A Maildir of ours, to which mail comes that a command reads. Pure: files, and no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CARTELLE, LETTO = ("new", "cur"), "S"
"""Where messages are in a Maildir, and the mark of one that was read."""


@dataclass(frozen=True)
class Giacenza:
    """How many messages lie in a Maildir: not read yet, and read without understanding whom they speak of."""

    da_leggere: int
    non_capiti: int


def e_maildir(cartella: str) -> bool:
    return bool(cartella) and all((Path(cartella) / nome).is_dir() for nome in CARTELLE)


def messaggi(cartella: str) -> Iterator[Path]:
    for nome in CARTELLE:
        yield from sorted(file for file in (Path(cartella) / nome).iterdir() if file.is_file())


def letto(messaggio: Path) -> bool:
    return LETTO in messaggio.name.partition(":2,")[2]


def segna_letto(messaggio: Path) -> None:
    nome, _, segni = messaggio.name.partition(":2,")
    messaggio.rename(messaggio.parent.parent / "cur" / f"{nome}:2,{''.join(sorted({*segni, LETTO}))}")


def nella_maildir(cartella: str) -> Giacenza | None:
    """None where there is no Maildir, or it is not for us to read."""
    try:
        if not e_maildir(cartella):
            return None
        letti = [letto(messaggio) for messaggio in messaggi(cartella)]
    except OSError:
        return None
    return Giacenza(letti.count(False), letti.count(True))


def dimentica(cartella: str, prima_di: float) -> int:
    """Delete what was read, not understood, and came before `prima_di` (seconds of the epoch); how many."""
    vecchi = [uno for uno in messaggi(cartella) if letto(uno) and uno.stat().st_mtime < prima_di]
    for messaggio in vecchi:
        messaggio.unlink()
    return len(vecchi)
