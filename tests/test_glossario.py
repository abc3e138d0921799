"""One word per thing: the glossary says of each class or module name that stands in two places which thing it means."""

import ast
import re
from collections import defaultdict

from .deposito import RADICE

GLOSSARIO = RADICE / "docs/glossario.md"
ATTI = re.compile(r"\w+(View|ViewSet|Form)")
"""Screens and forms say what is done; of what, their module says."""
NOMI = re.compile(r"`(\w+)`")


def moduli():
    """Every module of the apps, as path and syntax tree; migrations and commands aside."""
    for app in sorted(RADICE.glob("*/apps.py")):
        for percorso in sorted(app.parent.rglob("*.py")):
            if not {"migrations", "management"} & {*percorso.parts} and percorso.stem != "__init__":
                yield percorso, ast.parse(percorso.read_text(encoding="utf-8"))


def classi_ripetute(alberi):
    """Public classes with one name in many places; views and forms aside, and subclasses of their namesake."""
    dove = defaultdict(list)
    for percorso, albero in alberi:
        for nodo in albero.body:
            if isinstance(nodo, ast.ClassDef) and not nodo.name.startswith("_") and not ATTI.fullmatch(nodo.name):
                basi = {ast.unparse(base).rpartition(".")[2] for base in nodo.bases}
                if nodo.name not in basi:
                    dove[nodo.name].append(percorso)
    return {nome for nome, luoghi in dove.items() if len(luoghi) > 1}


def moduli_ripetuti(alberi):
    """Names of modules that stand in many apps, or many folders of one."""
    dove = defaultdict(list)
    for percorso, _ in alberi:
        dove[percorso.stem].append(percorso)
    return {nome for nome, luoghi in dove.items() if len(luoghi) > 1}


def detti(titolo):
    """The names in the first column of the glossary's table under `titolo`."""
    parte = GLOSSARIO.read_text(encoding="utf-8").partition(f"## {titolo}\n")[2].partition("\n## ")[0]
    prime = [riga.split("|")[1] for riga in parte.splitlines() if riga.startswith("| `")]
    nomi = [nome for prima in prime for nome in NOMI.findall(prima)]
    assert nomi and len(nomi) == len({*nomi})
    return {*nomi}


def test_class_names__mean_one_thing():
    assert classi_ripetute(moduli()) == detti("Classi con lo stesso nome")


def test_module_names__mean_one_thing():
    assert moduli_ripetuti(moduli()) == detti("Moduli con lo stesso nome")


def test_a_new_double__is_seen():
    uno, due = (RADICE / f"guide/{nome}.py" for nome in ("uno", "due"))
    albero, figlia = ast.parse("class Voce: pass"), ast.parse("class Voce(base.Voce): pass")
    assert classi_ripetute([(uno, albero), (due, albero)]) == {"Voce"}
    assert classi_ripetute([(uno, albero), (due, figlia)]) == set()
    assert moduli_ripetuti([(uno, albero), (RADICE / "notizie/uno.py", albero)]) == {"uno"}


def test_words__are_said_once():
    parole = re.findall(r"^\| ([^`|][^|]*?) \|", GLOSSARIO.read_text(encoding="utf-8"), re.M)
    assert len(parole) > 50
    assert [
        parola for parola in {*parole} if parole.count(parola) > 1 and parola not in ("parola", "nome", "---")
    ] == []
