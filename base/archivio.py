"""Where files are kept, on this machine's disk: whole, or not there, with the name that they came with."""

import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.core.files.storage import FileSystemStorage, storages
from django.utils.deconstruct import deconstructible

from .formati.nomi_di_file import nome_per_il_disco

SPAZIO_FINITO = "sul server non c'è più spazio: riprova più tardi e avvisa chi lo gestisce"
"""What a person reads where only a file could not be kept."""
_PIENO = "database or disk is full"
_SQLSTATE_PIENO = "53100"


@deconstructible(path="base.archivio.ArchivioIntegro")
class ArchivioIntegro(FileSystemStorage):
    """A file that could not be written to its end leaves nothing behind, and nobody ever reads half of one."""

    def _save(self, name, content):
        cartella = PurePosixPath(str(name).replace("\\", "/")).parent
        parte = str(cartella / f".{secrets.token_hex(12)}.parte")
        try:
            super()._save(parte, content)
            while True:
                try:
                    os.close(os.open(self.path(name), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                except FileExistsError:
                    name = self.get_available_name(name)
                else:
                    break
            Path(self.path(parte)).replace(self.path(name))
        finally:
            Path(self.path(parte)).unlink(missing_ok=True)
        return str(name).replace("\\", "/")


def archivio_privato():
    """The private storage, outside MEDIA_ROOT: attachments of evidence, and what is kept as proof."""
    return storages["allegati"]


class NomiInteri:
    """A storage that keeps the letters and the emoji of a name, where Django's own would leave "🎉.pdf" without one."""

    def get_valid_name(self, name):
        return nome_per_il_disco(name)


class Archivio(NomiInteri, ArchivioIntegro):
    """The public files of this machine."""


def disco_pieno(errore: BaseException | None) -> bool:
    """Whether the disk, a quota or the disk of the database is full, anywhere in the causes of `errore`."""
    return any(
        getattr(uno, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
        or getattr(uno, "sqlstate", None) == _SQLSTATE_PIENO
        or _PIENO in str(uno)
        for uno in _cause(errore)
    )


def _cause(errore: BaseException | None) -> Iterator[BaseException]:
    visti: set[int] = set()
    while errore is not None and id(errore) not in visti:
        visti.add(id(errore))
        yield errore
        errore = errore.__cause__ or errore.__context__
