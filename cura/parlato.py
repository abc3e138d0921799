"""How families say things: what each word of a search may stand for. The words are data: `dati/parlato.yaml`. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import yaml

from base.parole import LUNGHEZZA_MASSIMA, e_vuota, parole, radice, senza_accenti

from . import dizionario

DATI = Path(__file__).parent / "dati" / "parlato.yaml"
NEGAZIONI_E_PRONOMI = frozenset(["non", "mi", "ti", "si", "piu", "ci"])
"""Words that say nothing by themselves, but change what a phrase says."""
_NON_CAMBIANO = """
    mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre loro
    bene molto tanto ancora davvero proprio cosi
"""
NON_CAMBIANO = frozenset(_NON_CAMBIANO.split())
"""Words that change nothing of what a phrase says: possessives and some adverbs."""
COME = {"no": "non", "nn": "non"}
"""How who is learning Italian, or is in a hurry, writes a word that counts in phrases."""
GRUPPI = ("inutili", "famiglia", "di_ogni_scheda", "generiche")
_SCRITTA = re.compile(r"\w+")
_CLASSE = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Segno:
    """A word as it is typed, as the index has it (`parola`), and where it is in the text."""

    scritta: str
    parola: str
    inizio: int
    fine: int

    @property
    def forme(self) -> frozenset[str]:
        """The stems of the word and of its dictionary form: `beve` is `bev` and `ber`."""
        return _forme(self.scritta, self.parola)

    @property
    def esiste(self) -> bool:
        """Whether it is a word of the Italian dictionary."""
        return dizionario.esiste(self.scritta)

    @property
    def vuota(self) -> bool:
        return e_vuota(self.parola)


@lru_cache(maxsize=20_000)
def _forme(scritta: str, parola: str) -> frozenset[str]:
    lemma = senza_accenti(dizionario.lemma(scritta))
    return frozenset({radice(parola), radice(lemma) if lemma.isalnum() else radice(parola)})


def segni(testo: str) -> list[Segno]:
    """Every word of `testo`, in order, those that say nothing included."""
    trovati = []
    for trovata in _SCRITTA.finditer(testo):
        parola = re.sub(r"[^a-z0-9]", "", senza_accenti(trovata.group()))[:LUNGHEZZA_MASSIMA]
        if parola:
            trovati.append(Segno(trovata.group(), COME.get(parola, parola), *trovata.span()))
    return trovati


def si_legge(segno: Segno) -> bool:
    """Whether the word counts where phrases are compared: those that change nothing do not."""
    return segno.parola in NEGAZIONI_E_PRONOMI or not (segno.vuota or segno.parola in NON_CAMBIANO)


def chiave(frase: str) -> tuple[str, ...]:
    """A phrase as it is compared: the stems of its words."""
    return tuple(radice(s.parola) for s in segni(frase) if si_legge(s))


@dataclass(frozen=True)
class Lessico:
    """What phrases stand for, by the stems of their words, and the words that weigh less or call for help."""

    concetti: Mapping[tuple[str, ...], tuple[str, ...]]
    inutili: frozenset[str]
    famiglia: frozenset[str]
    generiche: frozenset[str]
    di_ogni_scheda: frozenset[str]
    pericolo: frozenset[tuple[str, ...]]
    modi_di_dire: frozenset[tuple[str, ...]]
    """Phrases in which words of danger say nothing of the kind: "morire di caldo"."""
    prima_porta: str
    parole: frozenset[str]
    """The single words that stand for something: a wrong letter is forgiven towards them too."""

    @property
    def piu_lunga(self) -> int:
        return max(map(len, self.concetti), default=1)

    def con(self, sinonimi: Mapping[str, str]) -> "Lessico":
        """With the manager's own: for the stem of a word, the words to look for as well, separated by commas."""
        concetti = dict(self.concetti)
        for la_radice, anche in sinonimi.items():
            sue = tuple(parola for parola in anche.split(",") if parole(parola))
            concetti[(la_radice,)] = (*sue, *concetti.get((la_radice,), ()))
        return replace(self, concetti=concetti)

    def peso(self, segno: Segno) -> float:
        """How much a word says of what is looked for, from 0 to 1."""
        if segno.vuota or segno.parola in self.inutili:
            return 0
        if segno.parola in self.famiglia or segno.parola in self.di_ogni_scheda:
            return 0.3
        return 0.5 if segno.parola in self.generiche else 1

    def frase(self, tra: list[Segno], da: int) -> tuple[int, tuple[str, ...]]:
        """The longest phrase of `tra` that begins at `da` and stands for something: how many words, and what for."""
        for quanti in range(min(self.piu_lunga, len(tra) - da), 0, -1):
            for prova in _combinazioni(tra[da : da + quanti]):
                if prova in self.concetti:
                    return quanti, self.concetti[prova]
        return 0, ()

    def chiede_aiuto(self, testo: str) -> bool:
        """Whether the words are those of someone in danger."""
        lette = [s for s in segni(testo) if si_legge(s)]
        innocue = {n for tratto in _dove(lette, self.modi_di_dire) for n in tratto}
        return any(not innocue.issuperset(tratto) for tratto in _dove(lette, self.pericolo))


def _dove(lette: list[Segno], frasi: Collection[tuple[str, ...]]) -> list[range]:
    """Where each of `frasi` that is in `lette` begins and ends."""
    lunga = max(map(len, frasi), default=0)
    return [
        range(da, da + quante)
        for da in range(len(lette))
        for quante in range(1, min(lunga, len(lette) - da) + 1)
        if any(prova in frasi for prova in _combinazioni(lette[da : da + quante]))
    ]


def _combinazioni(tratto: list[Segno]) -> list[tuple[str, ...]]:
    """The stems of the words one beside the other, in every form of each."""
    righe: list[tuple[str, ...]] = [()]
    for segno in tratto:
        righe = [(*riga, forma) for riga in righe for forma in segno.forme]
    return righe


@lru_cache(maxsize=1)
def lessico() -> Lessico:
    """The words of `dati/parlato.yaml`."""
    dati = yaml.safe_load(DATI.read_text(encoding="utf-8"))
    concetti: dict[tuple[str, ...], tuple[str, ...]] = {}
    singole = set()
    for voce in dati["concetti"]:
        for frase in _distese(voce["dice"], dati["classi"]):
            la_chiave = chiave(frase)
            concetti[la_chiave] = tuple(dict.fromkeys((*concetti.get(la_chiave, ()), *voce["cerca"])))
            singole |= {senza_accenti(frase)} if len(la_chiave) == 1 else set()
    gruppi = {nome: frozenset(map(senza_accenti, dati[nome].split())) for nome in GRUPPI}
    pericolo, modi_di_dire = (
        frozenset(map(chiave, _distese(dati[nome], dati["classi"]))) for nome in ("pericolo", "modi_di_dire")
    )
    return Lessico(
        concetti,
        pericolo=pericolo,
        modi_di_dire=modi_di_dire,
        prima_porta=dati["prima_porta"],
        parole=frozenset(singole),
        **gruppi,
    )


def _distese(frasi: Iterable[object], classi: Mapping[str, str]) -> list[str]:
    """The phrases, those with a class one for each word of the class: `lasciare <bambino>`."""
    fatte = []
    for frase in map(str, frasi):
        trovata = _CLASSE.search(frase)
        altre = [frase.replace(trovata[0], parola, 1) for parola in classi[trovata[1]].split()] if trovata else []
        fatte += _distese(altre, classi) if trovata else [frase]
    return fatte
