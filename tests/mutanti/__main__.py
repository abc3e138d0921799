"""`make mutanti`: see the package."""

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path

import coverage
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import WorkerOutcome, WorkResult

RADICE = Path(__file__).resolve().parents[2]
LAVORO = RADICE / "var" / "mutanti"
MODULI = (
    "programma/punteggi",
    "programma/flusso.py",
    "programma/requisiti.py",
    "programma/permissions.py",
    "programma/alimentazione.py",
    "programma/operazioni",
    "programma/importazione_evidenze.py",
    "programma/selettori/punteggio.py",
    "programma/views/coda.py",
    "programma/views/evidenze.py",
    "organizzazioni/permissions.py",
    "organizzazioni/operazioni.py",
    "cura/solleciti.py",
    "base/tempo.py",
    "base/collegamenti.py",
    "convenzioni/validita.py",
    "convenzioni/operazioni",
    "guide/freschezza.py",
    "guide/operazioni",
    "notizie/ped/operazioni.py",
)
"""Rules, what changes a state, who may, what feeds the score, dates, and the views that decide."""
FUORI = "ReplaceBinaryOperator_BitOr"
"""Operators left out: `|` stands in types here, where no test can tell."""
PROVE = os.environ.get("PROVE", "").split() or ["--ignore=tests/browser"]
"""The test files of the map; without them, all but the browser's."""
LAVORANTI = 2


def esegui(*comando, **ambiente):
    subprocess.run(comando, cwd=RADICE, check=True, env={**os.environ, **ambiente})


def mappa():
    """Which test runs which line, made once; delete `var/mutanti/mappa.json` to make it again."""
    percorso = LAVORO / "mappa.json"
    if percorso.exists():
        return percorso
    dati, durate = LAVORO / "copertura", LAVORO / "durate.xml"
    configura = LAVORO / "coveragerc"
    configura.write_text(f"[run]\ndata_file = {dati}\nrelative_files = true\nsource = {RADICE}\nomit = tests/*\n")
    comando = [sys.executable, "-m", "pytest", "-n", str(LAVORANTI), "--dist", "loadgroup", *PROVE]
    comando += ["--cov", f"--cov-config={configura}", "--cov-context=test", "--cov-report=", f"--junitxml={durate}"]
    subprocess.run(comando, cwd=RADICE, check=False)
    letti = coverage.CoverageData(str(dati))
    letti.read()
    righe, numeri = {}, {}
    for file in letti.measured_files():
        nome = str(Path(file).relative_to(RADICE)) if Path(file).is_absolute() else file
        for riga, contesti in letti.contexts_by_lineno(file).items():
            passano = {contesto.partition("|")[0] for contesto in contesti if contesto}
            righe.setdefault(nome, {})[riga] = [numeri.setdefault(prova, len(numeri)) for prova in sorted(passano)]
    percorso.write_text(json.dumps({"righe": righe, "prove": list(numeri), "durate": tempi(durate)}))
    return percorso


def tempi(xml):
    """Seconds of each test, by its address."""
    from defusedxml.ElementTree import parse

    return {
        f"{caso.get('classname').replace('.', '/')}.py::{caso.get('name')}": float(caso.get("time"))
        for caso in parse(xml).iter("testcase")
    }


def clona(numero):
    """A clone with the same commit and the same virtual environment."""
    cartella = LAVORO / f"clone-{numero}"
    shutil.rmtree(cartella, ignore_errors=True)
    esegui("git", "clone", "--quiet", "--shared", str(RADICE), str(cartella))
    (cartella / ".venv").symlink_to((RADICE / ".venv").resolve())
    return cartella


def porta_libera():
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return presa.getsockname()[1]


def moduli():
    chiesti = os.environ.get("MODULI", "").split() or MODULI
    percorsi = [RADICE / nome for nome in chiesti]
    file = chain.from_iterable(sorted(p.rglob("*.py")) if p.is_dir() else [p] for p in percorsi)
    return [str(p.relative_to(RADICE)) for p in file if p.exists() and p.stat().st_size]


def campiona(base, quanti, seme):
    """Leave `quanti` faults to do, drawn by chance from all those that can be made; returns how many there were."""
    with use_db(str(base)) as lavori:
        tutti = list(lavori.pending_work_items)
        buoni = [lavoro for lavoro in tutti if not any(FUORI in m.operator_name for m in lavoro.mutations)]
        scelti = {lavoro.job_id for lavoro in random.Random(seme).sample(buoni, min(quanti, len(buoni)))}
        for lavoro in tutti:
            if lavoro.job_id not in scelti:
                lavori.set_result(lavoro.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    return len(buoni)


def racconta(base, tutti):
    vivi, morti = [], 0
    with use_db(str(base)) as lavori:
        for lavoro, esito in lavori.completed_work_items:
            if esito.worker_outcome == WorkerOutcome.SKIPPED:
                continue
            if esito.is_killed:
                morti += 1
            else:
                vivi.append((lavoro, esito))
    righe = [f"{lavoro.mutations[0].module_path} {lavoro.mutations[0].start_pos[0]}\n{e.diff}" for lavoro, e in vivi]
    (LAVORO / "sopravvissuti.txt").write_text("\n\n".join(righe))
    provati = morti + len(vivi)
    print(f"Difetti possibili {tutti}, provati {provati}, sfuggiti {len(vivi)}: {len(vivi) / max(provati, 1):.1%}")


def main():
    LAVORO.mkdir(parents=True, exist_ok=True)
    carta = mappa()
    porte = [porta_libera() for _ in range(LAVORANTI)]
    configura, base = LAVORO / "mutanti.toml", LAVORO / "sessione.sqlite"
    base.unlink(missing_ok=True)
    indirizzi = ", ".join(f'"http://127.0.0.1:{porta}"' for porta in porte)
    configura.write_text(
        f"[cosmic-ray]\nmodule-path = {json.dumps(moduli())}\ntimeout = 240.0\nexcluded-modules = []\n"
        f'test-command = "{RADICE / ".venv/bin/python"} -m tests.mutanti.prova"\n'
        f'[cosmic-ray.distributor]\nname = "http"\n[cosmic-ray.distributor.http]\nworker-urls = [{indirizzi}]\n'
    )
    ray = [sys.executable, "-m", "cosmic_ray.cli"]
    esegui(*ray, "init", str(configura), str(base))
    tutti = campiona(base, int(os.environ.get("CAMPIONE", "1000000")), os.environ.get("SEME", "1"))
    lavoranti = [
        subprocess.Popen(
            [*ray, "http-worker", "--port", str(porta)],
            cwd=clona(numero),
            env={**os.environ, "MAPPA": str(carta), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.DEVNULL,
        )
        for numero, porta in enumerate(porte)
    ]
    try:
        time.sleep(3)  # until they listen
        esegui(*ray, "exec", str(configura), str(base))
    finally:
        for lavorante in lavoranti:
            lavorante.terminate()
            lavorante.wait()
    racconta(base, tutti)


if __name__ == "__main__":
    main()
