"""One word per thing: the glossary says of each class or module name that stands in two places which thing it means."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import wagtail
from django.apps import apps
from django.db.models import BooleanField
from simplemma import is_known

from .deposito import RADICE

GLOSSARIO = RADICE / "docs/glossario.md"
ATTI = re.compile(r"\w+(View|ViewSet|Form)")
"""Screens and forms say what is done; of what, their module says."""
NOMI = re.compile(r"`(\w+)`")


@cache
def moduli():
    """Every module of the apps, packages too, as path and syntax tree; migrations and commands aside."""
    return list(_letti())


def _letti():
    for app in sorted(RADICE.glob("*/apps.py")):
        for percorso in sorted(app.parent.rglob("*.py")):
            if not {"migrations", "management"} & {*percorso.parts}:
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
        if percorso.stem != "__init__":
            dove[percorso.stem].append(percorso)
    return {nome for nome, luoghi in dove.items() if len(luoghi) > 1}


def gesti_ripetuti(alberi):
    """Names of the functions that change a state (`operazioni`) which two apps have."""
    dove = defaultdict(set)
    for percorso, albero in alberi:
        if "operazioni" in (percorso.stem, *percorso.parts):
            for nodo in albero.body:
                if isinstance(nodo, ast.FunctionDef) and not nodo.name.startswith("_"):
                    dove[nodo.name].add(percorso.relative_to(RADICE).parts[0])
    return {nome for nome, app in dove.items() if len(app) > 1}


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


def test_what_is_done__is_one_thing_by_each_name():
    assert gesti_ripetuti(moduli()) == detti("Gesti con lo stesso nome")


def test_what_is_of_a_person__is_said_once_by_each_name():
    """`sezioni_di(utente)` are one's own in every app; `da_fare_di` is of each kind of entries under care."""
    dove = defaultdict(set)
    for percorso, albero in moduli():
        for nodo in (n for n in ast.walk(albero) if isinstance(n, ast.FunctionDef) and n.name.endswith("_di")):
            if "utente" in {argomento.arg for argomento in nodo.args.args}:
                dove[nodo.name].add(percorso)
    assert len(dove) > 5 and {nome for nome, luoghi in dove.items() if len(luoghi) > 1} == {"da_fare_di"}


def test_get__is_the_word_of_the_framework_and_ours_is_leggi():
    """What begins with `get_` is a method that Django, Wagtail or a library asks for; what we read is `leggi_`."""
    librerie = Path(wagtail.__file__).parents[1]
    del_framework = {"get_absolute_url"} | {
        nome
        for libreria in ("django", "wagtail", "wagtail_modeladmin", "csp", "allauth")
        for file in (librerie / libreria).rglob("*.py")
        for nome in re.findall(r"^ +def (_?get_\w+)", file.read_text(encoding="utf-8"), re.M)
    }
    nostri = [
        f"{percorso.relative_to(RADICE)}: {nodo.name}"
        for percorso, albero in moduli()
        for nodo in ast.walk(albero)
        if isinstance(nodo, ast.FunctionDef) and re.match("_?get_", nodo.name)
        if nodo.name not in del_framework or nodo in albero.body
    ]
    assert nostri == []


def campi_di_due_generi(modelli):
    """Names of yes/no fields that another model gives to a field of another kind: what is asked, and what there is."""
    generi = defaultdict(set)
    for campo in (campo for modello in modelli for campo in modello._meta.get_fields() if campo.concrete):
        generi[campo.name].add(isinstance(campo, BooleanField))
    return {nome for nome, suoi in generi.items() if len(suoi) > 1}


def test_yes_or_no__is_one_thing_by_each_name():
    nostri = [modello for modello in apps.get_models() if (RADICE / modello.__module__.partition(".")[0]).is_dir()]
    assert len(nostri) > 100 and campi_di_due_generi(nostri) == set()


ANCHE = {
    *("acs", "allauth", "anothers", "ci", "coordinamento", "cron", "csv", "django", "gunicorn", "html", "https", "ics"),
    *("idempotent", "javascript", "json", "libreoffice", "loopback", "maildir", "makefile", "monoid", "nginx"),
    *("nobodys", "publiccode", "qr", "queryset", "readme", "redis", "sql", "sqlite", "stdout", "superuser", "systemd"),
    *("unindexed", "unpublication", "wal", "weasyprint", "xlsx", "yaml", "cura", "leggi", "operazioni"),
    *("selettori", "txt", "distretto", "installa"),
}
"""Words of the names of tests that no English dictionary has: programs, formats, two bodies, names of our modules."""


def test_names_of_tests__are_in_english():
    """What a test says of the house is English, as docstrings are; only what the house calls by name is not."""
    nomi = {
        nome
        for percorso in (RADICE / "tests").rglob("test_*.py")
        for nome in re.findall(r"def test_(\w+)", percorso.read_text(encoding="utf-8"))
    }
    parole = {(parola, nome) for nome in nomi for parola in nome.split("_") if parola.isalpha()}
    assert len(nomi) > 1500
    assert sorted(nome for parola, nome in parole if parola not in ANCHE and not is_known(parola, "en")) == []


def test_a_new_double__is_seen():
    uno, due = (RADICE / f"guide/{nome}.py" for nome in ("uno", "due"))
    albero, figlia = ast.parse("class Voce: pass"), ast.parse("class Voce(base.Voce): pass")
    assert classi_ripetute([(uno, albero), (due, albero)]) == {"Voce"}
    assert classi_ripetute([(uno, albero), (due, figlia)]) == set()
    assert moduli_ripetuti([(uno, albero), (RADICE / "notizie/uno.py", albero)]) == {"uno"}
    gesto = ast.parse("def ritira(): pass")
    altrove = [(RADICE / f"{app}/operazioni.py", gesto) for app in ("programma", "convenzioni")]
    assert gesti_ripetuti(altrove) == {"ritira"} and gesti_ripetuti(altrove[:1]) == set()


def test_words__are_said_once():
    parole = re.findall(r"^\| ([^`|][^|]*?) \|", GLOSSARIO.read_text(encoding="utf-8"), re.M)
    assert len(parole) > 50
    assert [
        parola for parola in {*parole} if parole.count(parola) > 1 and parola not in ("parola", "nome", "---")
    ] == []
