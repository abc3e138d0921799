"""The bodies that the act names: members with their dates and marks, leads and partners of the actions. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from base.parole import senza_accenti

from .estremi import GIORNO, giorno
from .maiuscole import Maiuscole, accentato
from .righe_dell_atto import Cella, RigaDellAtto, unite_dai_riquadri
from .schede import Rilievo

SOCIETA = (
    ("societa a responsabilita limitata", "srl"),
    ("societa per azioni", "spa"),
    ("organizzazione non lucrativa", "onlus"),
)
_CAPI = """
    comune comunita camera istituto distretto cooperativa coop associazione azienda asif agenzia provincia
    fondazione consorzio scuola apsp universita centro ente societa parrocchia pro biblioteca museo casa cassa
    unione gruppo servizio federazione asilo nido cinformi apss museo acli comitato soste trentino
"""
CAPI = frozenset(_CAPI.split())
"""Words with which the name of a body begins."""
GENERICHE = re.compile(
    r"(?:eventuali|altr[ei]|tutt[ei]|organizzazioni|organizzazione|enti|ente|aziende|associazioni|soggetti|partner|"
    r"aderenti|realtà|istituti|comuni|cooperative|scuole|imprese)\b",
    re.IGNORECASE,
)
"""How words begin that name no body in particular."""
DELL_INTESTAZIONE = re.compile(r"marchio|adesione|family|^\W*\d*\W*$", re.IGNORECASE)
MARCHIO = re.compile(r"family|\bs[iì]\b|^x$|[✓✔]", re.IGNORECASE)
SUFFISSO = re.compile(r"(?:s\.?r\.?l\.?|s\.?p\.?a\.?|onlus|aps|scs|s\.?c\.?s?\.?)$", re.IGNORECASE)


@dataclass(frozen=True)
class EnteNoto:
    """A body that the portal has: by its key, and all its names."""

    chiave: str
    nomi: tuple[str, ...]


@dataclass
class EnteLetto:
    """A body of the act, in the format of the set-up file."""

    denominazione: str
    chiave: str
    nomi: set[str] = field(default_factory=set)
    dati: dict[str, Any] = field(default_factory=dict)

    def in_dati(self) -> dict[str, Any]:
        return {"chiave": self.chiave, "denominazione": self.denominazione, **self.dati}


def parole_del_nome(nome: str) -> frozenset[str]:
    """What names of one body have alike: words without accents, dots, articles; a company by its initials."""
    testo = re.sub(r"\b(?:\w\.){2,}", lambda t: t[0].replace(".", "") + " ", senza_accenti(accentato(nome)))
    testo = re.sub(r"[^\w]+", " ", testo)
    testo = " ".join(testo.split())
    for lunga, breve in SOCIETA:
        testo = testo.replace(lunga, breve)
    return frozenset(parola for parola in testo.split() if parola not in _ARTICOLI)


_PAROLE_VUOTE = """
    di del della dello dei degli delle e ed il la lo i gli le l d dell per
"""
_ARTICOLI = frozenset(_PAROLE_VUOTE.split())


def lo_stesso(uno: str, altro: str) -> bool:
    """Whether two names are of one body: the words of the shorter are all in the other, its first word included."""
    prime, seconde = parole_del_nome(uno), parole_del_nome(altro)
    breve, lunga = sorted((prime, seconde), key=len)
    if len(breve) == 1 and len(lunga) > 1 and not any(c.isdigit() for c in next(iter(breve))):
        return False
    if not breve or not breve <= lunga or breve <= {*CAPI, "srl", "spa", "onlus"}:
        return False
    if len(breve) == len(lunga):
        return True
    resto = lunga - breve
    return "agenzia" in breve or not any(
        capo in resto for capo in ("family", "famiglia", "distretto", "agenzia", "provincia", "comune")
    )


class Enti:
    """The bodies read so far. A name is that of a body of the act, of the portal, or of a new one."""

    def __init__(self, noti: Iterable[EnteNoto], maiuscole: Maiuscole):
        self.noti = list(noti)
        self.maiuscole = maiuscole
        self.letti: list[EnteLetto] = []

    def trova(self, nome: str) -> EnteLetto | None:
        """The body of the act with this name: the same words first, then the one that has them all."""
        uguali = [e for e in self.letti if any(parole_del_nome(n) == parole_del_nome(nome) for n in e.nomi)]
        simili = uguali or [ente for ente in self.letti if any(lo_stesso(nome, suo) for suo in ente.nomi)]
        return simili[0] if len(simili) == 1 else None

    def prendi(self, nome: str) -> EnteLetto:
        """The body with this name, made when there is none."""
        if trovato := self.trova(nome):
            trovato.nomi.add(nome)
            return trovato
        scritto = self.maiuscole.nome(nome)
        noto = self._noto(nome)
        chiave = noto.chiave if noto else self._chiave_libera(scritto)
        for ente in self.letti:
            if ente.chiave == chiave:
                ente.nomi.add(nome)
                return ente
        ente = EnteLetto(scritto, chiave, {nome, scritto, *(noto.nomi if noto else ())})
        self.letti.append(ente)
        return ente

    def _noto(self, nome: str) -> EnteNoto | None:
        uguali = [e for e in self.noti if any(parole_del_nome(n) == parole_del_nome(nome) for n in e.nomi)]
        simili = uguali or [ente for ente in self.noti if any(lo_stesso(nome, suo) for suo in ente.nomi)]
        return simili[0] if len(simili) == 1 else None

    def _chiave_libera(self, nome: str) -> str:
        base = (
            re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=\w)\.(?=\w)|\.", "", senza_accenti(nome)))
            .strip("-")[:46]
            .strip("-")
        )
        chiave, numero = base or "ente", 2
        while any(ente.chiave == chiave for ente in self.letti) or any(n.chiave == chiave for n in self.noti):
            chiave, numero = f"{base}-{numero}", numero + 1
        return chiave

    def dividi(self, testo: str) -> tuple[list[EnteLetto], str]:
        """The bodies that a cell names, and the words that name none in particular."""
        enti: list[EnteLetto] = []
        generiche: list[str] = []
        for nome in nomi_degli_enti(testo, self.inizi()):
            if GENERICHE.match(nome) and not self._con_queste_parole(nome):
                generiche.append(nome)
            else:
                ente = self.prendi(nome)
                if ente not in enti:
                    enti.append(ente)
        parole = ", ".join(generiche)
        return enti, parole[:1].upper() + parole[1:]

    def _con_queste_parole(self, nome: str) -> bool:
        parole = parole_del_nome(nome)
        nomi = [suo for ente in self.letti for suo in ente.nomi] + [suo for ente in self.noti for suo in ente.nomi]
        return any(parole_del_nome(suo) == parole for suo in nomi)

    def inizi(self) -> set[str]:
        """The words with which the names of the bodies read, or known, begin."""
        nomi = [nome for ente in self.letti for nome in ente.nomi] + [nome for ente in self.noti for nome in ente.nomi]
        return {senza_accenti(nome).split()[0] for nome in nomi if nome.split()}


def nomi_degli_enti(testo: str, inizi: Iterable[str] = ()) -> list[str]:
    """The names in a cell: divided by commas, lines and «e», where what follows begins a name."""
    capi = {*CAPI, *inizi}
    parti: list[str] = []
    ultimo = 0
    for segno in re.finditer(r"\s*[,;•·]\s*(?:e\s+)?|\s+ed?\s+(?:(?:il|la|lo|i|gli|le)\s+|l['’])?", testo):
        prima, dopo = testo[ultimo : segno.start()], testo[segno.end() :]
        if not prima.strip() or not _comincia_un_nome(prima, dopo, capi, segno[0]):
            continue
        parti.append(prima.strip())
        ultimo = segno.end()
    parti.append(testo[ultimo:].strip())
    return [_senza_punto(parte) for parte in parti if _senza_punto(parte)]


def _senza_punto(nome: str) -> str:
    """Without the stop that ends the cell; that of an acronym stays."""
    nome = nome.strip(" ;,")
    return nome if re.search(r"\.\w\.$", nome) else nome.rstrip(" .;,")


def _comincia_un_nome(prima: str, dopo: str, capi: set[str], segno: str) -> bool:
    parola = re.match(r"[\w.'’#-]+", dopo)
    if parola is None or prima.count("(") > prima.count(")"):
        return False
    testa = senza_accenti(re.split(r"['’]", parola[0])[0]).strip(".")
    if GENERICHE.match(dopo) and (testa not in capi or not parola[0][0].isupper()):
        return True
    if not parola[0][0].isupper():
        return False
    if testa in capi or SUFFISSO.search(prima.strip()) or (parola[0].isupper() and len(parola[0]) > 2):
        return True
    lista_della_camera = re.match(r"\s*camera di commercio", senza_accenti(prima)) and testa in (
        *("industria", "artigianato", "agricoltura", "turismo"),
    )
    return any(s in segno for s in ",;•·") and not lista_della_camera


@dataclass
class _Membro:
    """A row of the table of the members, as far as it is read."""

    riga: RigaDellAtto
    nome: str
    dal: date
    marchi: tuple[bool, bool]


def leggi_aderenti(righe: list[RigaDellAtto], enti: Enti) -> tuple[date | None, list[Rilievo]]:
    """The table of the members: name, day of adhesion, marks. Returns the day that it is of, and what was not read."""
    rilievi: list[Rilievo] = []
    membri: list[_Membro] = []
    al: date | None = None
    family: float | None = None
    audit: float | None = None
    attesa = ""
    for riga in unite_dai_riquadri(righe):
        if al is None and (scritta := giorno(riga.testo)) and re.search(r"aderenti", riga.testo, re.IGNORECASE):
            al = scritta
            continue
        family, audit = _colonne_dei_marchi(riga, family, audit)
        data = next((cella for cella in riga.celle if giorno(cella.testo)), None)
        quando = giorno(data.testo) if data else None
        if data is None or quando is None:
            resto = "" if DELL_INTESTAZIONE.search(riga.testo) else riga.testo
            if resto and membri and not re.match(r"\d", resto):
                membri[-1].nome = f"{membri[-1].nome} {resto}"
            else:
                attesa = resto
            continue
        nome = _senza_numero(f"{attesa} {_nome_del_membro(riga, data)}")
        attesa = ""
        membri.append(_Membro(riga, nome, quando, _marchi(_dopo_la_data(riga, data), family, audit)))
    for membro in membri:
        if not membro.nome:
            perche = f"organizzazione aderente senza nome: «{membro.riga.testo[:80]}»"
            rilievi.append(Rilievo(membro.riga.posto, perche))
            continue
        ente = enti.prendi(membro.nome)
        ente.dati["aderente_dal"] = membro.dal
        ente.dati["family_in_trentino"], ente.dati["family_audit"] = membro.marchi
    return al, rilievi


def _colonne_dei_marchi(
    riga: RigaDellAtto, family: float | None, audit: float | None
) -> tuple[float | None, float | None]:
    """Where the two marks stand, when the line is their heading."""
    if any(giorno(cella.testo) for cella in riga.celle):
        return family, audit
    for cella in riga.celle:
        if re.search(r"family in|trentino", cella.testo, re.IGNORECASE):
            family = (cella.x0 + cella.x1) / 2
        elif re.search(r"family audit|audit", cella.testo, re.IGNORECASE):
            audit = (cella.x0 + cella.x1) / 2
    return family, audit


def _nome_del_membro(riga: RigaDellAtto, data: Cella) -> str:
    """The words before the day of adhesion, those of its own cell included."""
    prima = " ".join(cella.testo for cella in riga.celle if cella.x0 < data.x0)
    trovata = GIORNO.search(data.testo)
    return f"{prima} {data.testo[: trovata.start()] if trovata else ''}".strip()


def _senza_numero(nome: str) -> str:
    return re.sub(r"^\d{1,3}[.)]?(?:\s+|$)", "", nome.strip()).strip()


def _dopo_la_data(riga: RigaDellAtto, data: Cella) -> list[Cella]:
    """What says the marks: the cells after the day, and the words after it in its own."""
    trovata = GIORNO.search(data.testo)
    resto = data.testo[trovata.end() :].strip() if trovata else ""
    sue = [Cella(data.x1, data.x1, resto)] if resto else []
    return [c for c in (*sue, *(c for c in riga.celle if c.x0 > data.x0)) if MARCHIO.search(c.testo)]


def _marchi(celle: list[Cella], family: float | None, audit: float | None) -> tuple[bool, bool]:
    """Which of the two marks a member has: by the heading each mark is nearest to."""
    in_trentino = nell_audit = False
    for cella in celle:
        testo = cella.testo.casefold()
        doppio = len(re.findall("family", testo)) > 1
        if doppio:
            return True, True
        if "trentino" in testo:
            in_trentino = True
        elif "audit" in testo or family is None or audit is None:
            nell_audit = True
        else:
            centro = (cella.x0 + cella.x1) / 2
            vicino_a_trentino = abs(centro - family) < abs(centro - audit)
            in_trentino, nell_audit = in_trentino or vicino_a_trentino, nell_audit or not vicino_a_trentino
    return in_trentino, nell_audit
