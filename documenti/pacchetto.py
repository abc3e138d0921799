"""The package for the agency: reports, lists, certificate and every file that proves, with an index and hashes.

All that goes in is read at the start: what is decided while it is written is not in it. Who is killed goes on from the
last whole file, if that state is still the same; else from the beginning.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.template.loader import render_to_string

from base.formati import tabelle
from base.formati.nomi_di_file import nome_per_il_disco
from programma.models import ProgrammaPage
from registri.esportazioni import elenco_csv
from registri.selettori import elenco_al

from .corpo import in_json
from .models import Definitivo
from .narrazione import con_le_parole
from .ripresa import archivio_che_riprende, butta_il_cominciato
from .tipi import FORMATI, parole_scritte, resa_di, tipi_di
from .tipi import relazione_vamt as vamt

COLONNE = ("percorso", "sha256", "criterio", "data", "titolo", "argomento", "persone_coinvolte", "organizzazioni")
SENZA_EVIDENZA = ("",) * 6
RELAZIONE, CERTIFICATO = "relazione-vamt", "certificato"


class FileMancante(Exception):
    """A file that proves an evidence is no longer on the disk, or is not what it was; its text says which."""


@dataclass(frozen=True)
class VoceDelPacchetto:
    """A row of the index: its path, what of the evidence it says, the evidences before it.

    `fonte` is the SHA-256 of the file, or of what it will be made of when `fatta`. `apri` reads it; a link has none.
    """

    percorso: str
    fonte: str
    apri: Callable[[], IO[bytes]] | None
    detti: tuple[Any, ...] = SENZA_EVIDENZA
    prima: int = 0
    fatta: bool = False


@dataclass(frozen=True)
class ContenutoDelPacchetto:
    """Everything that a package will hold, as it was when it was read."""

    relazione: vamt.RelazioneVamt
    voci: tuple[VoceDelPacchetto, ...]

    @property
    def evidenze(self) -> int:
        return sum(len(criterio.evidenze) for criterio in self.relazione.criteri)

    @property
    def stato(self) -> str:
        """Its fingerprint: two readings of the same state have the same."""
        return _sha256([(voce.percorso, voce.fonte, voce.detti) for voce in self.voci])


def contenuto_di(programma: ProgrammaPage, al: date) -> ContenutoDelPacchetto:
    """What the package of `programma` holds as of the end of `al`. Raises `FileMancante`."""
    tipi = tipi_di(programma)
    relazione = vamt.relazione_vamt(programma, al)
    voci = [*_documento(tipi, RELAZIONE, relazione, FORMATI)]
    if CERTIFICATO in tipi:
        voci += _documento(tipi, CERTIFICATO, tipi[CERTIFICATO].raccogli(programma, al), ("pdf",))
    voci += _definitivi(programma)
    righe = [
        (criterio.riga.criterio.codice, *vamt.celle(evidenza))
        for criterio in relazione.criteri
        for evidenza in criterio.evidenze
    ]
    for nome, contenuto in (
        (f"aderenti-al-{al.isoformat()}.csv", elenco_csv(elenco_al(al), al)),
        (f"evidenze-{programma.anno}.csv", tabelle.csv_per_excel(("Criterio", *vamt.COLONNE), righe)),
    ):
        voci.append(VoceDelPacchetto(nome, hashlib.sha256(contenuto).hexdigest(), partial(io.BytesIO, contenuto)))
    return ContenutoDelPacchetto(relazione, (*voci, *_prove(relazione)))


def _documento(tipi: dict, nome: str, dati: Any, formati: Iterable[str]) -> Iterator[VoceDelPacchetto]:
    tipo = tipi[nome]
    anno, parole = dati.programma.anno, parole_scritte(dati.programma, nome)
    fonte = _sha256([in_json(con_le_parole(tipo.in_corpo(dati), tipo.blocchi, parole)), tipo.in_dati(dati)])
    for formato in formati:

        def apri(formato: str = formato) -> IO[bytes]:
            return io.BytesIO(resa_di(tipo, dati, formato, parole))

        yield VoceDelPacchetto(f"{nome}-{anno}.{formato}", fonte, apri, fatta=True)


def _definitivi(programma: ProgrammaPage) -> Iterator[VoceDelPacchetto]:
    """The last final version of each kind, as it was kept."""
    ultimi: dict[str, Definitivo] = {}
    for definitivo in programma.definitivi.defer("corpo", "dati").order_by("tipo", "numero"):
        ultimi[definitivo.tipo] = definitivo
    for uno in ultimi.values():
        yield VoceDelPacchetto(f"definitivi/{uno.nome_del_file('pdf')}", uno.pdf_sha256, partial(uno.pdf.open, "rb"))


def _prove(relazione: vamt.RelazioneVamt) -> Iterator[VoceDelPacchetto]:
    prima = 0
    for criterio in relazione.criteri:
        codice = criterio.riga.criterio.codice
        for n, evidenza in enumerate(criterio.evidenze, start=1):
            organizzazioni = ", ".join(evidenza.organizzazioni)
            argomento, persone = evidenza.argomento, evidenza.persone_coinvolte
            detti = (codice, evidenza.data, evidenza.titolo, argomento, persone, organizzazioni)
            if not evidenza.file:
                yield VoceDelPacchetto(" ".join(evidenza.link), "", None, detti)
            presi: set[str] = set()
            for file in evidenza.file:
                if file.sha256 is None:
                    raise FileMancante(f"{codice}, «{evidenza.titolo}»: manca il file «{file.nome}»")
                nome = _libero(nome_per_il_disco(file.nome), presi)
                percorso = f"evidenze/{codice}/{evidenza.data.isoformat()}-{n:03}-{nome}"
                yield VoceDelPacchetto(percorso, file.sha256, partial(file.allegato.file.open, "rb"), detti, prima)
            prima += 1


def _libero(nome: str, presi: set[str]) -> str:
    """`nome`, with a number before it where another file of the same evidence has it, however it is spelt."""
    libero, n = nome, 1
    while libero.casefold() in presi:
        n += 1
        libero = f"{n}-{nome}"
    presi.add(libero.casefold())
    return libero


def scrivi_pacchetto(
    programma: ProgrammaPage, al: date, dove: Path, avanti: Callable[[int, int], None] = lambda fatte, tutte: None
) -> list[dict[str, str]]:
    """Write the package of `programma`, as of the end of `al`, at `dove`; an older one there is replaced only by a
    complete one. Returns the rows of its index.

    `avanti` is told, before each file, how many evidences were done and how many there are.

    Raises `FileMancante`, `GiaInCorso`, `OSError`, and `StampaNonDisponibile` without Pango.
    """
    try:
        contenuto = contenuto_di(programma, al)
    except FileMancante:
        butta_il_cominciato(dove)
        raise
    return scrivi_contenuto(contenuto, dove, avanti)


def scrivi_contenuto(
    contenuto: ContenutoDelPacchetto, dove: Path, avanti: Callable[[int, int], None]
) -> list[dict[str, str]]:
    """The same, of what was already read: nothing is asked of the database but what `avanti` does."""
    righe: list[tuple] = []
    with archivio_che_riprende(dove, contenuto.stato) as archivio:
        for voce in contenuto.voci:
            impronta = ""
            if voce.apri:
                if voce.percorso not in archivio:
                    avanti(voce.prima, contenuto.evidenze)
                impronta = archivio.metti(voce.percorso, voce.apri)
                if not voce.fatta and impronta != voce.fonte:
                    raise FileMancante(f"«{voce.percorso}» è cambiato mentre il pacchetto si faceva: riprova")
            righe.append((voce.percorso, impronta, *voce.detti))
        relazione = contenuto.relazione
        html = render_to_string("documenti/indice.html", {"relazione": relazione, "colonne": COLONNE, "righe": righe})
        for nome, testo in (("indice.csv", tabelle.csv_per_programmi(COLONNE, righe)), ("indice.html", html)):
            archivio.metti(nome, partial(io.BytesIO, testo.encode()))
    return [dict(zip(COLONNE, map(str, riga), strict=True)) for riga in righe]


def _sha256(cosa: Any) -> str:
    return hashlib.sha256(json.dumps(cosa, default=str).encode()).hexdigest()
