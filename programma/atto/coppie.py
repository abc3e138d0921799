"""Indicators and percentages of a cell, divided and paired: each pair is a criterion. Pure.

A cell has more indicators one after another: they are as many as the percentages beside them.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .brani import Brano
from .etichette import lettere
from .righe_dell_atto import PostoNellAtto
from .schede import Rilievo

PERCENTUALE = re.compile(r"(?<![\d.,])(\d{1,3}(?:\s?[.,]\s?\d+)?)\s*(1/3|2/3|⅓|⅔)?\s*%")
TERZI = {"1/3": Decimal("0.33"), "⅓": Decimal("0.33"), "2/3": Decimal("0.67"), "⅔": Decimal("0.67")}
PRIMA = re.compile(r"(?:\s|^)(?:[-–•·]|e|almeno|il|al|l['’]|fino|pari|più|di)+\s*$", re.IGNORECASE)
"""Little words before a percentage that go with it, not with the words before."""
NOMI_D_AZIONE = re.compile(r"\w{3,}(?:zione|zioni|sione|sioni|mento|menti|tura|ture|aggio|aggi|ività)$", re.IGNORECASE)
_ALTRI_NOMI = """
    analisi avvio apertura aziende ricerca ricerche raccolta studio numero relazione report grado livello
    diffusione invio stipula stesura redazione messa indagine verifica laboratori laboratorio questionario
    questionari sondaggio mostra corso corsi tavolo visita visite giornata giornate evento eventi incontro
    incontri enti post mail quantità percentuale presenza elenco consegna scheda documento progetto progetti
    sviluppo aumento iscritti partecipanti persone famiglie iscrizione adesione adesioni accordo accordi
    protocollo convegno convegni seminario seminari festa feste campagna spettacolo bando avvisi opuscolo guida
    mappa video articoli articolo comunicati comunicato newsletter dipendenti organizzazioni soddisfazione tasso
    ore riunioni riunione allestimento
"""
ALTRI_NOMI = frozenset(_ALTRI_NOMI.split())
_LEGANO = """
    a ad al allo alla ai agli alle con col da dal dallo dalla dai dagli dalle di del dello della dei degli delle
    e ed in nel nello nella nei negli nelle su sul sullo sulla sui sugli sulle per tra fra il lo la i gli le un
    uno una o od che n nr ogni almeno come quale n°
"""
LEGANO = frozenset(_LEGANO.split())
"""After one of these a capital letter begins no indicator."""
BASTA = 3
"""The weight from which a word begins an indicator."""


@dataclass(frozen=True)
class PercentualeLetta:
    """A percentage, the words that go with it, and where it stands."""

    valore: Decimal
    testo: str
    posto: PostoNellAtto | None

    @property
    def dopo(self) -> str:
        """What it is for: the words after the sign."""
        return PERCENTUALE.split(self.testo, maxsplit=1)[-1].strip(" .;:,–-")


@dataclass(frozen=True)
class CoppiaLetta:
    """One indicator and its percentage; either may be missing."""

    indicatore: str
    percentuale: PercentualeLetta | None
    posto: PostoNellAtto | None


def percentuali(brano: Brano) -> tuple[list[PercentualeLetta], list[Rilievo]]:
    """The percentages of a cell, each with its words, and those that are no percentage from 0 to 100."""
    testo = brano.testo
    trovate = list(PERCENTUALE.finditer(testo))
    inizi = []
    for trovata in trovate:
        prima = PRIMA.search(testo, 0, trovata.start())
        inizi.append(prima.start() if prima else trovata.start())
    if inizi:
        inizi[0] = 0
    lette, rilievi = [], []
    for indice, trovata in enumerate(trovate):
        fine = inizi[indice + 1] if indice + 1 < len(inizi) else len(testo)
        posto = brano.posto_di(trovata.start())
        valore = _valore(trovata)
        if valore is None:
            rilievi.append(Rilievo(posto, f"percentuale non valida «{trovata[0]}»"))
            continue
        lette.append(PercentualeLetta(valore, testo[inizi[indice] : fine].strip(), posto))
    return lette, rilievi


def _valore(trovata: re.Match[str]) -> Decimal | None:
    try:
        valore = Decimal(re.sub(r"\s", "", trovata[1]).replace(",", ".")) + TERZI.get(trovata[2] or "", Decimal(0))
    except InvalidOperation:
        return None
    valore = round(valore, 2)
    return valore if 0 < valore <= 100 else None


def coppie(numero: int, indicatori: Brano, valutazioni: Brano) -> tuple[list[CoppiaLetta], list[Rilievo]]:
    """The criteria of action `numero`, and what could not be divided or paired."""
    lette, rilievi = percentuali(valutazioni)
    rilievi = [Rilievo(r.posto, f"azione {numero}: {r.testo}") for r in rilievi]
    if valutazioni and not lette:
        rilievi.append(Rilievo(valutazioni.posto, f"azione {numero}: nella riga delle percentuali non ce n'è nessuna"))
    if not lette:
        return [CoppiaLetta(testo, None, posto) for testo, posto in dividi(indicatori, None) or []], rilievi
    divisi = dividi(indicatori, len(lette))
    if divisi is not None:
        return [CoppiaLetta(t, p, posto) for (t, posto), p in zip(divisi, lette, strict=True)], rilievi
    if indicatori:
        perche = f"azione {numero}: gli indicatori non si dividono in {len(lette)}, quante sono le percentuali"
        rilievi.append(Rilievo(indicatori.posto, f"{perche}; di ciascuna si tengono le sue parole"))
    return [CoppiaLetta("", letta, letta.posto) for letta in lette], rilievi


def dividi(brano: Brano, quanti: int | None) -> list[tuple[str, PostoNellAtto | None]] | None:
    """The indicators of a cell, each with its place: `quanti` of them, or as many as it shows when it is None.

    None when it cannot be said where they divide.
    """
    testo = brano.testo
    if not testo:
        return None if quanti else []
    if quanti == 1:
        return [(_nudo(testo), brano.posto)]
    pesi = dict(_inizi(testo, set(brano.a_capo())))
    forti = sorted(inizio for inizio, peso in pesi.items() if peso >= BASTA)
    if quanti is not None and len(forti) != quanti - 1:
        ordinati = sorted(pesi, key=lambda inizio: (-pesi[inizio], inizio))
        scelti = ordinati[: quanti - 1]
        restano = ordinati[quanti - 1 :]
        if len(scelti) < quanti - 1 or (restano and pesi[restano[0]] == pesi[scelti[-1]]):
            return None
        if pesi[scelti[-1]] < BASTA - 1:
            return None
        forti = sorted(scelti)
    tagli = [0, *forti, len(testo)]
    return [(_nudo(testo[da:a]), brano.posto_di(da)) for da, a in itertools.pairwise(tagli) if _nudo(testo[da:a])]


def _nudo(testo: str) -> str:
    """Without the sign of a list at its head, and the stop at its end."""
    return re.sub(r"^(?:[-–—•·*▪➢→]|\d{1,2}[.)]|[a-z][)])\s*", "", testo.strip()).rstrip(" ;,").strip()


def _inizi(testo: str, a_capo: set[int]) -> Iterator[tuple[int, int]]:
    """Where another indicator may begin, and how likely it is."""
    aperte = 0
    parole = list(re.finditer(r"\S+", testo))
    for prima, questa, dopo in zip(parole, parole[1:], [*parole[2:], None], strict=False):
        aperte += prima[0].count("(") - prima[0].count(")")
        parola = questa[0]
        nuda = re.sub(r"^[(\"“«'’]+|[)\"”»,.;:]+$", "", parola)
        if aperte > 0 or not nuda:
            continue
        if re.fullmatch(r"[-–—•·*▪➢→]|\d{1,2}[.)]|[a-e]\)", parola) and dopo is not None:
            yield questa.start(), 6
            continue
        if re.fullmatch(r"[-–—•·*▪➢→]|\d{1,2}[.)]|[a-e]\)", prima[0]) or not nuda[0].isupper():
            continue
        if (lettere(prima[0]) in LEGANO and prima[0][-1:] not in ".;") or prima[0].rstrip(".").casefold() in LEGANO:
            continue
        peso = _peso(prima[0], nuda, questa.start() in a_capo)
        yield questa.start(), peso


def _peso(prima: str, parola: str, a_capo: bool) -> int:
    peso = 0
    if prima[-1] in ".;":
        peso += 4
    radice = re.split(r"['’/]", parola)[0]
    if NOMI_D_AZIONE.fullmatch(radice):
        peso += 3
    elif radice.casefold() in ALTRI_NOMI or parola.startswith(("N.", "N°")):
        peso += 2 if prima.isdigit() else 3
    if a_capo:
        peso += 2
    if prima[0].isupper() and prima[-1] not in ".;)" and len(prima) > 1:
        peso -= 1
    return peso
