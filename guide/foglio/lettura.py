"""From a file to what it would do: nothing is written here. See `guide.operazioni.foglio`."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.core.exceptions import ValidationError

from base.formati.caratteri import senza_controlli, uguagliabile
from base.formati.lettura_csv import RigaDelFile, leggi_csv
from base.formati.lettura_xlsx import leggi_xlsx
from base.formati.schema import FileNonValido, Problema
from base.formati.tabelle import INIZIO_DI_FORMULA, senza_formula
from base.percorsi import madre
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager

from ..models import ServizioPage, SezioneGuidaPage
from .celle import CellaNonValida
from .colonne import CAMPI, CODICE, COLONNE, DEL_FILE, ORGANIZZAZIONE, Categorie

RIGHE_MASSIMO = 2000
BYTE_MASSIMO = 5 * 1024 * 1024
CELLA_DI_EXCEL = 32767
"""Characters past which a spreadsheet cuts a cell."""


@dataclass(frozen=True)
class Cambio:
    """One cell that the file changes: `dopo` is what was understood of it, as the export would write it."""

    colonna: str
    prima: str
    dopo: str


@dataclass
class RigaLetta:
    """What one row would do: a new entry of `sezione` (no `pagina`), changes to `pagina`, or nothing."""

    numero: int
    titolo: str
    codice: str
    sezione: SezioneGuidaPage | None = None
    pagina: ServizioPage | None = None
    valori: list = field(default_factory=list)
    cambi: list[Cambio] = field(default_factory=list)
    chiave: UUID | None = None

    @property
    def nuova(self):
        return self.pagina is None


@dataclass
class Piano:
    """What a file would do, what is wrong with it (with a problem nothing is imported), what of it was not read."""

    righe: list[RigaLetta] = field(default_factory=list)
    problemi: list[Problema] = field(default_factory=list)
    avvisi: list[str] = field(default_factory=list)

    @property
    def nuove(self):
        return [riga for riga in self.righe if riga.nuova]

    @property
    def cambiate(self):
        return [riga for riga in self.righe if not riga.nuova and riga.cambi]

    @property
    def uguali(self):
        return [riga for riga in self.righe if not riga.nuova and not riga.cambi]

    @property
    def impronta(self):
        """The same as long as the file would do the same to the same versions of the entries."""
        fatti = [
            [
                r.numero,
                r.codice,
                r.sezione.pk,
                r.pagina and [r.pagina.pk, r.pagina.latest_revision_id],
                [[c.colonna, c.prima, c.dopo] for c in r.cambi],
            ]
            for r in self.righe
        ]
        return hashlib.sha256(json.dumps(fatti).encode()).hexdigest()


def sezioni_del_foglio(utente):
    """The sections whose services `utente` may export and import: all for the manager and for who keeps the site
    (None), one's own for a referent."""
    sezioni = SezioneGuidaPage.objects.select_related("organizzazione").order_by("path")
    if utente is None or e_manager(utente):
        return sezioni
    return sezioni.filter(organizzazione__in=Organizzazione.objects.di(utente))


def servizi_di(sezioni):
    """The entries in these sections, each with its latest version; in the order of the tree."""
    percorsi = {sezione.path: sezione for sezione in sezioni}
    servizi = ServizioPage.objects.filter(alias_of=None).select_related("latest_revision").order_by("path")
    return [(percorsi[madre(s.path)], s) for s in servizi if madre(s.path) in percorsi]


def tabella(utente) -> tuple[tuple[str, ...], list[list[str]]]:
    """Header and rows of every entry that `utente` may write, in its latest version, drafts and hidden values too."""
    categorie = Categorie.leggi()
    return COLONNE, [
        [servizio.codice, sezione.organizzazione.chiave, *scritta(contenuto_di(servizio), categorie).values()]
        for sezione, servizio in servizi_di(sezioni_del_foglio(utente))
    ]


def contenuto_di(servizio) -> dict:
    """The latest version of an entry, as it is kept."""
    if servizio.latest_revision is not None:
        return servizio.latest_revision.content
    return json.loads(servizio.to_json())


def scritta(contenuto, categorie) -> dict[str, str]:
    """The cells of an entry, by column."""
    return {colonna.nome: senza_controlli(colonna.scrivi(contenuto, categorie)) for colonna in CAMPI}


def leggi_foglio(nome: str, contenuto: bytes, utente) -> Piano:
    """What the file would do, in the hands of `utente`."""
    try:
        righe, problemi, avvisi = _righe(nome, contenuto)
    except FileNonValido as errore:
        return Piano(problemi=errore.problemi)
    lettore = Lettore(utente)
    piano = Piano(problemi=problemi, avvisi=avvisi)
    for riga in righe:
        letta, errori = lettore.leggi(riga)
        piano.problemi += errori
        piano.righe += [] if errori else [letta]
    piano.problemi.sort(key=lambda problema: problema.riga)
    return piano


def _righe(nome, contenuto):
    if len(contenuto) > BYTE_MASSIMO:
        raise FileNonValido([Problema("", f"il file è troppo grande: al massimo {BYTE_MASSIMO // 1024 // 1024} MB")])
    if nome.lower().endswith(".xlsx") or contenuto.startswith(b"PK\x03\x04"):
        tabella = leggi_xlsx(contenuto, DEL_FILE, RIGHE_MASSIMO)
    else:
        tabella = leggi_csv(contenuto, DEL_FILE)
    if len(tabella.righe) > RIGHE_MASSIMO:
        raise FileNonValido([Problema("", f"il file ha troppe righe: dividilo in file di {RIGHE_MASSIMO} al massimo")])
    return tabella


class Lettore:
    """Reads rows against what the site has, which it asks once. `incompleti`: a draft may lack what the editor
    demands."""

    def __init__(self, utente, *, incompleti=False):
        self.incompleti = incompleti
        self.categorie = Categorie.leggi()
        sezioni = list(sezioni_del_foglio(utente))
        self.sezioni = {sezione.organizzazione.chiave: sezione for sezione in sezioni}
        coppie = servizi_di(sezioni)
        self.servizi = {servizio.codice: (sezione, servizio) for sezione, servizio in coppie}
        self.nomi = {(sezione.pk, _nome(contenuto_di(s)["title"])): s.codice for sezione, s in coppie}
        self.da_i_codici = utente is None or e_manager(utente)
        self.visti: dict[object, int] = {}

    def leggi(self, riga: RigaDelFile, chiave_di_pagina: UUID | None = None):
        """The row as read, and its problems. A new entry takes `chiave_di_pagina` for its `translation_key`."""
        problemi: list[Problema] = []

        def sbagliata(colonna, motivo):
            problemi.append(Problema(f"riga {riga.numero}, colonna {colonna}", motivo))

        codice, chiave = _pulita(riga.valori[CODICE]), _pulita(riga.valori[ORGANIZZAZIONE])
        letta = RigaLetta(riga.numero, riga.valori["nome"], codice, self.sezioni.get(chiave), chiave=chiave_di_pagina)
        if letta.sezione is None:
            sbagliata(
                ORGANIZZAZIONE,
                f"«{chiave}» non è tra quelle per cui puoi scrivere: {', '.join(self.sezioni)}" if chiave else "manca",
            )
        self._riconosci(letta, chiave, sbagliata)
        prima = scritta(contenuto_di(letta.pagina), self.categorie) if letta.pagina else dict.fromkeys(COLONNE, "")
        for colonna in CAMPI:
            if colonna.nome in riga.scritte and not _uguali(riga.valori[colonna.nome], prima[colonna.nome]):
                self._cella(letta, colonna, riga.valori[colonna.nome], prima[colonna.nome], sbagliata)
        if not problemi:
            self._controlla(letta, sbagliata)
        return letta, problemi

    def _riconosci(self, letta, chiave, sbagliata):
        """Find the entry of the row by its code; a row without a code is a new entry.

        Only who sees every entry may give a code to a new one: to anyone else a code that is taken, by a draft that
        is not theirs perhaps, must look as one that does not exist.
        """
        chi = ("codice", letta.codice) if letta.codice else ("nome", chiave, _nome(letta.titolo))
        if chi in self.visti:
            sbagliata(chi[0], f"è già nella riga {self.visti[chi]}")
        self.visti.setdefault(chi, letta.numero)
        if letta.codice in self.servizi:
            sezione, letta.pagina = self.servizi[letta.codice]
            if letta.sezione is not None and sezione != letta.sezione:
                sbagliata(
                    ORGANIZZAZIONE,
                    f"il servizio {letta.codice} è di «{sezione.organizzazione.chiave}», e un file non lo sposta",
                )
        elif letta.codice and not self.da_i_codici:
            sbagliata(
                CODICE,
                f"nessuno dei tuoi servizi ha il codice «{letta.codice[:60]}»: per un servizio nuovo "
                "lascia la cella vuota",
            )
        elif letta.codice:
            try:
                ServizioPage._meta.get_field("codice").clean(letta.codice, None)
            except ValidationError:
                sbagliata(CODICE, f"«{letta.codice[:60]}» non va: al massimo 40 lettere, cifre e trattini, senza spazi")
        elif letta.sezione is not None and (gia := self.nomi.get((letta.sezione.pk, _nome(letta.titolo)))):
            sbagliata(CODICE, f"c'è già un servizio con questo nome: se è lui, scrivi il suo codice {gia}")

    def _cella(self, letta, colonna, testo, prima, sbagliata):
        testo = _pulita(testo)
        if len(testo) >= CELLA_DI_EXCEL:
            sbagliata(colonna.nome, "il testo è più lungo di una cella di Excel, che lo taglia: usa un file CSV")
            return
        try:
            letta.valori.append((colonna, colonna.leggi(testo, self.categorie)))
            letta.cambi.append(Cambio(colonna.nome, prima, testo))  # what was written, until the row is whole
        except CellaNonValida as errore:
            sbagliata(colonna.nome, str(errore))

    def _controlla(self, letta, sbagliata):
        """What the editor would refuse; and nothing is written over what waits for a decision."""
        if not letta.cambi:
            return
        if letta.pagina is not None and (letta.pagina.locked or letta.pagina.workflow_in_progress):
            sbagliata(CODICE, "il servizio aspetta una decisione, o è bloccato: prima serve quella")
            return
        pagina = in_pagina(letta)
        colonne = {colonna.campo: colonna.nome for colonna in CAMPI}
        try:
            altri = [f.name for f in pagina._meta.get_fields() if f.name not in colonne or f.name == "erogatore"]
            mancano = [c for c in colonne if self.incompleti and getattr(pagina, c, None) in ("", None)]
            pagina.clean_fields(exclude=altri + mancano)
            ServizioPage.clean(pagina)
        except ValidationError as errore:
            for campo, motivi in errore.message_dict.items():
                sbagliata(colonne.get(campo, campo), " ".join(motivi))
            return
        self._capita(letta, pagina)

    def _capita(self, letta, pagina):
        """Say of each change what was understood; what says the same as before is no change."""
        contenuto = json.loads(pagina.to_json())
        dopo = {c.nome: senza_controlli(c.capito(valore, contenuto, self.categorie)) for c, valore in letta.valori}
        cambi = [replace(cambio, dopo=dopo[cambio.colonna]) for cambio in letta.cambi]
        letta.cambi = [cambio for cambio in cambi if not _uguali(cambio.dopo, cambio.prima)]


def in_pagina(letta: RigaLetta) -> ServizioPage:
    """The entry as the row would make it, all but its free words; nothing is saved."""
    if letta.pagina is not None:
        pagina = letta.pagina.get_latest_revision_as_object()
    else:
        pagina = ServizioPage(codice=letta.codice, live=False)
        pagina.translation_key = letta.chiave or pagina.translation_key
    for colonna, valore in letta.valori:
        if colonna.campo != "etichette":
            colonna.applica(pagina, valore)
    if pagina.erogatore_id is None and not pagina.erogatore_esterno:
        pagina.erogatore = letta.sezione.organizzazione  # as the editor does
    return pagina


def _uguali(cella, scritto):
    """Whether a cell says what the export would write: then it changes nothing."""
    return _righe_uguali(cella) in (_righe_uguali(scritto), _righe_uguali(senza_formula(scritto)))


def _righe_uguali(testo):
    return testo.replace("\r\n", "\n").replace("\r", "\n").strip()


def _pulita(testo):
    """Without the apostrophe by which a spreadsheet is told that it is no formula."""
    testo = _righe_uguali(testo)
    return testo[1:] if testo.startswith("'") and testo[1:].startswith(INIZIO_DI_FORMULA) else testo


def _nome(titolo):
    return uguagliabile(titolo)
