"""The faults: cosmic-ray's, of these modules, and those put in by hand; those that change nothing are kept by name."""

import difflib
import random
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import cosmic_ray.plugins
import yaml
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from ..deposito import RADICE

MODULI = (
    *("*/operazioni*", "*/*/operazioni*", "*/permissions.py", "*/*/permissions.py", "*/flusso*.py"),
    *("base/collegamenti.py", "base/tempo.py", "convenzioni/card/stati.py", "convenzioni/validita.py"),
    *("cura/solleciti.py", "guide/esportazioni.py", "guide/estate/settimane.py", "guide/freschezza.py"),
    *("notizie/quando.py", "programma/alimentazione.py", "programma/fasi.py", "programma/importazione_evidenze.py"),
    *("programma/punteggi", "programma/requisiti.py", "programma/selettori/coda.py", "programma/selettori/doppioni.py"),
    *("programma/selettori/punteggio.py", "programma/selettori/situazione.py", "programma/views/coda.py"),
    *(
        "programma/selettori/in_attesa.py",
        "programma/views/decisione.py",
        "programma/views/evidenze.py",
        "programma/views/nuova.py",
        "programma/indizi.py",
        "programma/views/programmi.py",
    ),
)
"""What changes a state, who may, rules, dates, what feeds the score, and the views that decide."""
FUORI = re.compile(
    r"BinaryOperator_(BitOr_|BitAnd_(?!BitOr|BitXor)|(Add|Sub|Mul|Div|FloorDiv|Mod)_(Pow|LShift|RShift|Bit))"
    r"|_(Eq_Is|NotEq_IsNot|Is_Eq|IsNot_NotEq)$"
)
"""Operators left out: `|` stands in types here; a shift or a power in the place of a sum is an error of types that any
test notices, and would only flatter the figure; identity for equality is the same thing for what we compare."""
QUI = Path(__file__).parent


def file_di(moduli):
    percorsi = {percorso for nome in moduli for percorso in RADICE.glob(nome)}
    tutti = {file for p in percorsi for file in (p.rglob("*.py") if p.is_dir() else [p]) if file.suffix == ".py"}
    return sorted(str(p.relative_to(RADICE)) for p in tutti if p.read_text().strip())


@dataclass(frozen=True)
class Difetto:
    """One fault: the `occorrenza`-th place of `file` where `operatore` has something to change, in `funzione`, whose
    lines (decorators too) are `estremi`."""

    file: str
    operatore: str
    occorrenza: int
    funzione: str
    estremi: tuple[int, int]

    @cached_property
    def codice(self):
        operatore = cosmic_ray.plugins.get_operator(self.operatore)()
        return mutate_code((RADICE / self.file).read_text(), operatore, self.occorrenza)

    @cached_property
    def _cambia(self):
        """(lines that change, as they are numbered; what they say; what they say with the fault)."""
        prima, dopo = (RADICE / self.file).read_text().split("\n"), self.codice.split("\n")
        passi = [p for p in difflib.SequenceMatcher(None, prima, dopo, False).get_opcodes() if p[0] != "equal"]
        da, a = passi[0][1], passi[-1][2]
        return range(da + 1, max(a, da + 1) + 1), prima[da:a], dopo[passi[0][3] : passi[-1][4]]

    @property
    def righe(self):
        return self._cambia[0]

    @property
    def nome(self):
        """What `equivalenti.yaml` knows it by, whatever its line."""
        testo = " -> ".join(" ".join("\n".join(righe).split()) for righe in self._cambia[1:])
        return {"file": self.file, "funzione": self.funzione, "operatore": self.operatore, "testo": testo}

    def __str__(self):
        nome = self.nome
        return f"{self.file}:{self.righe[0]} {self.funzione} [{self.operatore}]\n    {nome['testo']}"


@dataclass(frozen=True)
class DifettoAMano(Difetto):
    """One of `a_mano.yaml`: a text of `file` in the place of another."""

    da: str
    a: str
    prove: tuple[str, ...]
    postgresql: bool

    @cached_property
    def codice(self):
        testo = (RADICE / self.file).read_text()
        assert testo.count(self.da) == 1, f"{self.file}: {self.da!r} c'è {testo.count(self.da)} volte"
        return testo.replace(self.da, self.a)


def a_mano():
    for detto in yaml.safe_load((QUI / "a_mano.yaml").read_text()):
        altro = (detto["da"], detto["a"], tuple(detto.get("prove", "").split()), detto.get("postgresql", False))
        yield DifettoAMano(detto["file"], "a mano", 0, detto["difetto"], (1, 0), *altro)


def _definizione(nodo):
    """The dotted name of the innermost function or class that `nodo` is in, and its first and last line."""
    nomi, intera = [], None
    while nodo := nodo.parent:
        if nodo.type == "decorated":
            nomi = nomi or [nodo.children[-1].name.value]
            intera = nodo if intera in (None, *nodo.children) else intera
        elif nodo.type in {"funcdef", "classdef"}:
            nomi.insert(0, nodo.name.value)
            intera = intera or nodo
    return ".".join(nomi), (intera.start_pos[0], intera.end_pos[0]) if intera else (1, 0)


def di(file, operatori=()):
    """Every fault of `file`, or those of some operators."""
    nodi = list(ast_nodes(get_ast((RADICE / file).read_text())))
    for nome in operatori or cosmic_ray.plugins.operator_names():
        classe = cosmic_ray.plugins.get_operator(nome)
        if not classe.arguments() and not FUORI.search(nome):
            posti = (nodo for nodo in nodi for _ in classe().mutation_positions(nodo))
            for numero, nodo in enumerate(posti):
                yield Difetto(file, nome, numero, *_definizione(nodo))


def equivalenti():
    """Those of `equivalenti.yaml`, and what is written there but is no fault any more."""
    trovati, morti = set(), []
    for scritto in yaml.safe_load((QUI / "equivalenti.yaml").read_text()) or []:
        perche = scritto.pop("perche")
        uguali = {d for d in di(scritto["file"], [scritto["operatore"]]) if d.nome == scritto} if perche else set()
        trovati |= uguali
        morti += [] if uguali else [scritto]
    return trovati, morti


def _si_compila(difetto):
    """Whether it can be made, and is Python: the `**` of arguments passes for a power, `a.B` for a name."""
    try:
        compile(difetto.codice, difetto.file, "exec")
    except (SyntaxError, AttributeError):
        return False
    return True


def a_sorte(moduli, seme, quanti, tranne):
    """So many faults, in an order that depends on `seme` alone; and how many there are."""
    tutti = [difetto for file in file_di(moduli) for difetto in di(file)]
    random.Random(seme).shuffle(tutti)
    buoni = (difetto for difetto in tutti if difetto not in tranne and _si_compila(difetto))
    return list(islice(buoni, quanti)), len(tutti)
