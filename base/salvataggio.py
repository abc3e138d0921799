"""A copy of everything that a site is, database and files, and a site made again from it.

An archive is a tar: the files of each store, the database as its own tool writes it, and last the manifest, with the
rows of each table and the SHA-256 of every file. Files are written once and deleted after the commit: those that are
there before and after the database is read hold all that its rows name.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection, transaction
from django.dispatch import Signal
from django.utils import timezone

VERSIONE = 1
ARCHIVI = {"media": "default", "allegati": "allegati"}
"""Folders of the archive, and the storage that each one holds: public files, private files."""
MANIFESTO, DATI = "manifesto.json", "dati"
NOME = "portale-{:%Y%m%d-%H%M%S}.tar.gz"
RIGHE = 2000


ripristinato = Signal()
"""Sent once a site was made again: what waited to be done when the copy was made may have been done since."""


class NonSiPuo(Exception):
    """Why a copy cannot be made or read, for who gave the command."""


def salva(cartella: Path, chiave: str = "", tieni: int = 0) -> Path:
    """Write an archive in `cartella`, encrypted for the public key `chiave` (age) if there is one; its path.

    Afterwards only the `tieni` newest archives are left there, if it is not 0. Raises `NonSiPuo`.
    """
    try:
        destinatari = [pyrage.x25519.Recipient.from_str(chiave)] if chiave else []
    except pyrage.RecipientError as errore:
        raise NonSiPuo("La chiave non è una chiave pubblica di age (age1…)") from errore
    cartella.mkdir(parents=True, exist_ok=True)
    finale = cartella / (NOME.format(timezone.localtime()) + (".age" if chiave else ""))
    parte = finale.with_name(f".{finale.name}.parte")
    try:
        with os.fdopen(os.open(parte, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as uscita:
            if chiave:
                with tempfile.TemporaryFile() as chiaro:  # never on the disk of the copies
                    _scrivi(chiaro)
                    chiaro.seek(0)
                    pyrage.encrypt_io(chiaro, uscita, destinatari)
            else:
                _scrivi(uscita)
            uscita.flush()
            os.fsync(uscita.fileno())
        parte.replace(finale)
    finally:
        parte.unlink(missing_ok=True)
    if tieni:
        for vecchio in sorted(cartella.glob("portale-*.tar.gz*"), reverse=True)[tieni:]:
            vecchio.unlink()
    return finale


def ripristina(archivio: Path, identita: str = "", prova: bool = False) -> dict[str, Any]:
    """Make the site of `archivio` in this one, which must be empty, and compare it; the manifest.

    `identita` is the private key of an encrypted archive. With `prova` the archive is read and compared, and nothing
    is written. Raises `NonSiPuo`, with everything that does not match.
    """
    if not prova:
        _esigi_vuoto()
    with tempfile.TemporaryDirectory(prefix="ripristina-") as qui:
        radice = Path(qui)
        manifesto = _apri(archivio, identita, radice)
        if manifesto["database"] != connection.vendor:
            raise NonSiPuo(f"L'archivio è di {manifesto['database']}, questo sito di {connection.vendor}")
        if prova:
            return manifesto
        _ricarica(radice / DATI)
        for nome, archivio_file in _archivi().items():
            for file in sorted((radice / nome).rglob("*")):
                if file.is_file():
                    with file.open("rb") as contenuto:
                        archivio_file.save(str(file.relative_to(radice / nome)), contenuto)
    diverse = [nome for nome, conto in _conti().items() if manifesto["tabelle"].get(nome) != conto]
    diverse += sorted(set(manifesto["tabelle"]) - set(_conti()))
    presenti = {f"{nome}/{file}": _impronta(percorso) for nome, file, percorso in _file()}
    diversi = [nome for nome, impronta in manifesto["file"].items() if presenti.get(nome) != impronta]
    if diverse or diversi:
        raise NonSiPuo(f"Non è uguale: {', '.join([*diverse, *diversi])}")
    ripristinato.send(sender=None)
    return manifesto


# -- writing ------------------------------------------------------------------------------------------------


def _scrivi(scrive: BinaryIO) -> None:
    with tarfile.open(fileobj=scrive, mode="w|gz") as tar, tempfile.TemporaryDirectory() as qui:
        impronte: dict[str, str] = {}
        _aggiungi_file(tar, impronte)
        copia = Path(qui) / DATI
        tabelle = _copia_database(copia)
        tar.add(copia, DATI)
        _aggiungi_file(tar, impronte)
        manifesto = {
            "versione": VERSIONE,
            "fatto_il": timezone.now().isoformat(),
            "database": connection.vendor,
            "dati": _impronta(copia),
            "tabelle": tabelle,
            "file": impronte,
        }
        testo = json.dumps(manifesto, ensure_ascii=False, indent=1).encode()
        voce = tarfile.TarInfo(MANIFESTO)
        voce.size, voce.mtime = len(testo), int(datetime.now().timestamp())
        tar.addfile(voce, io.BytesIO(testo))


def _aggiungi_file(tar: tarfile.TarFile, impronte: dict[str, str]) -> None:
    """Those that are not there yet. One that is deleted meanwhile is named by no row that will be read."""
    for nome, relativo, percorso in _file():
        if f"{nome}/{relativo}" in impronte:
            continue
        try:
            with percorso.open("rb") as file:
                somma = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                tar.addfile(tar.gettarinfo(arcname=f"{nome}/{relativo}", fileobj=file), file)
        except FileNotFoundError:
            continue
        impronte[f"{nome}/{relativo}"] = somma


def _copia_database(copia: Path) -> dict[str, list]:
    """Write the database in `copia` as it is at one moment; the rows of its tables at that moment."""
    if connection.vendor == "sqlite":
        with _sqlite(_nome_del_database()) as vivo, _sqlite(copia) as su_disco:
            vivo.backup(su_disco)
        return _conti(copia)
    with transaction.atomic(durable=True), connection.cursor() as cursore:
        cursore.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursore.execute("SELECT pg_export_snapshot()")
        istantanea = cursore.fetchone()[0]
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={istantanea}", f"--file={copia}")
        return _conti()


# -- reading ------------------------------------------------------------------------------------------------


def _apri(archivio: Path, identita: str, radice: Path) -> dict[str, Any]:
    """Unpack `archivio` in `radice`, and compare every file with the manifest, which is returned."""
    try:
        with archivio.open("rb") as file:
            if archivio.suffix == ".age":
                chiaro = radice / "chiaro"
                with os.fdopen(os.open(chiaro, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as uscita:
                    pyrage.decrypt_io(file, uscita, [_identita(identita)])
            with tarfile.open(chiaro if archivio.suffix == ".age" else archivio, "r:gz") as tar:
                _estrai(tar, radice)
        manifesto = json.loads((radice / MANIFESTO).read_text())
    except pyrage.DecryptError as errore:
        raise NonSiPuo("Questa chiave privata non apre l'archivio, o l'archivio è rovinato") from errore
    except (OSError, EOFError, tarfile.TarError, ValueError) as errore:
        raise NonSiPuo(f"L'archivio non si legge: manca o è rovinato ({type(errore).__name__})") from errore
    attesi = {**manifesto["file"], DATI: manifesto["dati"]}
    rotti = [n for n, impronta in attesi.items() if not (radice / n).is_file() or _impronta(radice / n) != impronta]
    if manifesto["versione"] != VERSIONE or rotti:
        raise NonSiPuo(f"L'archivio non è quello che dice il suo manifesto: {', '.join(rotti) or 'versione'}")
    return manifesto


def _estrai(tar: tarfile.TarFile, radice: Path) -> None:
    """Files alone, and inside `radice`, whatever the archive says."""
    for voce in tar:
        dove = radice / voce.name
        contenuto = tar.extractfile(voce) if voce.isfile() else None
        if contenuto is None or ".." in dove.parts or not dove.is_relative_to(radice):
            raise NonSiPuo(f"L'archivio contiene qualcosa che non ci deve essere: {voce.name}")
        dove.parent.mkdir(parents=True, exist_ok=True)
        with dove.open("wb") as file:
            shutil.copyfileobj(contenuto, file)


def _identita(testo: str):
    riga = next((riga for riga in testo.splitlines() if riga.startswith("AGE-SECRET-KEY-")), "")
    try:
        return pyrage.x25519.Identity.from_str(riga.strip())
    except pyrage.IdentityError as errore:
        raise NonSiPuo("L'archivio è cifrato: serve il file con la chiave privata di age (--identita)") from errore


def _esigi_vuoto() -> None:
    from django.contrib.auth import get_user_model

    tabelle = connection.introspection.table_names()
    if get_user_model()._meta.db_table in tabelle and get_user_model().objects.exists():
        raise NonSiPuo("Il database non è vuoto: un archivio si ripristina solo in un sito nuovo")
    if next(_file(), None) is not None:
        raise NonSiPuo("Le cartelle dei file non sono vuote: un archivio si ripristina solo in un sito nuovo")


def _ricarica(copia: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        with _sqlite(copia) as dal_disco, _sqlite(_nome_del_database()) as vivo:
            dal_disco.backup(vivo)
        return
    connection.close()
    _postgres("pg_restore", "--no-owner", "--no-acl", "--clean", "--if-exists", "--single-transaction", str(copia))


# -- both ---------------------------------------------------------------------------------------------------


def _conti(sqlite: Path | None = None) -> dict[str, list]:
    """Of each table how many rows it has and their digest, which does not depend on their order.

    Of SQLite as it keeps them, without Django: of the file `sqlite`, or of the database of this site.
    """
    tabelle = sorted({*connection.introspection.django_table_names(only_existing=True), "django_migrations"})
    if connection.vendor == "sqlite":
        with _sqlite(sqlite or _nome_del_database()) as diretta:
            return {tabella: _conto(diretta.cursor(), tabella) for tabella in tabelle}
    conti = {}
    for tabella in tabelle:
        with connection.chunked_cursor() as cursore:
            conti[tabella] = _conto(cursore, tabella)
    return conti


def _conto(cursore, tabella: str) -> list:
    quante, somma = 0, 0
    cursore.execute(f"SELECT * FROM {connection.ops.quote_name(tabella)}")  # noqa: S608  (a name of Django's)
    while righe := cursore.fetchmany(RIGHE):
        quante += len(righe)
        for riga in righe:
            somma += int.from_bytes(hashlib.sha256(repr(riga).encode()).digest(), "big")
    return [quante, f"{somma % 2**256:064x}"]


def _sqlite(nome: str | Path):
    return closing(sqlite3.connect(nome, timeout=60))


def _nome_del_database() -> str:
    return str(connection.settings_dict["NAME"])


def _archivi() -> dict[str, FileSystemStorage]:
    trovati = {nome: storages[alias] for nome, alias in ARCHIVI.items()}
    if not all(isinstance(archivio, FileSystemStorage) for archivio in trovati.values()):
        raise NonSiPuo("I file non stanno su questa macchina: la loro copia la fa chi li conserva")
    return trovati


def _file() -> Iterator[tuple[str, str, Path]]:
    """(folder of the archive, name in its storage, path) of every file that is whole."""
    for nome, archivio in _archivi().items():
        radice = Path(archivio.location)
        for percorso in sorted(radice.rglob("*")):
            if percorso.is_file() and not percorso.name.endswith(".parte"):
                yield nome, percorso.relative_to(radice).as_posix(), percorso


def _impronta(percorso: Path) -> str:
    with percorso.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _postgres(programma: str, *argomenti: str) -> None:
    """Run a program of PostgreSQL on this database; its password is in no command line."""
    s = connection.settings_dict
    ambiente = {
        **os.environ,
        **{
            nome: str(valore)
            for nome, valore in (
                ("PGHOST", s["HOST"]),
                ("PGPORT", s["PORT"]),
                ("PGUSER", s["USER"]),
                ("PGPASSWORD", s["PASSWORD"]),
            )
            if valore
        },
    }
    try:
        subprocess.run(  # noqa: S603  (its arguments are ours)
            [programma, "--dbname", s["NAME"], *argomenti], env=ambiente, check=True, capture_output=True
        )
    except FileNotFoundError as errore:
        raise NonSiPuo(f"Manca {programma}: installa il client di PostgreSQL (postgresql-client)") from errore
    except subprocess.CalledProcessError as errore:
        raise NonSiPuo(f"{programma}: {errore.stderr.decode(errors='replace').strip()[-500:]}") from errore
