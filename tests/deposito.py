"""What takes long to make is made once per machine, under a name that says all that it depends on."""

import fcntl
import hashlib
import os
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

RADICE = Path(__file__).resolve().parents[1]
DEPOSITO = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "portale-distretto-prove"
VECCHIO = 2 * 86_400
"""Seconds after which a copy that nobody took is thrown away."""


def somma_di(file, *altro):
    """A digest of the names and the contents of `file` (paths under the root), of Python's version and of `altro`."""
    somma = hashlib.sha256(repr((sys.version_info[:2], altro)).encode())
    for percorso in sorted(file):
        if percorso.is_file() and not {".venv", "__pycache__"} & {*percorso.parts}:
            somma.update(f"{percorso.relative_to(RADICE)}\0".encode() + percorso.read_bytes())
    return somma.hexdigest()[:20]


@contextmanager
def solo_uno(nome):
    """One process at a time makes the copy `nome`; the others wait and find it."""
    DEPOSITO.mkdir(parents=True, exist_ok=True)
    with (DEPOSITO / f"{nome}.lock").open("w") as lucchetto:
        fcntl.flock(lucchetto, fcntl.LOCK_EX)
        yield


def in_deposito(nome, fai):
    """The path of the copy `nome`, a file or a folder, which `fai(path)` makes when there is none."""
    with solo_uno(nome):
        copia = DEPOSITO / nome
        if not copia.exists():
            provvisoria = DEPOSITO / f"{nome}.nuova"
            _togli(provvisoria)
            fai(provvisoria)
            provvisoria.rename(copia)
            _togli_le_vecchie()
        os.utime(copia)
        return copia


def _togli_le_vecchie():
    for copia in DEPOSITO.iterdir():
        with suppress(FileNotFoundError):  # another process takes it away too
            if copia.stat().st_mtime < time.time() - VECCHIO:
                _togli(copia)


def _togli(percorso):
    if percorso.is_dir():
        rmtree(percorso)
    else:
        percorso.unlink(missing_ok=True)
