"""The demonstration (database, media, attachments), loaded once per machine and day, and copied by who visits it.

What it depends on is in its name: every file of the apps, of the settings and of the templates, the libraries, and the
day, since a part of it is told in days before today.
"""

import os
import subprocess
import sys
from datetime import date
from shutil import copytree

from .deposito import RADICE, in_deposito, somma_di

ARCHIVIO = "portale.sqlite3"
DETTO = "carica_demo.txt"
"""What the command said."""


def ambiente_di(cartella):
    """The environment of a portal whose data are in `cartella`."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.browser.impostazioni",
        "DATABASE_URL": f"sqlite:///{cartella}/{ARCHIVIO}",
        "VAR_DIR": str(cartella),
        "LOG_LEVEL": "WARNING",
    }


def manage(ambiente, *argomenti):
    """Output of `manage.py` run in `ambiente`; its errors are raised with what it printed."""
    esito = subprocess.run(
        [sys.executable, "manage.py", *argomenti],
        cwd=RADICE,
        env={**os.environ, **ambiente},
        check=False,
        capture_output=True,
        text=True,
    )
    if esito.returncode:
        raise RuntimeError(f"manage.py {' '.join(argomenti)}:\n{esito.stdout}{esito.stderr}")
    return esito.stdout


def demo_pronta():
    """The folder of this machine that holds the demonstration; nobody may write in it."""
    return in_deposito(f"demo-{_impronta()}", _carica)


def copia_demo(cartella):
    """Fill `cartella` with the demonstration; the environment of a portal that serves it."""
    copytree(demo_pronta(), cartella, dirs_exist_ok=True)
    return ambiente_di(cartella)


def _impronta():
    cartelle = [app.parent for app in RADICE.glob("*/apps.py")]
    cartelle += [RADICE / nome for nome in ("cms", "templates", "static", "locale")]
    file = [percorso for cartella in cartelle for percorso in cartella.rglob("*")]
    return somma_di([RADICE / "requirements.txt", *file], date.today())


def _carica(cartella):
    cartella.mkdir()
    ambiente = ambiente_di(cartella)
    manage(ambiente, "migrate", "--verbosity", "0")
    (cartella / DETTO).write_text(manage(ambiente, "carica_demo"))
