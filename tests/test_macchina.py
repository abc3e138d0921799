"""What the machine has, what happens where it lacks something, and how the site starts and stops on it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import avvio

from . import mancanze
from .demo_pronta import copia_demo
from .deposito import RADICE

FINE = 60
"""Seconds: only what never ends lasts longer."""


@pytest.fixture
def manca_pango(monkeypatch):
    monkeypatch.setitem(mancanze.CONTROLLI, "Pango", lambda: False)


def test_missing__leaves_the_test_out_on_a_workstation(manca_pango, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="manca Pango"):
        mancanze.esigi("Pango")


def test_missing__fails_in_ci(manca_pango, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="manca Pango"):
        mancanze.esigi("Pango")


def test_present__goes_on(monkeypatch):
    monkeypatch.setitem(mancanze.CONTROLLI, "Pango", lambda: True)
    mancanze.esigi("Pango")


# The port


@pytest.fixture
def occupata():
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        presa.listen()
        yield presa.getsockname()[1]


def test_port__taken_is_said_with_one_that_is_free(occupata):
    with pytest.raises(SystemExit, match=f"La porta {occupata} è già occupata") as detto:
        avvio.porta(str(occupata))
    assert avvio.porta(re.search(r"PORT=(\d+)", str(detto.value))[1]) > occupata


@pytest.mark.parametrize("detta", ["", "ottomila", "0", "-1", "65536", "8000.5", "²"])
def test_port__that_is_no_port_is_said(detta):
    with pytest.raises(SystemExit, match="un numero da 1 a 65535"):
        avvio.porta(detta)


def test_port__that_was_just_left_is_free(occupata):
    with socket.create_connection(("127.0.0.1", occupata)), pytest.raises(SystemExit):
        avvio.porta(str(occupata))


# The site


def test_long_work__says_that_it_goes_on(monkeypatch, capfd):
    monkeypatch.setattr(avvio, "BATTITO", 0.1)
    avvio._aspetta("Aspetto…", ["-c", "import time; time.sleep(0.5)"])
    assert re.fullmatch(r"Aspetto…\n(  … \d secondi\n)+", capfd.readouterr().out)


def test_long_work__that_fails_ends_the_program(capfd):
    with pytest.raises(SystemExit) as fine:
        avvio._aspetta("", ["-c", "import sys; sys.exit(3)"])
    assert fine.value.code == 3


def _in_corso(segno):
    """The ids of the processes in whose environment there is `segno`."""
    trovati = []
    for ambiente in Path("/proc").glob("[0-9]*/environ"):
        try:
            if segno.encode() in ambiente.read_bytes():
                trovati.append(ambiente.parent.name)
        except OSError:  # gone, or another user's
            continue
    return trovati


def test_site__is_announced_when_it_answers_and_stopped_leaves_nothing_running(tmp_path):
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        numero = presa.getsockname()[1]
    make = subprocess.Popen(
        ["make", "--old-file=.venv/.requirements", "--old-file=.venv/bin/python", "run", f"PORT={numero}"],
        cwd=RADICE,
        env={**os.environ, **copia_demo(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert any(riga.startswith(f"Sito: http://127.0.0.1:{numero}/") for riga in make.stdout)
        socket.create_connection(("127.0.0.1", numero)).close()
        assert len(_in_corso(str(tmp_path))) > 2
    finally:
        make.send_signal(signal.SIGTERM)
        make.communicate(timeout=FINE)
    scadenza = time.monotonic() + FINE
    while (rimasti := _in_corso(str(tmp_path))) and time.monotonic() < scadenza:
        time.sleep(0.2)
    assert rimasti == []


# The environment


@pytest.mark.parametrize("nome", ["requirements", "requirements-dev", "requirements-mutanti"])
def test_requirements__are_those_asked_for_and_every_one_has_its_hashes(nome):
    chiesti = re.findall(r"^([\w.-]+==[^\s;]+)", (RADICE / f"{nome}.in").read_text(), re.MULTILINE)
    testo = (RADICE / f"{nome}.txt").read_text().replace("\\\n", "")
    righe = [riga for riga in testo.splitlines() if riga and not riga.startswith("#")]
    scritti = {_nome(riga.split()[0]) for riga in righe}
    assert chiesti and {_nome(uno) for uno in chiesti} <= scritti
    assert [riga for riga in righe if "--hash=sha256:" not in riga] == []


def _nome(pin):
    nome, _, versione = pin.partition("==")
    return re.sub(r"[-_.]+", "-", nome).lower(), versione


def test_environment__is_used_through_its_python_alone():
    """The scripts beside it hold the path of the folder where they were made: a clone that moves loses them."""
    testi = [(RADICE / nome).read_text() for nome in ("Makefile", ".ci/run", ".ci/pacchetti", ".ci/fresca")]
    usati = {nome for testo in testi for nome in re.findall(r"(?:\$\(BIN\)|\.venv/bin)/([\w-]+)", testo)}
    assert usati == {"python"}


def test_environment__of_another_python_is_told_and_made_again(tmp_path):
    """In a copy of the Makefile, with a Python that only writes what it was asked."""
    (tmp_path / "Makefile").write_text((RADICE / "Makefile").read_text())
    for file in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / file).touch()
    vecchio = tmp_path / ".venv"
    (vecchio / "bin").mkdir(parents=True)
    (vecchio / "bin" / "python").symlink_to("/non/esiste/python3.9")
    (vecchio / "pyvenv.cfg").write_text("version = 3.9.2\n")
    finto = tmp_path / "python"
    finto.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exec {sys.executable} "$@"\necho "$@" >> chiesto\n')
    finto.chmod(0o755)
    esito = subprocess.run(
        ["make", "install", f"PYTHON={finto}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "è di un altro Python (3.9.2)" in esito.stdout, esito.stderr
    assert (tmp_path / "chiesto").read_text() == "-m venv --clear .venv\n"
