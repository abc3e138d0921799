"""Meetings from the sheet in use today: one row a meeting, or one row a presence. What it would do is seen first.

A meeting is known by its `codice`, or without one by day, kind and the words of its subject: importing the same file
again changes nothing, and what is here already is never written over.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from base.formati.caratteri import uguagliabile
from base.formati.date_scritte import DataNonValida, leggi_data
from base.formati.lettura_csv import Colonne, RigaDelFile, Tabella, leggi_csv
from base.formati.lettura_xlsx import leggi_xlsx
from base.formati.schema import FileNonValido, Problema, mostra
from base.giorni import esigi_nel_calendario
from organizzazioni.models import Organizzazione
from programma.alimentazione import impronta

from ..models import Partecipante, Riunione, TipoRiunione
from ..models.riunioni import RUOLI

COLONNE = Colonne(
    (
        *("codice", "data", "tipo", "argomento", "sede", "luogo", "verbale"),
        *("persone_coinvolte", "nome", "ente", "ruolo", "partecipazione"),
    ),
    ("data", "tipo", "argomento"),
    ("data",),
)
BYTE_MASSIMO = 5 * 1024 * 1024
RIGHE_MASSIMO = 3000
MASSIMI = {"codice": 60, "argomento": 200, "luogo": 200, "verbale": 20000, "nome": 120, "ente": 200}
_PARTI = re.compile(r"[;\n]+")
PARTECIPAZIONI = {uguagliabile(nome): valore for valore, nome in Partecipante.Partecipazione.choices} | {
    "si": "presente",
    "sì": "presente",
    "x": "presente",
    "no": "assente",
    "remoto": "da_remoto",
    "online": "da_remoto",
}


@dataclass(frozen=True)
class RiunioneLetta:
    """A meeting as the file tells it: the numbers of its rows, the meeting and who was there."""

    righe: list[int]
    riunione: Riunione
    persone: list[Partecipante] = field(default_factory=list)

    @property
    def presenti(self) -> int:
        return sum(uno.presente for uno in self.persone)


@dataclass(frozen=True)
class PianoDiRiunioni:
    """What a file would do: meetings to be made, meetings that are here already, what is wrong, what to know."""

    nuove: list[RiunioneLetta] = field(default_factory=list)
    gia_qui: list[RiunioneLetta] = field(default_factory=list)
    problemi: list[Problema] = field(default_factory=list)
    avvisi: list[str] = field(default_factory=list)


def leggi_riunioni(nome: str, contenuto: bytes) -> PianoDiRiunioni:
    """What the file would do. Everything that is wrong is among the `problemi`, each with its row."""
    try:
        righe, problemi, avvisi = _tabella(nome, contenuto)
    except FileNonValido as errore:
        return PianoDiRiunioni(problemi=list(errore.problemi))
    return _Lettore(problemi, avvisi).leggi(righe)


def _tabella(nome: str, contenuto: bytes) -> Tabella:
    if contenuto[:2] == b"PK" or nome.lower().endswith(".xlsx"):
        tabella = leggi_xlsx(contenuto, COLONNE, RIGHE_MASSIMO + 1)
    else:
        tabella = leggi_csv(contenuto, COLONNE)
    if len(tabella.righe) > RIGHE_MASSIMO:
        raise FileNonValido([Problema("", f"più di {RIGHE_MASSIMO} righe: dividi il file")])
    return tabella


class _Lettore:
    def __init__(self, problemi: list[Problema], avvisi: list[str]):
        self.piano = PianoDiRiunioni(problemi=list(problemi), avvisi=list(avvisi))
        tipi = list(TipoRiunione.objects.all())
        self.tipi = {uguagliabile(parola): tipo for tipo in tipi for parola in (tipo.chiave, tipo.nome)}
        enti = list(Organizzazione.objects.all())
        self.enti = {
            uguagliabile(parola): ente
            for ente in enti
            for parola in (ente.chiave, ente.denominazione, ente.nome_breve)
            if parola
        }
        self.lette: dict[str, RiunioneLetta] = {}

    def leggi(self, righe: list[RigaDelFile]) -> PianoDiRiunioni:
        for riga in righe:
            errori: list[str] = []
            self._riga(riga, errori)
            self.piano.problemi.extend(Problema(f"riga {riga.numero}", motivo) for motivo in errori)
        self._smista()
        return self.piano

    def _riga(self, riga: RigaDelFile, errori: list[str]) -> None:
        valori = riga.valori
        for campo, massimo in MASSIMI.items():
            if len(valori[campo]) > massimo:
                errori.append(f"{campo}: al massimo {massimo} caratteri")
        giorno = _giorno(valori["data"], errori)
        tipo = self.tipi.get(uguagliabile(valori["tipo"]))
        if tipo is None:
            errori.append(f"tipo: {mostra(valori['tipo'])} non c'è tra i tipi di riunione")
        if not valori["argomento"]:
            errori.append("argomento: manca")
        sede = self._ente_della_rete("sede", valori["sede"], errori)
        persone = self._persone(valori, errori)
        if errori or tipo is None or giorno is None:
            return
        chiave = valori["codice"] or chiave_di(giorno, tipo, valori["argomento"])
        letta = self.lette.get(chiave)
        if letta is None:
            riunione = Riunione(codice=chiave, tipo=tipo, titolo=valori["argomento"], giorno=giorno, sede=sede)
            riunione.luogo, riunione.verbale = valori["luogo"], valori["verbale"]
            letta = self.lette[chiave] = RiunioneLetta([], riunione)
        elif (letta.riunione.giorno, impronta(letta.riunione.titolo)) != (giorno, impronta(valori["argomento"])):
            errori.append(f"il codice {mostra(chiave)} è anche di un'altra riunione (riga {letta.righe[0]})")
            return
        letta.righe.append(riga.numero)
        gia = {(impronta(uno.nome), uno.ente) for uno in letta.persone}
        letta.persone.extend(uno for uno in persone if (impronta(uno.nome), uno.ente) not in gia)

    def _ente_della_rete(self, campo: str, testo: str, errori: list[str]) -> Organizzazione | None:
        if not testo:
            return None
        ente = self.enti.get(uguagliabile(testo))
        if ente is None:
            errori.append(f"{campo}: {mostra(testo)} non è un'organizzazione della rete")
        return ente

    def _persone(self, valori: dict[str, str], errori: list[str]) -> list[Partecipante]:
        detti = valori["persone_coinvolte"]
        parti = _PARTI.split(detti) if _PARTI.search(detti) else detti.split(",")
        elencate = [nome.strip() for nome in parti if nome.strip()]
        if lunghi := [nome for nome in elencate if len(nome) > MASSIMI["nome"]]:
            errori.append(f"persone_coinvolte: {mostra(lunghi[0])} è troppo lungo: separa i nomi con «;»")
        presente = Partecipante.Partecipazione.PRESENTE
        persone = [Partecipante(nome=nome, partecipazione=presente) for nome in elencate]
        if not valori["nome"]:
            if any(valori[campo] for campo in ("ente", "ruolo", "partecipazione")):
                errori.append("nome: manca, e c'è il resto della sua riga")
            return persone
        ruolo = next((chiave for chiave, nome in RUOLI.choices if _dice(valori["ruolo"], chiave, nome)), "")
        if valori["ruolo"] and not ruolo:
            errori.append(f"ruolo: {mostra(valori['ruolo'])} non c'è: {', '.join(RUOLI.values)}")
        segno = PARTECIPAZIONI.get(uguagliabile(valori["partecipazione"] or "presente"))
        if segno is None:
            detti = ", ".join(Partecipante.Partecipazione.labels)
            errori.append(f"partecipazione: {mostra(valori['partecipazione'])} non c'è: {detti}")
        ente = self.enti.get(uguagliabile(valori["ente"])) if valori["ente"] else None
        altro = "" if ente else valori["ente"]
        uno = Partecipante(nome=valori["nome"], organizzazione=ente, altro_ente=altro, ruolo=ruolo)
        uno.partecipazione = segno or ""
        return [*persone, uno]

    def _smista(self) -> None:
        """Those that are here already by their key, or by their day and words, apart from the new ones."""
        codici = set(Riunione.objects.filter(codice__in=self.lette).values_list("codice", flat=True))
        giorni = {letta.riunione.giorno for letta in self.lette.values()}
        scritte = {
            (giorno, impronta(titolo))
            for giorno, titolo in Riunione.objects.filter(giorno__in=giorni).values_list("giorno", "titolo")
        }
        for chiave, letta in self.lette.items():
            qui = chiave in codici or (letta.riunione.giorno, impronta(letta.riunione.titolo)) in scritte
            (self.piano.gia_qui if qui else self.piano.nuove).append(letta)


def chiave_di(giorno: date, tipo: TipoRiunione, argomento: str) -> str:
    """The stable name of a meeting whose file gives it none."""
    parole = f"{giorno.isoformat()} {tipo.chiave} {impronta(argomento)}"
    return f"{giorno.isoformat()}-{hashlib.sha256(parole.encode()).hexdigest()[:24]}"


def _dice(testo: str, *nomi: str) -> bool:
    return bool(testo) and uguagliabile(testo) in {uguagliabile(nome) for nome in nomi}


def _giorno(testo: str, errori: list[str]) -> date | None:
    try:
        giorno = leggi_data(testo)
        esigi_nel_calendario(giorno)
    except DataNonValida as errore:
        errori.append(f"data: {errore}")
    except ValidationError as rifiuto:
        errori.append(f"data: {' '.join(rifiuto.messages)}")
    else:
        if giorno <= timezone.localdate():
            return giorno
        errori.append("data: è nel futuro, e qui si importano riunioni già tenute")
    return None
