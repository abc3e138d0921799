"""Packages: somebody asks for one, the worker makes it."""

import hashlib
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from base.compiti import compito
from base.stampa import StampaNonDisponibile
from organizzazioni.models import Utente
from programma.models import ProgrammaPage

from ..models import Pacchetto
from ..pacchetto import FileMancante, scrivi_pacchetto
from ..permissions import puo_leggere_documenti
from ..ripresa import GiaInCorso, butta_il_cominciato
from ..tipi import giorno_del_documento

PAZIENZA = timedelta(hours=2)
"""After so long a package that is still being made is nobody's any more."""
INTERROTTO = "La preparazione si è interrotta: riprova."
DISCO = "Sul server non si riesce a scrivere: forse il disco è pieno. Riprova, o chiama chi lo gestisce."


@transaction.atomic
def chiedi_pacchetto(programma: ProgrammaPage, utente: Utente) -> Pacchetto:
    """Ask the worker for the package of `programma`, as of today or of the closing; one that is being made is enough.

    Raises `PermissionDenied`.
    """
    if not puo_leggere_documenti(utente):
        raise PermissionDenied
    ProgrammaPage.objects.select_for_update().get(pk=programma.pk)
    in_corso = programma.pacchetti.filter(stato=Pacchetto.Stato.IN_PREPARAZIONE).first()
    if in_corso and in_corso.chiesto_il > timezone.now() - PAZIENZA:
        return in_corso
    if in_corso:
        _decidi(in_corso, Pacchetto.Stato.NON_RIUSCITO, errore=INTERROTTO)
        butta_il_cominciato(_dove(in_corso))
    nuovo = Pacchetto.objects.create(programma=programma, al=giorno_del_documento(programma), chiesto_da=utente)
    transaction.on_commit(lambda: compito("documenti.tasks.prepara_pacchetto").enqueue(nuovo.pk))
    return nuovo


def prepara(chiave: int) -> None:
    """Make the package with this key: whole, or not at all with the reason. One that is ready stays as it is; one whose
    maker was killed goes on; one that was not made is tried again."""
    pacchetto = Pacchetto.objects.select_related("programma").get(pk=chiave)
    if pacchetto.pronto:
        return

    def avanti(fatte: int, tutte: int) -> None:
        Pacchetto.objects.filter(pk=chiave).update(fatte=fatte, tutte=tutte)

    dove = _dove(pacchetto)
    try:
        dove.parent.mkdir(parents=True, exist_ok=True)
        indice = scrivi_pacchetto(pacchetto.programma, pacchetto.al, dove, avanti)
        with dove.open("rb") as scritto:
            impronta = hashlib.file_digest(scritto, "sha256").hexdigest()
    except (FileMancante, StampaNonDisponibile) as errore:
        _decidi(pacchetto, Pacchetto.Stato.NON_RIUSCITO, errore=str(errore))
    except GiaInCorso:
        raise
    except Exception as errore:
        _decidi(pacchetto, Pacchetto.Stato.NON_RIUSCITO, errore=DISCO if isinstance(errore, OSError) else INTERROTTO)
        raise
    else:
        campi = {"file": _nome(pacchetto), "dimensione": dove.stat().st_size, "sha256": impronta, "indice": indice}
        _decidi(pacchetto, Pacchetto.Stato.PRONTO, errore="", **campi)


def _nome(pacchetto: Pacchetto) -> str:
    return f"pacchetti/{pacchetto.pk}-{pacchetto.nome_del_file}"


def _dove(pacchetto: Pacchetto) -> Path:
    """Its place among the private files, where it appears when it is whole."""
    return Path(pacchetto.file.storage.path(_nome(pacchetto)))


def _decidi(pacchetto: Pacchetto, stato: str, **campi: object) -> None:
    for nome, valore in {"stato": stato, "pronto_il": timezone.now(), **campi}.items():
        setattr(pacchetto, nome, valore)
    pacchetto.save(update_fields=["stato", "pronto_il", *campi])
