"""A fault in the place of the code that is in memory: the functions that exist already get the code of the faulty ones.

What runs once, when the module is imported (a decorator, a default, a class' field), cannot be put in so:
`a_freddo` imports the faulty text in a new process.
"""

import gc
import inspect
import json
import sys
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from django.template.autoreload import reset_loaders
from django.template.loaders.filesystem import Loader

from ..deposito import RADICE


def _dentro(codice):
    return [costante for costante in codice.co_consts if isinstance(costante, CodeType)]


def _cambiate(prima, dopo):
    """(code, faulty code) of each function that differs; None if something that runs at import does."""
    if prima.co_flags & inspect.CO_OPTIMIZED:
        return [] if prima == dopo else [(prima, dopo)]
    fuori = [(c.co_code, c.co_names, [k for k in c.co_consts if not isinstance(k, CodeType)]) for c in (prima, dopo)]
    if fuori[0] != fuori[1]:
        return None
    coppie = [_cambiate(*coppia) for coppia in zip(_dentro(prima), _dentro(dopo), strict=True)]
    return None if None in coppie else [coppia for parte in coppie for coppia in parte]


@cache
def vive():
    """The functions of this process by where they are written: looked for once, before it divides."""
    tutte = {}
    for oggetto in gc.get_objects():
        if type(oggetto) is FunctionType:  # isinstance would wake what is lazy
            tutte.setdefault(_dove(oggetto.__code__), []).append(oggetto)
    gc.freeze()
    return tutte


def _dove(codice):
    return codice.co_filename, codice.co_qualname, codice.co_firstlineno


def prepara(file, codice):
    """What puts the faulty text of `file` in the place of the good one, or None where only a new process will do."""
    percorso = str(RADICE / file)
    if not file.endswith(".py"):
        return lambda: _innesta_modello(percorso, codice)
    coppie = _cambiate(*(compile(testo, percorso, "exec") for testo in (Path(percorso).read_text(), codice)))
    trovate = [[(viva, dopo) for viva in vive().get(_dove(prima), ())] for prima, dopo in coppie or []]
    if not trovate or not all(trovate):
        return None
    return lambda: [setattr(viva, "__code__", dopo) for parte in trovate for viva, dopo in parte]


def _innesta_modello(percorso, testo):
    """A template, which is read again whenever it is asked for."""
    vero = Loader.get_contents
    Loader.get_contents = lambda suo, origine: testo if str(origine.name) == percorso else vero(suo, origine)
    reset_loaders()


def a_freddo():
    """In a new process: import `file` from the faulty text, and run these tests until one fails; its name is said."""
    detto = json.load(sys.stdin)
    percorso, vero = str(RADICE / detto["file"]), SourceFileLoader.get_code

    def get_code(caricatore, nome):
        return compile(detto["codice"], percorso, "exec") if caricatore.path == percorso else vero(caricatore, nome)

    SourceFileLoader.get_code = get_code
    sys.exit(pytest.main(["-x", "-q", "-n0", "-p", "no:cacheprovider", *detto["prove"]]))


if __name__ == "__main__":
    a_freddo()
