"""`make mutanti`: see the package."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import traceback
from multiprocessing import get_context

import pytest
from django.db import connection, connections

from ..deposito import RADICE
from . import difetti, innesto, mappa

LENTE = "carica_* deploy guida_importa_hsds macchina muri_admin peso prova pubblico_* resistenza ricerca salvataggio"
"""Left out of those that may notice, with the browser's: they load whole years, walk the portal, start programs."""
SECONDI = 60
"""How long the tests of one fault may work together without it; with it three times as much, and then it is noticed."""
SOGLIA = 0.05
STRUTTURA = "tests/test_struttura.py"
"""The tests of what is there as soon as it is imported, decorators too: no line tells that they pass by it."""


class Giro:
    """Takes the place of pytest's loop over the tests: they are collected, and the database is ready."""

    def __init__(self):
        chiesto = os.environ.get
        self.moduli, self.scelte = tuple(chiesto("MODULI", "").split()) or difetti.MODULI, chiesto("PROVE", "").split()
        self.quanti, self.seme = int(chiesto("CAMPIONE", "150")), chiesto("SEME", "1")
        self.processi = int(chiesto("PROCESSI", "1"))
        self.sane, self.taci, self.voce = {}, False, os.dup(1)

    def pytest_runtestloop(self, session):
        self.session, self.prove = session, {prova.nodeid: prova for prova in session.items}
        con_base = {"django_db_setup", "base_a_parte"}
        tiepida = next(p for p in session.items if p.get_closest_marker("django_db") or con_base & {*p.fixturenames})
        assert self.esegui(tiepida), f"{tiepida.nodeid}: non passa nemmeno senza difetti"
        list(self.insieme(self.guarda, mappa.mancano(session.items)))
        self.mappa, self.taci = mappa.Mappa(session.items), True
        innesto.vive()
        session.testsfailed = int(not self.prova_tutti())
        return True

    def insieme(self, funzione, elenco):
        """What `funzione` answers of each of `elenco`, in as many processes as are asked for."""
        connections.close_all()
        self.fai = funzione
        quanti = (
            self.processi if connection.vendor == "sqlite" else 1
        )  # in memory everybody has a database of their own
        with get_context("fork").Pool(quanti, muto, (1, 2)) as processi:
            yield from processi.imap_unordered(_fai, elenco)

    def guarda(self, file):
        self.racconta(f"Guardo che righe passano le prove di {file}")
        mappa.guarda([prova for nome, prova in self.prove.items() if nome.startswith(f"{file}::")], self.esegui)

    def racconta(self, riga):
        os.write(self.voce, f"{riga}\n".encode())

    def pytest_runtest_logreport(self, report):
        if report.failed and not self.taci:
            self.racconta(f"Non passa senza difetti, e non conta: {report.nodeid}\n{report.longreprtext[-600:]}")

    def esegui(self, prova):
        """Run one test; whether it passed. What lives as long as the session stays for the next."""
        prima = self.session.testsfailed
        altre = sorted(self.session.items, key=lambda p: (p is prova, p.path == prova.path))
        self.session.config.hook.pytest_runtest_protocol(item=prova, nextitem=altre[0])
        return self.session.testsfailed == prima

    def in_un_figlio(self, funzione):
        """Fork, call `funzione(pipe)` there; what it wrote, or None if it went on for too long."""
        connections.close_all()
        leggi, scrivi = os.pipe()
        if not (figlio := os.fork()):
            uscita = 70
            try:
                al_massimo()
                funzione(scrivi)
                uscita = 0
            except BaseException:  # noqa: BLE001  (the child never comes back)
                self.racconta(traceback.format_exc())
            finally:
                os._exit(uscita)
        os.close(scrivi)
        with os.fdopen(leggi) as tubo:
            detto = tubo.read()
        stato = os.waitstatus_to_exitcode(os.waitpid(figlio, 0)[1])
        if stato not in (0, -signal.SIGXCPU):
            raise RuntimeError(f"Un figlio è finito con {stato}")
        return None if stato else detto

    def in_memoria(self, innesta, prove):
        """The first of these tests that fails with the fault in memory, "" if none does, None if they never end."""

        def nel_figlio(scrivi):
            innesta()
            for nome in prove:
                if not self.esegui(self.prove[nome]):
                    os.write(scrivi, nome.encode())
                    return

        return self.in_un_figlio(nel_figlio)

    def a_freddo(self, difetto, prove):
        """The same in a new process, which imports the faulty text; one that cannot even be imported is noticed."""
        detto = json.dumps({"file": difetto.file, "codice": difetto.codice, "prove": prove})
        comando = [sys.executable, "-m", "tests.mutanti.innesto"]
        esito = subprocess.run(comando, input=detto, capture_output=True, text=True, check=False, preexec_fn=al_massimo)
        fallita = re.search(r"^(?:FAILED|ERROR) (tests/\S+::.+?)(?: - |$)", esito.stdout, re.MULTILINE)
        return "" if esito.returncode == 0 else fallita[1] if fallita else None

    def decidi(self, difetto, prove):
        """What noticed it, or "" if nothing did."""
        innesta = innesto.prepara(difetto.file, difetto.codice)
        if innesta is None:
            prove = [*(nome for nome in self.prove if nome.startswith(STRUTTURA)), *prove]
        while prove:
            nota = self.in_memoria(innesta, prove) if innesta else self.a_freddo(difetto, prove)
            if nota not in self.prove:
                return "non finisce, o non si importa" if nota is None else nota
            if nota not in self.sane:
                self.sane[nota] = self.in_memoria(lambda: None, [nota]) == ""
                if not self.sane[nota]:
                    self.racconta(f"Da sola non passa nemmeno senza difetti, e non conta: {nota}")
            if self.sane[nota]:
                return nota
            prove.remove(nota)
        return ""

    def prova_uno(self, coppia):
        """Try a fault with its tests, and tell: what is told of it if nothing noticed."""
        difetto, prove = coppia
        if nota := self.decidi(difetto, list(prove)):
            self.racconta(f"notato   {difetto}\n    {nota}")
            return ""
        self.racconta(f"SFUGGITO {difetto}\n    nessuna di {len(prove)} prove")
        return f"{difetto}\n    nessuna di {len(prove)} prove"

    def di_mano(self):
        """Those of `a_mano.yaml` for this database, with their tests: on PostgreSQL the locks, elsewhere the rest."""
        for difetto in difetti.a_mano():
            sue = [nome for nome in self.prove if difetto.prove and nome.startswith(difetto.prove)]
            sue = sue or self.mappa.prove_di(difetto, SECONDI)
            if difetto.postgresql == (connection.vendor == "postgresql"):
                yield from [(difetto, sue)] if sue or not self.scelte else []

    def prova_tutti(self):
        """Whether so few faults were missed that it is well."""
        uguali, morti = difetti.equivalenti()
        for morto in morti:
            self.racconta(f"Di equivalenti.yaml non c'è più: {morto}")
        inizio = time.monotonic()
        a_mano = list(self.di_mano()) if self.moduli == difetti.MODULI else []
        buoni, tutti = difetti.a_sorte(self.moduli, self.seme, self.quanti, uguali)
        vivi_a_mano = [*filter(None, self.insieme(self.prova_uno, a_mano))]
        con_prove = [(difetto, self.mappa.prove_di(difetto, SECONDI)) for difetto in buoni]
        vivi = [*filter(None, self.insieme(self.prova_uno, con_prove))]
        (mappa.CARTELLA / "sopravvissuti.txt").write_text("\n\n".join([*vivi_a_mano, *vivi]))
        parte = len(vivi) / max(len(buoni), 1)
        self.racconta(
            f"Messi a mano {len(a_mano)}, sfuggiti {len(vivi_a_mano)}.\n"
            f"Difetti possibili {tutti}, equivalenti {len(uguali)}; con il seme {self.seme} provati {len(buoni)}, "
            f"sfuggiti {len(vivi)} ({parte:.1%}), in {time.monotonic() - inizio:.0f} s."
        )
        return not morti and not vivi_a_mano and parte <= SOGLIA


def muto(*canali):
    """What pytest (1) and the tests (2 too) print is nobody's: what is told goes by `racconta`."""
    for canale in canali:
        os.dup2(os.open(os.devnull, os.O_RDWR), canale)


def al_massimo():
    """The process of now ends after so many seconds of work, however busy the machine."""
    resource.setrlimit(resource.RLIMIT_CPU, (3 * SECONDI, 3 * SECONDI + 5))


def _fai(cosa):
    return giro.fai(cosa)


def main():
    global giro  # the children find it where it was when they were born
    os.chdir(RADICE)
    mappa.CARTELLA.mkdir(parents=True, exist_ok=True)
    giro = Giro()
    prove = giro.scelte or ["--ignore=tests/browser", *(f"--ignore-glob=*/test_{nome}.py" for nome in LENTE.split())]
    opzioni = ["-s", "-q", "-n0", "-p", "no:cacheprovider", "-o", "addopts="]
    muto(1)
    return pytest.main([*opzioni, *prove], plugins=[giro])


if __name__ == "__main__":
    sys.exit(main())
