"""Evidence from a CSV file: all the rows or none, and loading the same file again changes nothing."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from base.formati.lettura_csv import Colonne, RigaDelFile, leggi_chiavi, leggi_csv, leggi_link
from base.formati.schema import FileNonValido, Problema, mostra
from organizzazioni.models import Organizzazione, Utente

from . import flusso, notifiche, operazioni, permissions
from .collegamenti import chiave
from .flusso import PassaggioNonAmmesso
from .models import Criterio, Evidenza, ProgrammaPage
from .parole_uguali import impronta
from .selettori.doppioni import e_la_stessa_detta_da_altri, evidenza_con_gli_stessi_link, stessa_quantita

COLONNE = (
    "organizzazione",
    "criteri",
    "data",
    "titolo",
    "argomento",
    "persone_coinvolte",
    "organizzazioni",
    "quantita",
    "link",
    "descrizione",
)
OBBLIGATORIE = ("organizzazione", "criteri", "data", "titolo")
TESTI = ("titolo", "argomento", "persone_coinvolte", "descrizione")
ALTRI_VALORI = {
    "argomento": "l'argomento",
    "persone_coinvolte": "le persone coinvolte",
    "organizzazioni": "le organizzazioni",
    "quantita": "la quantità",
    "link": "i link",
    "descrizione": "la descrizione",
}
"""What two evidences of the same key may differ in, each as it is named in a sentence."""
APPROVATA_COSI = "Approvata con l'importazione da un file"
"""What the log of decisions says of what `--approva` approved."""

ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
ITALIANA = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
NUMERO = re.compile(r"[0-9]{1,10}([.,][0-9]{1,2})?")


class UtenteNonAmmesso(Exception):
    """The username given for the approval is unknown, or of who approves nothing (what, `puo_decidere` says)."""


@dataclass(frozen=True)
class EsitoDellImportazione:
    """What an import did: evidence added, approved (added or found waiting), rows that were there already, and what of
    the file was left out, or is not as one would expect."""

    importate: list[Evidenza]
    approvate: list[Evidenza]
    saltate: list[int]
    avvisi: list[str] = field(default_factory=list)

    @property
    def in_parole(self) -> str:
        """The figures in one line and, in another, which rows were skipped."""
        quante = f"Importate: {len(self.importate)}. Approvate: {len(self.approvate)}. "
        quante += f"Saltate perché già presenti: {len(self.saltate)}."
        return f"{quante}\nRighe saltate: {_intervalli(self.saltate)}." if self.saltate else quante


@dataclass
class _Lettura:
    """The values of one row, and why it cannot be accepted."""

    numero: int
    organizzazione: Organizzazione | None = None
    criteri: list[Criterio] = field(default_factory=list)
    organizzazioni: list[Organizzazione] = field(default_factory=list)
    evidenza: Evidenza = field(default_factory=Evidenza)
    errori: list[str] = field(default_factory=list)

    @property
    def identita(self):
        """What makes two rows the same evidence: body, criteria, date and the words of the title."""
        return (
            self.evidenza.organizzazione_id,
            frozenset(c.pk for c in self.criteri),
            self.evidenza.data,
            impronta(self.evidenza.titolo),
        )


def _intervalli(numeri: list[int]) -> str:
    """Numbers in growing order, those that follow one another together: "2-5, 9"."""
    gruppi: list[list[int]] = []
    for numero in numeri:
        if gruppi and numero == gruppi[-1][-1] + 1:
            gruppi[-1].append(numero)
        else:
            gruppi.append([numero])
    return ", ".join(str(g[0]) if len(g) == 1 else f"{g[0]}-{g[-1]}" for g in gruppi)


class _Prova(Exception):
    """Ends a dry run: everything was tried, nothing stays."""


def importa_evidenze(percorso: Path, approva_come: str | None = None, *, prova: bool = False) -> EsitoDellImportazione:
    """Import the file in one transaction; with `prova` nothing is written.

    With `approva_come` (a username) every row is approved too, if the four-eyes rule lets that person: the manager's
    duties and what the District submits are the manager's own, for Coordinamento; the rest is for the managers. What
    says again something that was revoked is imported and waits for somebody who reads it. Raises `UtenteNonAmmesso`,
    and `FileNonValido` with every bad row; then nothing is imported.
    """
    approvatore = _approvatore(approva_come) if approva_come is not None else None
    righe, problemi, avvisi = leggi_csv(_contenuto(percorso), Colonne(COLONNE, OBBLIGATORIE))
    esito = None
    try:
        with transaction.atomic():
            esito = _importa(righe, problemi, approvatore)
            esito.avvisi.extend(avvisi)
            if prova:
                raise _Prova
    except _Prova:
        pass
    return esito


def _approvatore(nome):
    utente = Utente.objects.filter(username=nome).first()
    if utente is None:
        raise UtenteNonAmmesso(f"L'utente «{nome}» non esiste")
    if not permissions.decide(utente):
        raise UtenteNonAmmesso(f"L'utente «{nome}» non può approvare evidenze")
    return utente


def _contenuto(percorso):
    motivi = {FileNotFoundError: "non esiste", IsADirectoryError: "è una cartella", PermissionError: "accesso negato"}
    try:
        return Path(percorso).read_bytes()
    except OSError as errore:
        motivo = motivi.get(type(errore), errore.strerror or "errore di lettura")
        raise FileNonValido([Problema("", f"il file non si legge ({motivo})")]) from errore


def _importa(righe: list[RigaDelFile], problemi: list[Problema], approvatore) -> EsitoDellImportazione:
    lettore = _Lettore()
    letture = [lettore.leggi(riga) for riga in righe]
    presenti = _Presenti([lettura for lettura in letture if not lettura.errori])
    esito = EsitoDellImportazione([], [], [])
    for lettura in letture:
        if not lettura.errori:
            _accogli(lettura, presenti, approvatore, esito)
        if lettura.errori:
            problemi.append(Problema(f"riga {lettura.numero}", "; ".join(lettura.errori)))
    if problemi:
        raise FileNonValido(sorted(problemi, key=lambda problema: problema.riga))
    if esito.importate or esito.approvate:
        notifiche.evidenze_importate(esito.importate, esito.approvate)
    return esito


def _accogli(lettura, presenti, approvatore, esito):
    """Import one row, or recognise it in what is there; the reason of a refusal goes into its `errori`."""
    evidenza, lettura.errori = presenti.gia_detta(lettura)
    if lettura.errori:
        return
    try:
        if evidenza is None:
            evidenza = operazioni.importa(lettura.evidenza, lettura.criteri, lettura.organizzazioni)
            presenti.aggiungi(evidenza, lettura.criteri, lettura.organizzazioni)
            esito.importate.append(evidenza)
        else:
            esito.saltate.append(lettura.numero)
            if not presenti.sono_la_stessa(lettura, evidenza):
                detta = f"«{evidenza}» ({evidenza.organizzazione}, {evidenza.data:%d/%m/%Y})"
                esito.avvisi.append(f"Riga {lettura.numero}: dice di nuovo {detta}, e non è stata importata.")
        if evidenza.stato == flusso.INVIATA and presenti.revocata(lettura):
            esito.avvisi.append(f"Riga {lettura.numero}: era stata revocata, e aspetta che qualcuno la legga e decida.")
        elif approvatore is not None and evidenza.stato == flusso.INVIATA:
            approvata = operazioni.approva(evidenza, approvatore, commento=APPROVATA_COSI, avvisa=False)
            evidenza.stato = approvata.stato
            esito.approvate.append(evidenza)
    except (PermissionDenied, PassaggioNonAmmesso) as errore:
        lettura.errori.append(operazioni.motivo_di(errore))
    except ValidationError as errore:
        lettura.errori += errore.messages


class _Lettore:
    """Turns the texts of a row into values; what they name is read from the database once."""

    def __init__(self):
        self.organizzazioni = {ente.chiave: ente for ente in Organizzazione.objects.all()}
        self.programmi = list(ProgrammaPage.objects.select_for_update(of=("self",)))  # nobody sends meanwhile
        self.criteri = {(c.programma_id, c.codice): c for c in Criterio.objects.in_vigore().select_related("programma")}

    def leggi(self, riga: RigaDelFile) -> _Lettura:
        lettura = _Lettura(riga.numero)
        valori = riga.valori
        evidenza = lettura.evidenza
        lettura.organizzazione = self._organizzazione(valori["organizzazione"], lettura.errori)
        evidenza.organizzazione = lettura.organizzazione
        evidenza.data = _data(valori["data"], lettura.errori)
        for nome in TESTI:
            setattr(evidenza, nome, _testo(nome, valori[nome], lettura.errori))
        evidenza.quantita = _quantita(valori["quantita"], lettura.errori)
        evidenza.link = leggi_link(valori["link"])
        lettura.criteri = self._criteri(valori["criteri"], evidenza.data, lettura.errori)
        lettura.organizzazioni = self._coinvolte(valori["organizzazioni"], lettura.errori)
        return lettura

    def _organizzazione(self, chiave, errori):
        ente = self.organizzazioni.get(chiave)
        if not chiave:
            errori.append("manca l'organizzazione che invia")
        elif ente is None:
            errori.append(f"l'organizzazione {mostra(chiave)} non esiste")
        elif not ente.attiva:
            errori.append(f"l'organizzazione {mostra(chiave)} non è attiva: non può inviare evidenze")
            return None
        return ente

    def _coinvolte(self, chiavi, errori):
        chiavi = leggi_chiavi(chiavi)
        errori += [
            f"l'organizzazione coinvolta {mostra(chiave)} non esiste"
            for chiave in chiavi
            if chiave not in self.organizzazioni
        ]
        return [self.organizzazioni[chiave] for chiave in chiavi if chiave in self.organizzazioni]

    def _criteri(self, codici, giorno, errori):
        """The criteria with these codes in the programme whose period holds `giorno`."""
        codici = leggi_chiavi(codici.upper())
        if not codici:
            errori.append("manca il criterio")
        if giorno is None:
            return []
        programma = next((programma for programma in self.programmi if programma.comprende(giorno)), None)
        if programma is None:
            errori.append(f"nessun programma comprende la data {giorno:%d/%m/%Y}")
            return []
        mancanti = [codice for codice in codici if (programma.pk, codice) not in self.criteri]
        errori += [f"il criterio {mostra(codice)} non esiste nel programma {programma.anno}" for codice in mancanti]
        return [self.criteri[programma.pk, codice] for codice in codici if codice not in mancanti]


def _data(testo, errori):
    if not testo:
        errori.append("manca la data")
        return None
    if parti := ISO.fullmatch(testo):
        anno, mese, giorno = parti.groups()
    elif parti := ITALIANA.fullmatch(testo):
        giorno, mese, anno = parti.groups()
    else:
        errori.append(f"data non valida {mostra(testo)}: si scrive 2025-03-05 oppure 05/03/2025")
        return None
    try:
        return date(int(anno), int(mese), int(giorno))
    except ValueError:
        errori.append(f"la data {mostra(testo)} non esiste")
        return None


def _testo(nome, testo, errori):
    """The text, its line breaks all alike; too long is an error, never a cut."""
    testo = testo.replace("\r\n", "\n").replace("\r", "\n")
    massimo = Evidenza._meta.get_field(nome).max_length
    if massimo and len(testo) > massimo:
        errori.append(f"{nome}: {len(testo)} caratteri, al massimo {massimo}")
    return testo


def _quantita(testo, errori):
    """Decimal with comma or point, None when empty."""
    if not testo:
        return None
    if not NUMERO.fullmatch(testo):
        errori.append(f"quantità non valida {mostra(testo)}: un numero da 0 in su, con al massimo due decimali")
        return None
    return Decimal(testo.replace(",", "."))


@dataclass(frozen=True)
class _Presente:
    """An evidence that is there, with the keys of its criteria and of the bodies that it names."""

    evidenza: Evidenza
    criteri: frozenset[int]
    enti: frozenset[int]

    @property
    def si_ridice(self):
        """Whether a row may say it again, for somebody to decide: what a closed programme revoked stays so."""
        return self.evidenza.stato == flusso.REVOCATA and not self.evidenza.programma.chiuso


class _Presenti:
    """What is there already on the days of a file, by day and words of the title."""

    def __init__(self, letture):
        self.dette = defaultdict(list)
        giorni = [lettura.evidenza.data for lettura in letture]
        if giorni:
            evidenze = Evidenza.objects.filter(data__range=(min(giorni), max(giorni))).order_by("pk")
            evidenze = evidenze.select_related("programma", "organizzazione")
            for evidenza in evidenze.prefetch_related("criteri", "organizzazioni"):
                self.aggiungi(evidenza, evidenza.criteri.all(), evidenza.organizzazioni.all())

    def aggiungi(self, evidenza, criteri, enti):
        presente = _Presente(evidenza, frozenset(c.pk for c in criteri), frozenset(ente.pk for ente in enti))
        self.dette[evidenza.data, impronta(evidenza.titolo)].append(presente)

    def revocata(self, lettura) -> bool:
        """Whether evidence of this body and fact was revoked, for one of these criteria."""
        organizzazione, criteri, *fatto = lettura.identita
        sue = [p for p in self.dette[tuple(fatto)] if p.evidenza.organizzazione_id == organizzazione]
        return any(presente.si_ridice and presente.criteri & criteri for presente in sue)

    @staticmethod
    def sono_la_stessa(lettura, evidenza) -> bool:
        """Whether the row is `evidenza` itself, not the same fact under another body, criterion or title."""
        organizzazione, criteri, giorno, parole = lettura.identita
        return (evidenza.organizzazione_id, evidenza.data, impronta(evidenza.titolo)) == (
            organizzazione,
            giorno,
            parole,
        ) and {criterio.pk for criterio in evidenza.criteri.all()} == criteri

    def gia_detta(self, lettura) -> tuple[Evidenza | None, list[str]]:
        """The evidence that says this row already, and why the row contradicts what is there instead."""
        vicine = self.dette[lettura.evidenza.data, impronta(lettura.evidenza.titolo)]
        organizzazione, criteri, *_ = lettura.identita
        uguali = [
            presente
            for presente in vicine
            if (presente.evidenza.organizzazione_id, presente.criteri) == (organizzazione, criteri)
            and not presente.si_ridice
        ]
        if stessa := _la_stessa(lettura, uguali):
            return stessa, []
        if uguali:
            return None, [
                "c'è già un'evidenza con la stessa organizzazione, gli stessi criteri, la stessa data e lo stesso "
                f"titolo, ma cambiano {', '.join(_differenze(lettura, uguali[0]))}"
            ]
        for presente in vicine:
            altra = presente.evidenza
            tocca = altra.organizzazione_id == organizzazione or presente.criteri & criteri
            if not tocca or altra.stato in (flusso.BOZZA, flusso.REVOCATA):
                continue
            if not e_la_stessa_detta_da_altri(lettura.evidenza, altra):
                continue
            if not stessa_quantita(lettura.evidenza, altra):
                return None, [
                    "dice di nuovo un fatto che c'è già (stesso giorno e stesse parole) con un'altra quantità"
                ]
            return altra, []
        return evidenza_con_gli_stessi_link(lettura.criteri, lettura.evidenza.link), []


def _la_stessa(lettura, uguali):
    """The evidence that says exactly this row, one that waits before any other; None when there is none."""
    stesse = [presente.evidenza for presente in uguali if not _differenze(lettura, presente)]
    return min(stesse, key=lambda evidenza: evidenza.stato != flusso.INVIATA, default=None)


def _differenze(lettura, presente):
    """The names of the values in which what is there is not this row, compared as they are read."""
    nuova, evidenza = lettura.evidenza, presente.evidenza
    diversi = {
        nome
        for nome in ("argomento", "persone_coinvolte", "descrizione")
        if impronta(getattr(nuova, nome)) != impronta(getattr(evidenza, nome))
    }
    if {chiave(link) for link in nuova.link} != {chiave(link) for link in evidenza.link}:
        diversi.add("link")
    if not stessa_quantita(nuova, evidenza):
        diversi.add("quantita")
    if {ente.pk for ente in lettura.organizzazioni} != presente.enti:
        diversi.add("organizzazioni")
    return [parola for nome, parola in ALTRI_VALORI.items() if nome in diversi]
