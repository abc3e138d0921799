"""What commands of ours share."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from .archivio import SPAZIO_FINITO, disco_pieno


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
        raise non_scritto(file, errore) from errore


def non_scritto(file: object, errore: OSError) -> CommandError:
    """What a person reads when `file` could not be written, in plain words."""
    motivi = {
        FileNotFoundError: "la cartella non c'è",
        IsADirectoryError: "è una cartella",
        NotADirectoryError: "non sta in una cartella",
        PermissionError: "non hai il permesso",
    }
    motivo = motivi.get(type(errore), errore.strerror or "errore di scrittura")
    return CommandError(f"Non posso scrivere «{file}»: {SPAZIO_FINITO if disco_pieno(errore) else motivo}")
