"""The read side of packages and of the life of a document."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Prefetch, QuerySet

from programma.alimentazione import evidenze_nate_da
from programma.models import Chiusura, Evidenza, ProgrammaPage

from .cambiamenti import Cambiamento, differenze, fatti_in_breve
from .corpo import Corpo, in_json, pubblico
from .models import Definitivo, Narrazione, Pacchetto, Pubblicazione
from .narrazione import BloccoNarrativo
from .tipi import TipoDiDocumento, giorno_del_documento, tipi_di
from .tipi.relazione_azione import criteri_con_relazione

MOSTRATI = 5
"""How many packages of a year are shown."""


@dataclass(frozen=True)
class VoceDelDocumento:
    """A kind of document of a year, with its final versions, the last first."""

    nome: str
    tipo: TipoDiDocumento
    definitivi: list[Definitivo]


@dataclass(frozen=True)
class AnnoDeiDocumenti:
    """A programme with its documents and its last packages; `cambiati` between the two newest packages that are ready,
    None where there is one."""

    programma: ProgrammaPage
    voci: list[VoceDelDocumento]
    pacchetti: list[Pacchetto]
    cambiati: list[Cambiamento] | None

    @property
    def in_preparazione(self) -> bool:
        return any(uno.stato == Pacchetto.Stato.IN_PREPARAZIONE for uno in self.pacchetti)


@dataclass(frozen=True)
class ParteScritta:
    """A block of a document: who wrote it last, if anybody, what it may begin from, what changed in the facts since."""

    blocco: BloccoNarrativo
    narrazione: Narrazione | None
    spunto: str
    cambiati: list[Cambiamento]

    @property
    def numero(self) -> int:
        """Of the version that who opens the page reads; 0 before anybody wrote."""
        return self.narrazione.numero if self.narrazione else 0


@dataclass(frozen=True)
class Lavorazione:
    """A document while it is written: its data and parts as of `al`, the number of its last final version (0 for none),
    and the fingerprint of all this: what is made final once is not made final again by the same click."""

    programma: ProgrammaPage
    nome: str
    tipo: TipoDiDocumento
    al: date
    dati: Any
    parti: list[ParteScritta]
    ultimo: int
    impronta: str

    @property
    def parole(self) -> dict[str, str]:
        return {uno.blocco.chiave: uno.narrazione.testo for uno in self.parti if uno.narrazione}

    @property
    def da_rileggere(self) -> list[ParteScritta]:
        """The parts whose facts changed since they were written."""
        return [parte for parte in self.parti if parte.cambiati]

    @property
    def vuote(self) -> list[ParteScritta]:
        """The parts that are not in the document: nobody wrote them."""
        return [parte for parte in self.parti if not self.parole.get(parte.blocco.chiave, "").strip()]


def anni_dei_documenti() -> list[AnnoDeiDocumenti]:
    """Every programme, newest first, with its documents and packages: the same queries, however many they are."""
    per_anno: dict[int, list[Pacchetto]] = {}
    for pacchetto in Pacchetto.objects.select_related("programma", "chiesto_da"):
        per_anno.setdefault(pacchetto.programma_id, []).append(pacchetto)
    chiesti: dict[int, list] = {}
    for criterio in criteri_con_relazione():
        chiesti.setdefault(criterio.programma_id, []).append(criterio)
    fatti: dict[tuple[int, str], list[Definitivo]] = {}
    for definitivo in Definitivo.objects.defer("corpo", "dati").select_related("programma"):
        fatti.setdefault((definitivo.programma_id, definitivo.tipo), []).append(definitivo)
    chiusure = Prefetch("chiusure", Chiusura.objects.defer("contenuto"))
    anni = []
    for programma in ProgrammaPage.objects.prefetch_related(chiusure).order_by("-anno"):
        tipi = tipi_di(programma, chiesti.get(programma.pk, []))
        voci = [VoceDelDocumento(nome, tipo, fatti.get((programma.pk, nome), [])) for nome, tipo in tipi.items()]
        suoi = per_anno.get(programma.pk, [])
        pronti = [pacchetto for pacchetto in suoi if pacchetto.pronto]
        cambiati = differenze(file_di(pronti[1].indice), file_di(pronti[0].indice)) if len(pronti) > 1 else None
        anni.append(AnnoDeiDocumenti(programma, voci, suoi[:MOSTRATI], cambiati))
    return anni


def file_di(indice: Iterable[dict]) -> dict[str, str]:
    """What the index of a package says of each file and link: which it is -> its SHA-256 and all that it proves.

    The number that an evidence has in its path is left out: one that comes before it changes only that.
    """
    visti: Counter[str] = Counter()
    detti = {}
    for riga in indice:
        nome = riga["percorso"]
        if riga["criterio"]:
            file = re.sub(r"^evidenze/[^/]+/\d{4}-\d\d-\d\d-\d+-", "", nome)
            giorno = date.fromisoformat(riga["data"])
            nome = ", ".join(filter(None, (riga["criterio"], f"{giorno:%d/%m/%Y}", f"«{riga['titolo']}»", file)))
        visti[nome] += 1
        altro = [riga[campo] for campo in ("sha256", "argomento", "persone_coinvolte", "organizzazioni")]
        detti[f"{nome} ({visti[nome]})" if visti[nome] > 1 else nome] = "\0".join(altro)
    return detti


def lavorazione(programma: ProgrammaPage, nome: str, tipo: TipoDiDocumento) -> Lavorazione:
    """The document `nome` of `programma` as it is written so far, with the facts of today or of the closing."""
    al = giorno_del_documento(programma)
    dati = tipo.raccogli(programma, al)
    in_dati = tipo.in_dati(dati)
    fatti = fatti_in_breve(in_dati)
    scritte = {una.blocco: una for una in Narrazione.objects.ultime(programma, nome)}
    parti = [
        ParteScritta(
            blocco,
            scritta := scritte.get(blocco.chiave),
            "\n".join(blocco.spunto(dati)),
            differenze(scritta.fatti, fatti) if scritta and scritta.testo.strip() else [],
        )
        for blocco in tipo.blocchi
    ]
    definitivi = Definitivo.objects.filter(programma=programma, tipo=nome)
    ultimo = definitivi.aggregate(ultimo=Max("numero"))["ultimo"] or 0
    detto = [fatti, {parte.blocco.chiave: parte.numero for parte in parti}, ultimo]
    impronta = hashlib.sha256(json.dumps(detto, sort_keys=True).encode()).hexdigest()
    return Lavorazione(programma, nome, tipo, al, dati, parti, ultimo, impronta)


def definitivi_di(programma: ProgrammaPage, nome: str) -> QuerySet[Definitivo]:
    """The final versions of a document, the last first, without what they say."""
    suoi = Definitivo.objects.filter(programma=programma, tipo=nome).defer("corpo", "dati")
    return suoi.select_related("programma", "fatto_da")


def pubblicazione_di(definitivo: Definitivo) -> Pubblicazione | None:
    """What the public reads of it now, if anything."""
    return definitivo.pubblicazioni.in_vigore().select_related("pubblicata_da").first()


def anteprima_pubblica(definitivo: Definitivo) -> tuple[Corpo, str]:
    """What the public would read of it now, as its programme publishes how far it is or not, and its fingerprint."""
    corpo = pubblico(definitivo.detto, definitivo.programma.pubblica_avanzamento)
    return corpo, hashlib.sha256(json.dumps(in_json(corpo), sort_keys=True).encode()).hexdigest()


def evidenze_di(definitivo: Definitivo) -> list[Evidenza]:
    """The evidence that it was offered as, and that stands."""
    return list(evidenze_nate_da(definitivo))
