"""How families say things: what each word of a search may stand for. The words are data: `dati/parlato.yaml`. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from base.parole import LUNGHEZZA_MASSIMA, e_vuota, parole, radice, senza_accenti

from . import dizionario

DATI = Path(__file__).parent / "dati" / "parlato.yaml"
NEGAZIONI_E_PRONOMI = frozenset(["non", "mi", "ti", "si", "piu", "ci"])
"""Words that say nothing by themselves, but change what a phrase says."""
_NON_CAMBIANO = """
    mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre loro
    bene molto tanto ancora davvero cosi mai quasi spesso
"""
NON_CAMBIANO = frozenset(_NON_CAMBIANO.split())
"""Words that change nothing of what a phrase says: possessives and some adverbs."""
COME = {"no": "non", "nn": "non", "pu": "piu"}
"""How who is learning Italian, speaks a dialect or is in a hurry writes a word that counts in phrases."""
RAFFORZA, RIEMPITIVI = "piu", 2
"""What a phrase may have or not: "non vuole (più) andare a scuola", and how many such words it may have within."""
TRA_LE_PAROLE, FRASE_LUNGA = frozenset(["mi", "ti", "si", "ci", "sempre", "troppo", "tutto", "tutti"]), 4
"""What a phrase of so many words may have within as well: "il latte non (mi) basta"."""
BREVE = 4
"""A stem of so many letters is of words that have nothing to do with each other: `parto`, `partita`."""
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
    def nomi(self) -> frozenset[str]:
        """The word and its dictionary form, without accents."""
        return frozenset({self.parola, senza_accenti(dizionario.lemma(self.scritta))})

    @property
    def esiste(self) -> bool:
        """Whether it is a word of the Italian dictionary."""
        return dizionario.esiste(self.scritta)

    @property
    def verbo(self) -> bool:
        """Whether it is a form of a verb: what is done says less than what is asked for."""
        lemma = senza_accenti(dizionario.lemma(self.scritta))
        return self.esiste and lemma.endswith(("are", "ere", "ire")) and len(lemma) > BREVE

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
        parola = re.sub(r"[\W_]", "", senza_accenti(trovata.group()))[:LUNGHEZZA_MASSIMA]
        if parola:
            trovati.append(Segno(trovata.group(), COME.get(parola, parola), *trovata.span()))
    return trovati


def si_legge(segno: Segno) -> bool:
    """Whether the word counts where phrases are compared: those that change nothing do not."""
    return segno.parola in NEGAZIONI_E_PRONOMI or not (segno.vuota or segno.parola in NON_CAMBIANO)


def chiave(frase: str) -> tuple[str, ...]:
    """A phrase as it is compared: the stems of its words."""
    return tuple(radice(s.parola) for s in segni(frase) if si_legge(s))


def chiavi(frase: str) -> list[tuple[str, ...]]:
    """A phrase in each form in which it is compared: "fa parte" is "fanno parte" too."""
    lette = [s for s in segni(frase) if si_legge(s)]
    if len(lette) < 2 or any(dizionario.col_pronome(s.scritta) for s in lette):  # who hurts himself is not who hurts
        return [chiave(frase)]
    return list(dict.fromkeys((chiave(frase), *_combinazioni(lette))))


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
    sfoghi: frozenset[tuple[str, ...]]
    """Phrases that say how someone feels: beside what they ask for, they say little."""
    brevi: Mapping[str, frozenset[str]]
    """By a stem that is short, the words of the vocabulary that have it, in each of their forms."""
    altrove: Mapping[str, str] = field(default_factory=dict)
    """By a word of another language that is not Italian, what stands for it."""

    @property
    def piu_lunga(self) -> int:
        return max(map(len, self.concetti), default=1)

    def con(self, sinonimi: Mapping[str, str], altrove: Collection[tuple[str, str]] = ()) -> "Lessico":
        """With the manager's own: for the stem of a word, the words to look for as well, separated by commas.

        `altrove`: how a need is called in other languages, by its key; a word that means something in Italian keeps it.
        """
        concetti, brevi = dict(self.concetti), dict(self.brevi)
        di_altrove: dict[str, str] = {}
        for stemmi, nomi, cercato in _nomi_altrove(tuple(altrove)):
            if stemmi not in concetti:
                concetti[stemmi] = (cercato,)
                if len(stemmi) == 1:
                    di_altrove |= dict.fromkeys(nomi, cercato)
                    brevi[stemmi[0]] = brevi.get(stemmi[0], frozenset()) | nomi
        for la_radice, anche in sinonimi.items():
            sue = tuple(parola for parola in anche.split(",") if parole(parola))
            concetti[(la_radice,)] = (*sue, *concetti.get((la_radice,), ()))
        brevi = {la_radice: nomi for la_radice, nomi in brevi.items() if la_radice not in sinonimi}
        return replace(self, concetti=concetti, brevi=brevi, altrove=di_altrove)

    def peso(self, segno: Segno) -> float:
        """How much a word says of what is looked for, from 0 to 1."""
        nomi = segno.nomi
        if segno.vuota or nomi & self.inutili:
            return 0
        if nomi & self.famiglia or nomi & self.di_ogni_scheda:
            return 0.3
        generica = bool(nomi & self.generiche) or (not segno.esiste and bool(segno.forme & self.radici_generiche))
        return 0.5 if generica else 1

    @cached_property
    def radici_generiche(self) -> frozenset[str]:
        return frozenset(map(radice, self.generiche))

    def frase(self, tra: list[Segno], da: int) -> tuple[int, tuple[str, ...]]:
        """The longest phrase of `tra` that begins at `da` and stands for something: how many words, and what for."""
        for quanti in range(min(self.piu_lunga + RIEMPITIVI, len(tra) - da), 0, -1):
            tratto = tra[da : da + quanti]
            for prova in (*_combinazioni(tratto), *_combinazioni(self._senza_riempitivi(tratto))):
                if prova in self.concetti and self._dice(tratto, prova):
                    return quanti, self.concetti[prova]
        return 0, ()

    def _senza_riempitivi(self, tratto: list[Segno]) -> list[Segno]:
        """Without the words that say little between the first and the last: "quanto danno per il (primo) figlio"."""
        poco = {RAFFORZA, *(TRA_LE_PAROLE if len(tratto) >= FRASE_LUNGA else ())}
        dentro = [s for s in tratto[1:-1] if s.parola not in poco and s.parola not in self.di_ogni_scheda]
        return [*tratto[:1], *dentro, *tratto[-1:]] if 0 < len(tratto) - 2 - len(dentro) <= RIEMPITIVI else tratto

    def e_sfogo(self, tratto: list[Segno]) -> bool:
        return any(prova in self.sfoghi for prova in _combinazioni(tratto))

    def e_pericolo(self, tratto: list[Segno]) -> bool:
        return bool(self._dove(tratto, self.pericolo)) and not self._dove(tratto, self.modi_di_dire)

    def _dice(self, tratto: list[Segno], prova: tuple[str, ...]) -> bool:
        """Whether the words of `tratto` are those of a phrase, and not others that have the same short stem."""
        nomi = self.brevi.get(prova[0]) if len(prova) == 1 else None
        return nomi is None or not tratto[0].esiste or bool(nomi & tratto[0].nomi)

    def chiede_aiuto(self, testo: str) -> bool:
        """Whether the words are those of someone in danger."""
        lette = [s for s in segni(testo) if si_legge(s)]
        innocue = {n for tratto in self._dove(lette, self.modi_di_dire) for n in tratto}
        return any(not innocue.issuperset(tratto) for tratto in self._dove(lette, self.pericolo))

    def _dove(self, lette: list[Segno], frasi: Collection[tuple[str, ...]]) -> list[range]:
        """Where each of `frasi` that is in `lette` begins and ends."""
        lunga = max(map(len, frasi), default=0)
        return [
            range(da, da + quante)
            for da in range(len(lette))
            for quante in range(1, min(lunga, len(lette) - da) + 1)
            for tratto in [lette[da : da + quante]]
            if any(prova in frasi and self._dice(tratto, prova) for prova in _combinazioni(tratto))
        ]


def _combinazioni(tratto: list[Segno]) -> list[tuple[str, ...]]:
    """The stems of the words one beside the other, in every form of each."""
    righe: list[tuple[str, ...]] = [()]
    for segno in tratto:
        righe = [(*riga, forma) for riga in righe for forma in segno.forme]
    return righe


@lru_cache(maxsize=4)
def _nomi_altrove(nomi: tuple[tuple[str, str], ...]) -> list[tuple[tuple[str, ...], frozenset[str], str]]:
    """For each name of a need (its key and the name): the stems, the words, and what stands for them."""
    lette = [(chiave(nome), segni(nome), f"@{bisogno}") for bisogno, nome in nomi]
    return [
        (stemmi, frozenset(s.parola for s in parole_sue), cercato)
        for stemmi, parole_sue, cercato in lette
        if stemmi and not (len(stemmi) == 1 and any(s.esiste for s in parole_sue))
    ]


@lru_cache(maxsize=1)
def lessico() -> Lessico:
    """The words of `dati/parlato.yaml`."""
    dati = yaml.safe_load(DATI.read_text(encoding="utf-8"))
    concetti: dict[tuple[str, ...], tuple[str, ...]] = {}
    singole = set()
    brevi: dict[str, set[str]] = {}
    for frase in (*dati["pericolo"], *(frase for voce in dati["concetti"] for frase in voce["dice"])):
        _nota_breve(brevi, str(frase))
    for voce in dati["concetti"]:
        for frase in _distese(voce["dice"], dati["classi"]):
            for la_chiave in chiavi(frase):
                concetti[la_chiave] = tuple(dict.fromkeys((*concetti.get(la_chiave, ()), *voce["cerca"])))
                singole |= {senza_accenti(frase)} if len(la_chiave) == 1 else set()
    gruppi = {nome: frozenset(map(senza_accenti, dati[nome].split())) for nome in GRUPPI}
    pericolo, modi_di_dire, sfoghi = (
        frozenset(map(chiave, _distese(dati[nome], dati["classi"]))) for nome in ("pericolo", "modi_di_dire", "sfoghi")
    )
    return Lessico(
        concetti,
        pericolo=pericolo,
        modi_di_dire=modi_di_dire,
        prima_porta=dati["prima_porta"],
        parole=frozenset(singole),
        sfoghi=sfoghi,
        brevi={la_radice: frozenset(nomi) for la_radice, nomi in brevi.items()},
        inutili=gruppi["inutili"],
        famiglia=gruppi["famiglia"],
        generiche=gruppi["generiche"],
        di_ogni_scheda=gruppi["di_ogni_scheda"],
    )


def _nota_breve(brevi: dict[str, set[str]], frase: str) -> None:
    """Keep the forms of a phrase that is one word with a short stem."""
    suoi = [segno for segno in segni(frase) if si_legge(segno)]
    if len(suoi) == 1 and len(radice(suoi[0].parola)) <= BREVE:
        brevi.setdefault(radice(suoi[0].parola), set()).update(suoi[0].nomi)


def _distese(frasi: Iterable[object], classi: Mapping[str, str]) -> list[str]:
    """The phrases, those with a class one for each word of the class: `lasciare <bambino>`."""
    fatte = []
    for frase in map(str, frasi):
        trovata = _CLASSE.search(frase)
        altre = [frase.replace(trovata[0], parola, 1) for parola in classi[trovata[1]].split()] if trovata else []
        fatte += _distese(altre, classi) if trovata else [frase]
    return fatte
