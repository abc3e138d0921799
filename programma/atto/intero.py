"""Reading an act: from its file to what it says, where it says it, and what was not read. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from base.formati.schema import FileNonValido, Problema

from . import estremi
from .blocchi import Blocchi, in_blocchi, maiuscolo
from .brani import Brano, paragrafi
from .coppie import coppie
from .distretto import distretto_letto
from .due_colonne import seconda_colonna
from .enti import EnteNoto, Enti, leggi_aderenti
from .maiuscole import Maiuscole
from .obblighi import ObbligoLetto, coppie_di, leggi_obblighi
from .parole_tagliate import parole_tagliate
from .regole_lette import criterio
from .righe_dell_atto import PostoNellAtto, RigaDellAtto, RigheDellAtto, leggi_righe, senza_titoli_correnti
from .schede import AzioneLetta, Rilievo, leggi_azione

CODICE = re.compile(r"\b([A-Z])\s?(\d{4})\b[.:\s]*")
NON_E_UN_PROGRAMMA = (
    "non è un programma di lavoro: non c'è nessun titolo «PROGETTUALITÀ» con il suo numero, da cui l'atto si riconosce"
)
SENZA_ANNO = (
    "non si legge di quale anno è il programma: manca «PROGRAMMA DI LAVORO» con l'anno, o la data entro cui finisce"
)
MASSIMO_TESTO = 5000
"""How long the words of a field may be, in letters."""


@dataclass(frozen=True)
class AttoLetto:
    """What an act says: all in the format of the set-up file, the actions with the place of every field, and
    what somebody should look at."""

    impianto: dict[str, Any]
    azioni: tuple[AzioneLetta, ...]
    rilievi: tuple[Rilievo, ...]

    @property
    def anno(self) -> int:
        return int(self.impianto["programma"]["anno"])

    @property
    def non_letti(self) -> list[Rilievo]:
        return [rilievo for rilievo in self.rilievi if not rilievo.letto]

    @property
    def da_controllare(self) -> list[Rilievo]:
        return [rilievo for rilievo in self.rilievi if rilievo.letto]


@dataclass
class _Lettore:
    """The pieces of a reading."""

    righe: RigheDellAtto
    blocchi: Blocchi
    maiuscole: Maiuscole
    enti: Enti
    rilievi: list[Rilievo] = field(default_factory=list)


def leggi_atto(contenuto: bytes, noti: Iterable[EnteNoto] = ()) -> AttoLetto:
    """Read the act in a file, PDF or text; `noti` are the bodies whose keys are known.

    Raises `FileNonValido` when it has no text, is not a programme, or does not say of which year it is.
    """
    lette = leggi_righe(contenuto)
    utili = senza_titoli_correnti(lette.righe, _titoli_correnti(lette.righe))
    blocchi = in_blocchi(utili)
    if not blocchi.azioni:
        raise FileNonValido([Problema("", NON_E_UN_PROGRAMMA)])
    testi = [riga.testo for riga in sorted((*lette.righe, *lette.tolte), key=lambda riga: riga.posto)]
    maiuscole = Maiuscole(testi)
    lettore = _Lettore(lette, blocchi, maiuscole, Enti(noti, maiuscole))
    intero = " ".join(riga.testo for riga in (*lette.righe, *lette.tolte))
    return _in_atto(lettore, intero, testi)


def _titoli_correnti(righe: Iterable[RigaDellAtto]) -> list[str]:
    """The titles, in capitals, that stand alone on a line three times or more, as at the head of pages."""
    conto = Counter(riga.testo for riga in righe if len(riga.celle) == 1 and maiuscolo(riga.testo))
    titolo = re.compile(r"(DISTRETTO FAMI|PROGRAMMA DI LAVORO|PROVINCIA AUTONOMA|ALLEGATO).*")
    return [testo for testo, quante in conto.items() if quante >= 2 and titolo.fullmatch(testo)]


def _in_atto(lettore: _Lettore, intero: str, testi: list[str]) -> AttoLetto:
    rilievi = lettore.rilievi
    for pagina in lettore.righe.pagine_mute:
        rilievi.append(Rilievo(None, f"pagina {pagina}: non ha testo, forse è un'immagine"))
    aderenti_al, altri = leggi_aderenti(lettore.blocchi.parti.get("aderenti", []), lettore.enti)
    rilievi += altri
    azioni = _azioni(lettore)
    for azione in azioni:
        lettore.enti.dividi(azione.parole("referenti"))
        lettore.enti.dividi(azione.parole("altre"))
    nomi = {nome for ente in lettore.enti.letti for nome in ente.nomi}
    lettore.maiuscole.nomi = [nome for nome in nomi if not maiuscolo(nome) and len(nome.split()) > 1]
    prosa = paragrafi(riga.testo for riga in lettore.blocchi.premessa)
    dati: dict[str, Any] = {"distretto": distretto_letto(lettore.blocchi, testi, prosa, lettore.enti, rilievi)}
    obblighi = _obblighi(lettore)
    classificazioni: dict[str, Counter[str]] = {}
    progettualita = [_in_dati(lettore, azione, classificazioni) for azione in azioni]
    dati["organizzazioni"] = [ente.in_dati() for ente in lettore.enti.letti]
    dati["programma"] = _programma(lettore, intero, azioni, aderenti_al)
    dati["classificazioni"] = {
        codice: titoli.most_common(1)[0][0] for codice, titoli in sorted(classificazioni.items())
    }
    dati["azioni_vamt"] = obblighi
    dati["progettualita"] = progettualita
    if trovate := estremi.innovazioni(prosa):
        dati[f"innovazioni_{trovate[0]}"] = trovate[1]
    rilievi += parole_tagliate(azioni, testi)
    in_ordine = sorted(rilievi, key=lambda rilievo: rilievo.posto or PostoNellAtto(0, 0))
    return AttoLetto(dati, tuple(azioni), tuple(in_ordine))


def _azioni(lettore: _Lettore) -> list[AzioneLetta]:
    blocchi = lettore.blocchi
    colonna = seconda_colonna(riga for blocco in blocchi.azioni for riga in blocco.righe)
    lette = []
    for blocco in blocchi.azioni:
        letta, rilievi = leggi_azione(blocco, colonna)
        lette.append(letta)
        lettore.rilievi += rilievi
    for doppia in blocchi.doppie:
        lettore.rilievi.append(
            Rilievo(doppia.posto, f"il numero {doppia.numero} c'è già: questa azione non è stata letta")
        )
    return lette


def _obblighi(lettore: _Lettore) -> list[dict[str, Any]]:
    """The duties in the format of the set-up file; their codes are ours, in the order of the act."""
    righe = lettore.blocchi.parti.get("obblighi", [])
    if not righe:
        lettore.rilievi.append(Rilievo(None, "non ci sono i compiti del manager (V.A.M.T.)"))
        return []
    obblighi, rilievi = leggi_obblighi(righe)
    lettore.rilievi += rilievi
    aree: dict[str, list[dict[str, Any]]] = {}
    numero = 0
    for obbligo in obblighi:
        criteri = []
        coppie_lette, altri = coppie_di(obbligo)
        lettore.rilievi += altri
        titolo = obbligo.titolo.testo.strip(" .;")
        for coppia in coppie_lette:
            numero += 1
            dati, incerta = criterio(f"M{numero}", coppia, titolo)
            criteri.append(dati)
            _segna(lettore, coppia.posto, f"M{numero}", incerta)
        titolo = re.sub(r"^numero\s+(?:degli|dei|delle|di)\s+", "", titolo, flags=re.IGNORECASE)
        titolo = titolo[:1].upper() + titolo[1:]
        aree.setdefault(_area_dell_obbligo(lettore, obbligo), []).append({"titolo": titolo[:200], "criteri": criteri})
    return [{"area": area, "azioni": azioni} for area, azioni in aree.items()]


def _area_dell_obbligo(lettore: _Lettore, obbligo: ObbligoLetto) -> str:
    area = lettore.maiuscole.frase(obbligo.area)
    return re.sub(r"^Ict\b", "ICT", area)[:120] or "Compiti del manager"


def _segna(lettore: _Lettore, posto: Any, codice: str, incerta: str) -> None:
    if incerta:
        lettore.rilievi.append(Rilievo(posto, f"{codice}: regola da controllare, {incerta}", letto=True))


def _in_dati(lettore: _Lettore, azione: AzioneLetta, classificazioni: dict[str, Counter[str]]) -> dict[str, Any]:
    """An action in the format of the set-up file; what the act does not have is not there."""
    frase = lettore.maiuscole.frase
    dati: dict[str, Any] = {"numero": azione.numero}
    if area := azione.area.testo:
        dati["area"] = frase(area)[:120]
    if titolo := azione.parole("titolo").strip(" ."):
        dati["titolo"] = frase(titolo)[:200]
    sintesi = {campo: azione.parole(campo)[:MASSIMO_TESTO] for campo in ("generale", "specifico", "azioni")}
    dati["sintesi"] = {campo: testo for campo, testo in sintesi.items() if testo}
    referenti, senza_nome = lettore.enti.dividi(azione.parole("referenti"))
    if referenti:
        dati["referenti"] = [ente.chiave for ente in referenti]
    if senza_nome:
        posto = azione.campi["referenti"].posto
        lettore.rilievi.append(
            Rilievo(posto, f"azione {azione.numero}: «{senza_nome}» non è il nome di un'organizzazione")
        )
    altre, testo = lettore.enti.dividi(azione.parole("altre"))
    altre = [ente for ente in altre if ente not in referenti]
    if altre:
        dati["altre"] = [ente.chiave for ente in altre]
    if testo:
        dati["altre_testo"] = testo[:250]
    if tempi := azione.parole("tempi").strip(" ."):
        dati["tempi"] = tempi[:120]
    dati["criteri"] = _criteri(lettore, azione)
    if codici := _classificazioni(lettore, azione, classificazioni):
        dati["classificazione"] = codici
    parole = {"area": azione.area.testo} | {campo: brano.testo for campo, brano in azione.campi.items()}
    dati["atto"] = {campo: testo[:MASSIMO_TESTO] for campo, testo in parole.items() if testo}
    return dati


def _criteri(lettore: _Lettore, azione: AzioneLetta) -> list[dict[str, Any]]:
    lette, rilievi = coppie(
        azione.numero, azione.campi.get("indicatori", Brano()), azione.campi.get("percentuali", Brano())
    )
    lettore.rilievi += rilievi
    criteri = []
    for indice, coppia in enumerate(lette, start=1):
        codice = f"P{azione.numero}.{indice}"
        dati, incerta = criterio(codice, coppia)
        criteri.append(dati)
        _segna(lettore, coppia.posto, codice, incerta)
    return criteri


def _classificazioni(lettore: _Lettore, azione: AzioneLetta, classificazioni: dict[str, Counter[str]]) -> list[str]:
    """The codes of the last row, in order; their titles are put with those of the other actions."""
    testo = azione.parole("classificazione")
    trovate = list(CODICE.finditer(testo))
    if testo and not trovate:
        posto = azione.campi["classificazione"].posto
        lettore.rilievi.append(Rilievo(posto, f"azione {azione.numero}: la classificazione non ha un codice (A0301)"))
    codici = []
    for trovata, prossima in zip(trovate, [*trovate[1:], None], strict=False):
        codice = trovata[1] + trovata[2]
        titolo = testo[trovata.end() : prossima.start() if prossima else len(testo)].strip(" .;,–-")
        if codice not in codici:
            codici.append(codice)
        classificazioni.setdefault(codice, Counter())[titolo[:250] or codice] += 1
    return codici


def _programma(lettore: _Lettore, intero: str, azioni: list[AzioneLetta], aderenti_al: date | None) -> dict[str, Any]:
    """Year, period and acts. Raises `FileNonValido` when the act does not say the year."""
    dei_tempi = [giorno for azione in azioni if (giorno := estremi.giorno(azione.parole("tempi")))]
    detta = estremi.scadenza(intero)
    fine = detta or max(dei_tempi, default=None)
    anni = estremi.anni(intero) or ((fine.year, fine.year) if fine else None)
    if anni is None:
        raise FileNonValido([Problema("", SENZA_ANNO)])
    primo, ultimo = anni
    if fine is None:
        fine = date(ultimo, 12, 31)
        lettore.rilievi.append(
            Rilievo(None, "l'atto non dice entro quando finisce: si è scritto il 31 dicembre", letto=True)
        )
    dati: dict[str, Any] = {"anno": primo, "dal": date(primo, 1, 1), "scadenza": max(fine, date(primo, 1, 1))}
    dati |= estremi.atti_del_programma(intero)
    for di_che, chiave in (
        ("dell'atto di approvazione", "atto"),
        ("della delibera dell'ente capofila", "delibera_capofila"),
    ):
        if chiave not in dati:
            lettore.rilievi.append(Rilievo(None, f"non si leggono numero e data {di_che}"))
    if al := aderenti_al or estremi.aderenti_al(intero):
        dati["aderenti_al"] = al
    detto = estremi.numero_di_azioni(intero)
    if detto is not None:
        dati["numero_azioni"] = detto
        if detto != len(azioni):
            lettore.rilievi.append(Rilievo(None, f"l'atto dice {detto} azioni, e se ne leggono {len(azioni)}"))
    return dati
