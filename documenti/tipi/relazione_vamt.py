"""The V.A.M.T. report of a year: each criterion with its rule, its score in words and the evidence that makes it.

One source for every format: what PDF, DOCX and JSON say is what this module read.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from base.tempo import giorno_in_parole
from organizzazioni.models import Distretto
from programma.models import Allegato, ProgrammaPage
from programma.punteggi.in_parole import percento
from programma.punteggi.lingua import numero
from programma.selettori.punteggio import quadro_punteggio, riconosciuti_al
from programma.selettori.quadri import RigaPunteggio

from ..corpo import INTERNO, PERCENTUALI, Blocco, Capitolo, Corpo, Paragrafo, Prospetto

PEZZO = 1 << 20
"""Bytes read at a time from a file that is hashed."""


@dataclass(frozen=True)
class FileDellEvidenza:
    """A file that proves it: its name, its SHA-256; none when the file is no longer on the disk."""

    nome: str
    sha256: str | None
    allegato: Allegato


@dataclass(frozen=True)
class EvidenzaInRelazione:
    """What the act asks of each evidence, and the units that were recognised (more than 0)."""

    data: date
    titolo: str
    argomento: str
    persone_coinvolte: str
    organizzazioni: tuple[str, ...]
    quantita: Decimal
    nota: str
    link: tuple[str, ...]
    file: tuple[FileDellEvidenza, ...]


@dataclass(frozen=True)
class CriterioInRelazione:
    """A criterion, its score, and its evidence by date of the fact."""

    riga: RigaPunteggio
    evidenze: tuple[EvidenzaInRelazione, ...]


@dataclass(frozen=True)
class VoceDellaRelazione:
    """A duty of the manager or an action."""

    codice: str
    titolo: str
    area: str
    criteri: tuple[CriterioInRelazione, ...]


@dataclass(frozen=True)
class RelazioneVamt:
    """The report of `programma` as it was known at the end of `al`."""

    programma: ProgrammaPage
    al: date
    distretto: str
    voci: tuple[VoceDellaRelazione, ...]

    @property
    def titolo(self) -> str:
        return f"Relazione V.A.M.T. {self.programma.anno}"

    @property
    def criteri(self) -> list[CriterioInRelazione]:
        return [criterio for voce in self.voci for criterio in voce.criteri]


def relazione_vamt(programma: ProgrammaPage, al: date) -> RelazioneVamt:
    """The report as of the end of `al`: the score of `punteggi`, and the recognitions that made it.

    The number of queries does not depend on how much evidence there is; every file is read, to be hashed.
    """
    quadro = quadro_punteggio(programma, al)
    evidenze = _evidenze(programma, al)
    distretto = Distretto.objects.first()
    return RelazioneVamt(
        quadro.programma,
        al,
        distretto.denominazione if distretto else "",
        tuple(
            VoceDellaRelazione(
                voce.codice,
                voce.titolo,
                voce.area,
                tuple(CriterioInRelazione(riga, tuple(evidenze[riga.criterio.pk])) for riga in voce.righe),
            )
            for voce in quadro.voci
        ),
    )


def _evidenze(programma: ProgrammaPage, al: date) -> dict[int, list[EvidenzaInRelazione]]:
    """Key of a criterion -> its evidence that counted at the end of `al`."""
    righe = (
        riconosciuti_al(programma, al)
        .select_related("evidenza")
        .prefetch_related("organizzazioni", "evidenza__allegati", "evidenza__organizzazioni")
        .order_by("data", "pk")
    )
    per_criterio: dict[int, list[EvidenzaInRelazione]] = defaultdict(list)
    impronte: dict[int, str | None] = {}
    for riga in righe:
        evidenza = riga.evidenza
        enti = [*riga.organizzazioni.all()] or [*evidenza.organizzazioni.all()]
        for allegato in evidenza.allegati.all():
            if allegato.pk not in impronte:
                impronte[allegato.pk] = impronta(allegato)
        per_criterio[riga.criterio_id].append(
            EvidenzaInRelazione(
                riga.data,
                evidenza.titolo,
                evidenza.argomento,
                evidenza.persone_coinvolte,
                tuple(sorted(ente.denominazione for ente in enti)),
                riga.quantita_riconosciuta,
                riga.nota,
                tuple(evidenza.link),
                tuple(FileDellEvidenza(uno.nome, impronte[uno.pk], uno) for uno in evidenza.allegati.all()),
            )
        )
    return per_criterio


def impronta(allegato: Allegato) -> str | None:
    """SHA-256 of what `allegato` holds now; None when its file is missing."""
    somma = hashlib.sha256()
    try:
        with allegato.file.open("rb") as file:
            while pezzo := file.read(PEZZO):
                somma.update(pezzo)
    except FileNotFoundError:
        return None
    return somma.hexdigest()


COLONNE = ("Data", "Titolo e argomento", "Persone coinvolte", "Organizzazioni", "Quantità", "File")
"""The demanded columns."""
LARGHEZZE = (9, 26, 18, 18, 11, 18)
RISERVE = tuple((colonna, INTERNO) for colonna in ("Persone coinvolte", "Quantità", "File"))
"""Who took part, what who decided wrote beside the units, and names of files that may name persons."""


def in_corpo(relazione: RelazioneVamt) -> Corpo:
    """For people: a heading for each duty or action, one for each of its criteria."""
    capitoli = []
    for voce in relazione.voci:
        capitoli.append(Capitolo(f"{voce.codice} {voce.titolo}", 1))
        for criterio in voce.criteri:
            dato = criterio.riga.criterio
            blocchi: list[Blocco] = [Paragrafo(punteggio_in_parole(criterio), True, PERCENTUALI)]
            righe = tuple(celle(evidenza) for evidenza in criterio.evidenze)
            blocchi.append(
                Prospetto("", COLONNE, righe, larghezze=LARGHEZZE, riserve=RISERVE)
                if righe
                else Paragrafo("Nessuna evidenza approvata.")
            )
            capitoli.append(Capitolo(f"{dato.codice} {dato.indicatore}", 2, tuple(blocchi)))
    situazione_al = f"Situazione {giorno_in_parole(relazione.al, dopo='al')}."
    return Corpo(relazione.titolo, relazione.distretto, (situazione_al,), tuple(capitoli), disteso=True)


def in_dati(relazione: RelazioneVamt) -> dict[str, Any]:
    """For programs: what does not exist is null, never 0."""
    return {
        "anno": relazione.programma.anno,
        "al": relazione.al.isoformat(),
        "criteri": [
            {
                "codice": criterio.riga.criterio.codice,
                "punteggio": criterio.riga.punteggio.punteggio,
                "spiegazione": criterio.riga.punteggio.spiegazione,
                "evidenze": [
                    {
                        "data": evidenza.data.isoformat(),
                        "titolo": evidenza.titolo,
                        "argomento": evidenza.argomento,
                        "persone_coinvolte": evidenza.persone_coinvolte,
                        "organizzazioni": list(evidenza.organizzazioni),
                        "quantita": evidenza.quantita,
                        "file": [{"nome": file.nome, "sha256": file.sha256} for file in evidenza.file],
                    }
                    for evidenza in criterio.evidenze
                ],
            }
            for criterio in relazione.criteri
        ],
    }


def punteggio_in_parole(criterio: CriterioInRelazione) -> str:
    """ "80%. 4 incontri × 20%": the score, none where a criterion only collects values, and how it is made."""
    punteggio = criterio.riga.punteggio
    detto = "" if punteggio.punteggio is None else f"{percento(punteggio.punteggio)}. "
    return f"{detto}{punteggio.spiegazione}"


def celle(evidenza: EvidenzaInRelazione) -> tuple[str, ...]:
    """An evidence in the demanded columns."""
    argomento = evidenza.argomento if evidenza.argomento != evidenza.titolo else ""
    quantita = numero(evidenza.quantita)
    return (
        f"{evidenza.data:%d/%m/%Y}",
        "\n".join(parte for parte in (evidenza.titolo, argomento) if parte),
        evidenza.persone_coinvolte,
        ", ".join(evidenza.organizzazioni),
        "\n".join(parte for parte in (quantita, evidenza.nota) if parte),
        "\n".join([*(file.nome for file in evidenza.file), *evidenza.link]),
    )
