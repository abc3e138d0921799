"""The files of the pages that are ready. What is under `pagine` is public, and the web server gives it by itself.

pronte/pagine/<what the headers are>/<scheme>/<host>/<path>/index.html, .gz, .br
pronte/prove/<scheme>/<host>/<path>/.prova     what each stands on, for the guard; it is of then when it expires
pronte/stato                                   whose pages they are, and for which state of the tables
"""

import fcntl
import gzip
import hashlib
import os
import pickle
import secrets
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings

from ..middleware import CAPACITA
from .interrogazioni import Fondamento

PROVA = ".prova"  # no page has a dot in its address
AVVIO = os.environ.get("PRONTE_AVVIO") or secrets.token_hex(8)
"""This code, as it was loaded: pages that another one drew are not its own."""
CODIFICHE = {"br": ".br", "gzip": ".gz", "": ""}
"""In the order in which they are preferred: the name of an encoding, the end of its file."""


@dataclass(frozen=True)
class Chiave:
    """Where a page is asked for."""

    schema: str
    host: str
    percorso: str

    @property
    def relativa(self) -> Path:
        return Path(self.schema, self.host, *self.percorso.strip("/").split("/"))


@dataclass(frozen=True)
class StatoDelDeposito:
    """Of whom the pages are, and the state of the tables for which they are true."""

    avvio: str
    versioni: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Pronta:
    """A page as it is given: its bytes, how they are encoded, what tells them from others."""

    contenuto: bytes
    codifica: str
    etag: str


def cartella() -> Path:
    return Path(settings.VAR_DIR) / "pronte"


def intestazioni() -> str:
    """What tells the headers of every public page, that the web server says by itself, from those of other settings.

    It stands in the addresses of the files: a web server that says other headers does not find them, and asks us.
    """
    nomi = ("CONTENT_SECURITY_POLICY", "X_FRAME_OPTIONS", "SECURE_REFERRER_POLICY", "SECURE_HSTS_SECONDS")
    nomi += ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "SECURE_CROSS_ORIGIN_OPENER_POLICY")
    detto = repr([CAPACITA, *(getattr(settings, nome) for nome in nomi)])
    return hashlib.sha256(detto.encode()).hexdigest()[:12]


def _pagine() -> Path:
    return cartella() / "pagine" / intestazioni()


def _prove() -> Path:
    return cartella() / "prove"


@contextmanager
def serratura(aspetta: bool) -> Iterator[bool]:
    """Whoever writes or takes away is alone; whether we are."""
    cartella().mkdir(parents=True, exist_ok=True)
    with (cartella() / "serratura").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if aspetta else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def leggi(chiave: Chiave, accetta: str) -> Pronta | None:
    """The page, in the best encoding of the header `accetta`; None where it is not ready."""
    codifiche = {parte.partition(";")[0].strip() for parte in accetta.split(",") if "q=0" not in parte.replace(" ", "")}
    codifica = next(nome for nome in CODIFICHE if not nome or nome in codifiche)
    try:
        with (_pagine() / chiave.relativa / f"index.html{CODIFICHE[codifica]}").open("rb") as file:
            dati = os.fstat(file.fileno())
            return Pronta(file.read(), codifica, f'"{int(dati.st_mtime):x}-{dati.st_size:x}"')
    except OSError:
        return None


def metti(chiave: Chiave, contenuto: bytes, prova: Fondamento) -> None:
    """Write the page, all of it before anybody may find it; who calls holds the lock.

    The time of a file is the sum of its content: the web server makes the ETag of that.
    """
    sue_prove, sue = _prove() / chiave.relativa, _pagine() / chiave.relativa
    _scrivi(sue_prove / PROVA, pickle.dumps(prova), int(prova.fino_a.timestamp()))
    somma = zlib.crc32(contenuto) & 0x7FFFFFFF
    _scrivi(sue / "index.html.br", brotli.compress(contenuto, quality=5), somma)
    _scrivi(sue / "index.html.gz", gzip.compress(contenuto, 6, mtime=0), somma)
    _scrivi(sue / "index.html", contenuto, somma)


def togli(relativa: Path) -> None:
    """Take a page away: first what is given, then what it stands on; who calls holds the lock."""
    for fine in CODIFICHE.values():
        (_pagine() / relativa / f"index.html{fine}").unlink(missing_ok=True)
    (_prove() / relativa / PROVA).unlink(missing_ok=True)


def presenti() -> Iterator[tuple[Path, float]]:
    """Every page that is ready, and until when."""
    for radice, _, file in os.walk(_prove()):
        if PROVA in file:
            qui = Path(radice)
            yield qui.relative_to(_prove()), (qui / PROVA).stat().st_mtime


def prova_di(relativa: Path) -> Fondamento | None:
    """What the page stands on; None where it cannot be read."""
    try:
        prova = pickle.loads((_prove() / relativa / PROVA).read_bytes())  # noqa: S301  (our own file)
    except Exception:  # noqa: BLE001  (whatever is wrong with it, the page goes)
        return None
    return prova if isinstance(prova, Fondamento) else None


def stato() -> StatoDelDeposito | None:
    try:
        letto: Any = pickle.loads((cartella() / "stato").read_bytes())  # noqa: S301  (our own file)
    except Exception:  # noqa: BLE001  (whatever is wrong with it, nothing is ready)
        return None
    return letto if isinstance(letto, StatoDelDeposito) else None


def scrivi_stato(nuovo: StatoDelDeposito) -> None:
    _scrivi(cartella() / "stato", pickle.dumps(nuovo))


def svuota(**kwargs) -> None:
    """Nothing is ready any more, nor may be before the guard begins again."""
    (cartella() / "stato").unlink(missing_ok=True)
    for file in ("pagine", "prove"):
        if (cartella() / file).exists():
            via = cartella() / f".via-{secrets.token_hex(6)}"
            (cartella() / file).rename(via)
            shutil.rmtree(via, ignore_errors=True)


def _scrivi(percorso: Path, contenuto: bytes, quando: int | None = None) -> None:
    percorso.parent.mkdir(parents=True, exist_ok=True)
    parte = percorso.with_name(f".{secrets.token_hex(6)}")
    try:
        parte.write_bytes(contenuto)
        if quando is not None:
            os.utime(parte, (quando, quando))
        parte.replace(percorso)
    finally:
        parte.unlink(missing_ok=True)
