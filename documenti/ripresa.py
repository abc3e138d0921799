"""A ZIP that grows beside its place, entry by entry: what was whole when its maker was killed is not made again. Pure.

After each entry the archive is closed and on the disk, and beside it a mark says where it ends and how: bytes that a
dead process left after that are cut away, and the end is put back. The place itself holds the whole, or what was there.
"""

import fcntl
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

FERMO = (1980, 1, 1, 0, 0, 0)
"""The time of every part of an archive: same content, same bytes."""
PEZZO = 1 << 20
"""Bytes copied at a time."""


class GiaInCorso(Exception):
    """Another process is writing the same archive; the text says so."""


class ArchivioCheRiprende:
    """What is in the archive so far, and the way to put in the rest."""

    def __init__(self, file: IO[bytes], segno: Path, stato: str):
        self._file, self._segno, self._stato = file, segno, stato
        self._impronte: dict[str, str] = {}
        self._riprendi()

    def __contains__(self, nome: str) -> bool:
        return nome in self._impronte

    def metti(self, nome: str, apri: Callable[[], IO[bytes]]) -> str:
        """The SHA-256 of the entry `nome`, which is put in, as `apri` gives it, unless it is there."""
        if nome not in self._impronte:
            with zipfile.ZipFile(self._file, "a") as archivio, apri() as originale:
                voce = zipfile.ZipInfo(nome, FERMO)
                voce.compress_type, voce.file_size = zipfile.ZIP_DEFLATED, originale.seek(0, os.SEEK_END)
                originale.seek(0)
                somma = hashlib.sha256()
                with archivio.open(voce, "w") as dentro:
                    while pezzo := originale.read(PEZZO):
                        somma.update(pezzo)
                        dentro.write(pezzo)
                lungo = self._file.tell()
            self._impronte[nome] = somma.hexdigest()
            self._segna(lungo)
        return self._impronte[nome]

    def _segna(self, lungo: int) -> None:
        """Keep that the entries end at `lungo`, and what comes after; first of all that they are on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.seek(lungo)
        detto = {"stato": self._stato, "lungo": lungo, "fine": self._file.read().hex(), "impronte": self._impronte}
        nuovo = self._segno.with_name(f".nuovo{self._segno.name}")
        nuovo.write_text(json.dumps(detto))
        nuovo.replace(self._segno)

    def _riprendi(self) -> None:
        """Go back to the last mark; to nothing, where there is none or what is to be written is not the same."""
        detto: dict = {}
        with suppress(FileNotFoundError, ValueError):
            detto = json.loads(self._segno.read_text())
        if detto.get("stato") != self._stato or os.fstat(self._file.fileno()).st_size < detto["lungo"]:
            detto = {"lungo": 0, "fine": "", "impronte": {}}
        self._file.truncate(detto["lungo"])
        self._file.seek(detto["lungo"])
        self._file.write(bytes.fromhex(detto["fine"]))
        self._impronte = detto["impronte"]


@contextmanager
def archivio_che_riprende(dove: Path, stato: str) -> Iterator[ArchivioCheRiprende]:
    """The archive that will be at `dove`, from where a process that was killed left it.

    `stato` is the fingerprint of all that is to be written: what was begun for another is thrown away. An error leaves
    nothing behind. Raises `GiaInCorso` and `OSError`.
    """
    parte, segno = _accanto(dove)
    with os.fdopen(os.open(parte, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        if not _e_mio(file, parte):
            raise GiaInCorso(f"Un altro programma sta già scrivendo «{dove.name}»: aspetta che finisca")
        try:
            yield ArchivioCheRiprende(file, segno, stato)
            segno.unlink()
            parte.replace(dove)
        except Exception:
            _togli(parte, segno)
            raise


def butta_il_cominciato(dove: Path) -> None:
    """Take away what was begun of the archive at `dove`, unless somebody is still writing it."""
    parte, segno = _accanto(dove)
    with suppress(FileNotFoundError), parte.open("r+b") as file:
        if _e_mio(file, parte):
            _togli(parte, segno)


def _accanto(dove: Path) -> tuple[Path, Path]:
    """Where it grows, and its mark: names that copies of the site leave out."""
    return dove.with_name(f".{dove.name}.parte"), dove.with_name(f".{dove.name}.segno.parte")


def _e_mio(file: IO[bytes], percorso: Path) -> bool:
    """Whether nobody else has `file`, until it is closed, and it is still what stands at `percorso`."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), percorso.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _togli(parte: Path, segno: Path) -> None:
    for uno in (parte, segno, segno.with_name(f".nuovo{segno.name}")):
        uno.unlink(missing_ok=True)
