"""What `make install` and `make run` do, with nothing but Python's own library.

python avvio.py porta PORT          is that port of this machine free?
python avvio.py installa FILE…      install the requirements of these files
python avvio.py sito PORT           prepare the demonstration and serve the site until it is stopped
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

RADICE = Path(__file__).resolve().parent
QUI = "127.0.0.1"
BATTITO = 15
"""Seconds after which a long work says that it is going on."""
FERMATE = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PAZIENZA = 30
"""Seconds given to a process to end by itself."""


def porta(detta):
    """The number of a port that is free; else the program ends saying why and what to do."""
    comando = "make run PORT={}"
    if not (detta.isdecimal() and 0 < int(detta) < 65536):
        sys.exit(f"PORT={detta}: una porta è un numero da 1 a 65535, per esempio «{comando.format(8080)}».")
    numero = int(detta)
    try:
        _occupa(numero)
    except PermissionError:
        sys.exit(f"La porta {numero} è riservata all'amministratore della macchina: prova «{comando.format(8080)}».")
    except OSError:
        libera = next(filter(_libera, range(max(numero, 1024) + 1, 65536)), 8080)
        sys.exit(f"La porta {numero} è già occupata da un altro programma: prova «{comando.format(libera)}».")
    return numero


def _occupa(numero):
    with socket.socket() as presa:
        presa.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        presa.bind((QUI, numero))
        presa.listen()


def _libera(numero):
    try:
        _occupa(numero)
    except OSError:
        return False
    return True


def _risponde(numero):
    try:
        socket.create_connection((QUI, numero), timeout=5).close()
    except OSError:
        return False
    return True


def installa(*file):
    """Install the requirements of `file`, each with its hashes."""
    opzioni = [parola for nome in file for parola in ("--requirement", nome)]
    _aspetta(
        "Installo le dipendenze (solo la prima volta)…",
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", *opzioni],
    )


def sito(numero):
    """Prepare the demonstration, serve the site and print the booklets beside it; nothing is left running after."""
    diario = Path(os.environ.get("VAR_DIR", RADICE / "var")) / "fascicoli.log"
    diario.parent.mkdir(parents=True, exist_ok=True)
    print("Preparo la base dati e i dati dimostrativi (la prima volta, circa un minuto)…", flush=True)
    _aspetta("", ["manage.py", "migrate", "--verbosity", "0"])
    _aspetta("", ["manage.py", "carica_demo"])
    porta(str(numero))
    indirizzo = f"http://{QUI}:{numero}/"
    os.environ.setdefault("BASE_URL", indirizzo.rstrip("/"))
    with _in_corso(["manage.py", "runserver", f"{QUI}:{numero}"]) as server:
        while not _risponde(numero) and server.poll() is None:
            time.sleep(0.2)
        if server.poll() is None:
            print(f"Sito: {indirizzo}   Redazione: {indirizzo}admin/   (Ctrl+C per fermare)", flush=True)
            with diario.open("w") as uscita, _in_corso(["manage.py", "fascicoli"], stdout=uscita, stderr=uscita):
                server.wait()
    sys.exit(server.returncode)


def _aspetta(detto, argomenti):
    """Run Python with `argomenti` to its end; the program ends with it if it fails."""
    if detto:
        print(detto, flush=True)
    inizio = time.monotonic()
    with _in_corso(argomenti) as processo:
        while processo.poll() is None:
            try:
                processo.wait(BATTITO)
            except subprocess.TimeoutExpired:
                print(f"  … {time.monotonic() - inizio:.0f} secondi", flush=True)
    if processo.returncode:
        sys.exit(processo.returncode)


@contextmanager
def _in_corso(argomenti, **uscite):
    """A process of this Python that lasts no longer than the block."""
    processo = None
    try:
        with _piu_tardi():
            processo = subprocess.Popen([sys.executable, *argomenti], cwd=RADICE, preexec_fn=_ascolta, **uscite)
        yield processo
    finally:
        if processo:
            processo.terminate()
            try:
                processo.wait(PAZIENZA)
            except subprocess.TimeoutExpired:
                processo.kill()


@contextmanager
def _piu_tardi():
    """What asks to stop waits until the block ends: a process that is being born would be nobody's."""
    signal.pthread_sigmask(signal.SIG_BLOCK, FERMATE)
    try:
        yield
    finally:
        _ascolta()


def _ascolta():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, FERMATE)


if __name__ == "__main__":
    for segnale in FERMATE:
        signal.signal(segnale, lambda *_: sys.exit(0))
    {"porta": porta, "installa": installa, "sito": lambda detta: sito(porta(detta))}[sys.argv[1]](*sys.argv[2:])
