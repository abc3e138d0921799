"""Files of the registers: taken, thrown away, given back. Which kinds are taken, `base.allegati` says."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.http import FileResponse

from base.allegati import FileRifiutato, esamina
from base.archivio import SPAZIO_FINITO, disco_pieno
from organizzazioni.models import Utente

from .models.basi import FileRiservato

MASSIMO_FILE = 10
"""Files that one meeting, project or course may carry."""


def aggiungi(tra: Any, file: File, utente: Utente, **campi: Any) -> Any:
    """Keep a file among `tra`, those of one thing (its related manager): as `riponi`, and not past `MASSIMO_FILE`."""
    if tra.count() >= MASSIMO_FILE:
        raise ValidationError(f"Il massimo è {MASSIMO_FILE} file")
    return riponi(tra, file, utente, **campi)


def riponi(tra: Any, file: File, utente: Utente, **campi: Any) -> Any:
    """Keep a file by this manager, with these fields. `ValidationError`: of a kind that is not accepted, no room."""
    try:
        esito = esamina(file)
        return tra.create(file=file, nome=esito.nome, tipo=esito.tipo, caricato_da=utente, **campi)
    except FileRifiutato as rifiuto:
        raise ValidationError(str(rifiuto)) from rifiuto
    except OSError as errore:
        if disco_pieno(errore):
            raise ValidationError(f"Il file non è stato aggiunto: {SPAZIO_FINITO}") from errore
        raise


def dopo_togli(file: Iterable[FileRiservato]) -> None:
    """What is on the disk goes after the commit."""
    nomi = [(uno.file.storage, str(uno.file.name)) for uno in file]

    def togli() -> None:
        for archivio, nome in nomi:
            archivio.delete(nome)

    transaction.on_commit(togli)


def consegna_file(suo: FileRiservato) -> FileResponse:
    """The file, to be kept and never run; who asks must have been let in already."""
    risposta = FileResponse(suo.file.open("rb"), as_attachment=True, filename=suo.nome, content_type=suo.tipo)
    risposta["Cache-Control"] = "private, no-store"
    risposta["Content-Security-Policy"] = "sandbox"
    return risposta
