"""The package for the agency: the report, the list of members and every file that proves, with an index and hashes.

It is written beside its place and then put there: complete, or not at all.
"""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO

from django.template.loader import render_to_string

from base.formati import tabelle
from base.formati.nomi_di_file import nome_per_il_disco
from programma.models import ProgrammaPage
from registri.esportazioni import elenco_csv
from registri.selettori import elenco_al

from .resa import FERMO
from .tipi import FORMATI, TIPI, parole_scritte, resa_di
from .tipi.relazione_vamt import RelazioneVamt, relazione_vamt

COLONNE = ("percorso", "sha256", "criterio", "data", "titolo", "argomento", "persone_coinvolte", "organizzazioni")


class FileMancante(Exception):
    """A file that proves an evidence is no longer on the disk; its text says which."""


def scrivi_pacchetto(
    programma: ProgrammaPage, al: date, dove: Path, avanti: Callable[[int, int], None] = lambda fatte, tutte: None
) -> list[dict[str, str]]:
    """Write the package of `programma`, as of the end of `al`, at `dove`; an older one there is replaced only by a
    complete one. Returns the rows of its index.

    `avanti` is told, before each evidence, how many were done and how many there are.

    Raises `FileMancante`, `OSError`, and `StampaNonDisponibile` without Pango.
    """
    relazione = relazione_vamt(programma, al)
    with tempfile.NamedTemporaryFile(dir=dove.parent, prefix=".pacchetto-", delete=False) as parte:
        provvisorio = Path(parte.name)
        try:
            with zipfile.ZipFile(parte, "w", zipfile.ZIP_DEFLATED) as archivio:
                righe = _riempi(archivio, relazione, avanti)
        except BaseException:
            provvisorio.unlink(missing_ok=True)
            raise
    provvisorio.chmod(0o640)
    provvisorio.replace(dove)
    return [dict(zip(COLONNE, map(str, riga), strict=True)) for riga in righe]


def _riempi(archivio: zipfile.ZipFile, relazione: RelazioneVamt, avanti: Callable[[int, int], None]) -> list[tuple]:
    anno = relazione.programma.anno
    righe: list[tuple] = []
    tipo, parole = TIPI["relazione-vamt"], parole_scritte(relazione.programma, "relazione-vamt")
    for nome, contenuto in (
        *((f"relazione-vamt-{anno}.{uno}", resa_di(tipo, relazione, uno, parole)) for uno in FORMATI),
        (f"aderenti-al-{relazione.al.isoformat()}.csv", elenco_csv(elenco_al(relazione.al), relazione.al)),
    ):
        _scrivi(archivio, nome, contenuto)
        righe.append((nome, hashlib.sha256(contenuto).hexdigest(), "", "", "", "", "", ""))
    tutte, fatte = sum(len(criterio.evidenze) for criterio in relazione.criteri), 0
    for criterio in relazione.criteri:
        codice = criterio.riga.criterio.codice
        for n, evidenza in enumerate(criterio.evidenze, start=1):
            avanti(fatte, tutte)
            fatte += 1
            detti = (
                codice,
                evidenza.data,
                evidenza.titolo,
                evidenza.argomento,
                evidenza.persone_coinvolte,
                ", ".join(evidenza.organizzazioni),
            )
            if not evidenza.file:
                righe.append((" ".join(evidenza.link), "", *detti))
            for file in evidenza.file:
                if file.sha256 is None:
                    raise FileMancante(f"{codice}, «{evidenza.titolo}»: manca il file «{file.nome}»")
                nome = f"evidenze/{codice}/{evidenza.data.isoformat()}-{n:03}-{nome_per_il_disco(file.nome)}"
                with file.allegato.file.open("rb") as originale:
                    _copia(archivio, nome, originale)
                righe.append((nome, file.sha256, *detti))
    _scrivi(archivio, "indice.csv", tabelle.csv_per_programmi(COLONNE, righe).encode())
    html = render_to_string("documenti/indice.html", {"relazione": relazione, "colonne": COLONNE, "righe": righe})
    _scrivi(archivio, "indice.html", html.encode())
    return righe


def _scrivi(archivio: zipfile.ZipFile, nome: str, contenuto: bytes) -> None:
    archivio.writestr(zipfile.ZipInfo(nome, FERMO), contenuto, zipfile.ZIP_DEFLATED)


def _copia(archivio: zipfile.ZipFile, nome: str, file: IO[bytes]) -> None:
    with archivio.open(zipfile.ZipInfo(nome, FERMO), "w", force_zip64=True) as dentro:
        shutil.copyfileobj(file, dentro)
