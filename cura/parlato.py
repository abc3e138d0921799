"""How families say things: what each word of a search may stand for. The words are data: `dati/parlato.yaml`. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import simplemma
import yaml

from base.parole import LUNGHEZZA_MASSIMA, e_vuota, parole, radice, senza_accenti

DATI = Path(__file__).parent / "dati" / "parlato.yaml"
LINGUA = "it"
NEGAZIONI_E_PRONOMI = frozenset(["non", "mi", "ti", "si", "piu", "ci"])
"""Words that say nothing by themselves, but change what a phrase says."""
_SCRITTA = re.compile(r"\w+")


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
        return simplemma.is_known(self.scritta.casefold(), lang=LINGUA)

    @property
    def vuota(self) -> bool:
        return e_vuota(self.parola)


@lru_cache(maxsize=20_000)
def _forme(scritta: str, parola: str) -> frozenset[str]:
    lemma = senza_accenti(simplemma.lemmatize(scritta.casefold(), lang=LINGUA))
    return frozenset({radice(parola), radice(lemma) if lemma.isalnum() else radice(parola)})


def segni(testo: str) -> list[Segno]:
    """Every word of `testo`, in order, those that say nothing included."""
    trovati = []
    for trovata in _SCRITTA.finditer(testo):
        parola = re.sub(r"[^a-z0-9]", "", senza_accenti(trovata.group()))[:LUNGHEZZA_MASSIMA]
        if parola:
            trovati.append(Segno(trovata.group(), parola, *trovata.span()))
    return trovati


def si_legge(segno: Segno) -> bool:
    """Whether the word counts where phrases are compared: articles and prepositions do not."""
    return not segno.vuota or segno.parola in NEGAZIONI_E_PRONOMI


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
    pericolo: frozenset[tuple[str, ...]]
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
        return Lessico(
            concetti, self.inutili, self.famiglia, self.generiche, self.pericolo, self.prima_porta, self.parole
        )

    def peso(self, segno: Segno) -> float:
        """How much a word says of what is looked for, from 0 to 1."""
        if segno.vuota or segno.parola in self.inutili:
            return 0
        return 0.3 if segno.parola in self.famiglia else 0.5 if segno.parola in self.generiche else 1

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
        lunga = max(map(len, self.pericolo), default=0)
        return any(
            prova in self.pericolo
            for da in range(len(lette))
            for quanti in range(1, min(lunga, len(lette) - da) + 1)
            for prova in _combinazioni(lette[da : da + quanti])
        )


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
        for frase in map(str, voce["dice"]):
            la_chiave = chiave(frase)
            concetti[la_chiave] = tuple(dict.fromkeys((*concetti.get(la_chiave, ()), *voce["cerca"])))
            singole |= {senza_accenti(frase)} if len(la_chiave) == 1 else set()
    gruppi = {nome: frozenset(map(senza_accenti, dati[nome].split())) for nome in ("inutili", "famiglia", "generiche")}
    pericolo = frozenset(chiave(str(frase)) for frase in dati["pericolo"])
    return Lessico(concetti, **gruppi, pericolo=pericolo, prima_porta=dati["prima_porta"], parole=frozenset(singole))
