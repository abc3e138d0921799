"""Wagtail speaks Italian: our few words stand for words that it still has, and none of its own is left in English."""

import ast
import gettext
import re
from pathlib import Path

import django
import pytest
import wagtail

WAGTAIL, DJANGO = Path(wagtail.__file__).parent, Path(django.__file__).parent
NOSTRE = Path(__file__).parent.parent / "locale" / "it" / "LC_MESSAGES" / "django.po"
CARTELLE = (".", "admin", "documents", "images", "users", "embeds", "contrib/redirects")
MAI_VISTE = re.compile(r"API|token|revoke|last used|^never$|^created$|^copying", re.IGNORECASE)
"""Words of the tokens of an API that the portal does not serve."""


def parole(file):
    """The words to translate of a `.po` file, and what it says for each."""
    testo = re.sub(r'"\n"', "", file.read_text())
    return {
        ast.literal_eval(da): ast.literal_eval(a)
        for da, a in re.findall(r'^msgid (".*")\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? (".*")', testo, re.MULTILINE)
    }


def in_italiano(cartella):
    """The words for which this folder of Wagtail has an Italian one."""
    with (cartella / "locale" / "it" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        catalogo = gettext.GNUTranslations(file)._catalog
    return {(voce[0] if isinstance(voce, tuple) else voce).rpartition("\x04")[2] for voce in catalogo}


def test_our_words__stand_for_words_of_wagtail_or_django_and_are_compiled():
    di_wagtail = set().union(*(parole(file) for file in WAGTAIL.rglob("locale/en/LC_MESSAGES/django.po")))
    di_wagtail |= set(parole(DJANGO / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    nostre = parole(NOSTRE)
    assert set(nostre) <= di_wagtail
    with NOSTRE.with_suffix(".mo").open("rb") as file:
        compilate = gettext.GNUTranslations(file)
    assert {voce: compilate.gettext(voce) for voce in nostre if voce} == {v: t for v, t in nostre.items() if v}


@pytest.mark.parametrize("nome", CARTELLE)
def test_wagtail__leaves_nothing_in_english(nome):
    cartella = WAGTAIL / nome
    da_dire = set(parole(cartella / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    mancano = da_dire - in_italiano(cartella) - set(parole(NOSTRE))
    assert not {voce for voce in mancano if not MAI_VISTE.search(voce)}


def test_plurals__are_whole_words():
    incollate = re.compile(r"\w\{\{[^{}]*\|pluralize|\|pluralize[^{}]*\}\}\w")
    modelli = [
        percorso for tipo in ("html", "txt") for percorso in (NOSTRE.parents[3] / "templates").rglob(f"*.{tipo}")
    ]
    assert len(modelli) > 100
    assert [str(percorso) for percorso in modelli if incollate.search(percorso.read_text(encoding="utf-8"))] == []


def test_templates__say_one_attribute_or_condition_a_line_where_a_line_would_be_long():
    """In messages of plain text a line is what the reader gets, so those are as long as they are."""
    modelli = list((NOSTRE.parents[3] / "templates").rglob("*.html"))
    righe = [(percorso, riga) for percorso in modelli for riga in percorso.read_text(encoding="utf-8").splitlines()]
    assert len(modelli) > 150 and [(str(percorso), riga) for percorso, riga in righe if len(riga) > 120] == []
