"""What commands of ours share."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError


def consegna(comando: BaseCommand, contenuto: bytes, file: str | None) -> None:
    """Write `contenuto` to the path `file`, or without one as it is on the standard output of `comando`.

    Raises `CommandError` where it cannot be written.
    """
    uscita = getattr(comando.stdout, "_out", comando.stdout)
    try:
        if file:
            Path(file).write_bytes(contenuto)
        elif uscita is sys.stdout:
            sys.stdout.buffer.write(contenuto)
        else:
            uscita.write(contenuto.decode("utf-8", "surrogateescape"))
    except OSError as errore:
        raise CommandError(f"Non posso scrivere «{file}»: {errore.strerror}") from errore
