"""The District's outlines, from their file."""

from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from base.formati.contorni import leggi_contorni

from ..models import Contorno


@transaction.atomic
def carica_contorni(file: Path, sostituisci: bool = False) -> int:
    """How many outlines were read from `file`: none where there are some, unless `sostituisci`.

    Raises `FileNonValido` with everything that is wrong with it, and then nothing changes.
    """
    nuovi = leggi_contorni(file.read_bytes())
    if Contorno.objects.exists() and not sostituisci:
        return 0
    Contorno.objects.all().delete()
    return len(Contorno.objects.bulk_create(Contorno(**asdict(uno)) for uno in nuovi))
