"""Which test runs which line, and with how much work: kept for each test file, until it or a faulted module changes."""

import json
import time
import warnings
from functools import cache

import coverage
from coverage.exceptions import CoverageWarning

from ..deposito import RADICE, somma_di
from .difetti import MODULI, file_di

CARTELLA = RADICE / "var" / "mutanti"


@cache
def _nome(file_di_prova):
    """As the file was when the tests were collected."""
    comuni = [RADICE / nome for nome in file_di(MODULI)] + [RADICE / "tests/conftest.py"]
    comuni += (RADICE / "tests/scene").glob("*.py")
    return CARTELLA / "mappa" / f"{file_di_prova.stem}-{somma_di([*comuni, file_di_prova])}.json"


def _file(prove):
    return {str(prova.path.relative_to(RADICE)): prova.path for prova in prove}


def mancano(prove):
    """The test files that have no map."""
    return [nome for nome, percorso in _file(prove).items() if not _nome(percorso).exists()]


def guarda(prove, esegui):
    """Write the map of the tests of one file: `esegui(test)` runs one and says whether it passed."""
    nostri = [str(RADICE / nome) for nome in file_di(MODULI)]
    conta, durate = coverage.Coverage(data_file=None, include=nostri, config_file=False), {}
    conta.start()
    for prova in prove:
        conta.switch_context(prova.nodeid)
        inizio = time.process_time()
        passata = esegui(prova)
        durate[prova.nodeid] = time.process_time() - inizio if passata else None
    conta.stop()
    with warnings.catch_warnings(action="ignore", category=CoverageWarning):  # a file may run none of our lines
        dati = conta.get_data()
    righe = {
        str(file).removeprefix(f"{RADICE}/"): {
            riga: [contesto for contesto in contesti if contesto]
            for riga, contesti in dati.contexts_by_lineno(file).items()
        }
        for file in dati.measured_files()
    }
    percorso = _nome(prove[0].path)
    percorso.parent.mkdir(parents=True, exist_ok=True)
    percorso.write_text(json.dumps({"durate": durate, "righe": righe}))


class Mappa:
    def __init__(self, prove):
        self.durate, self.righe = {}, {}
        for percorso in _file(prove).values():
            letto = json.loads(_nome(percorso).read_text())
            self.durate |= letto["durate"]
            for file, righe in letto["righe"].items():
                for riga, passano in righe.items():
                    self.righe.setdefault(file, {}).setdefault(int(riga), set()).update(passano)
        self.rotte = {nome for nome, secondi in self.durate.items() if secondi is None}

    def prove_di(self, difetto, secondi):
        """Names of the tests that run the line, or else the function, or else the module; the quickest first,
        as many as take `secondi` together."""
        sue = self.righe.get(difetto.file, {})
        prima, ultima = difetto.estremi
        for righe in (difetto.righe, range(prima, ultima + 1), list(sue)):
            if trovate := {prova for riga in righe for prova in sue.get(riga, ())} - self.rotte:
                break
        scelte, tempo = [], 0.0
        for prova in sorted(trovate, key=lambda nome: (self.durate[nome], nome)):
            tempo += self.durate[prova]
            if scelte and tempo > secondi:
                break
            scelte.append(prova)
        return scelte
