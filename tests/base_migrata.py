"""The migrated, empty database, made once per machine and copied by every process.

Migrating takes longer than most test files, and every process of pytest-xdist would do it. What the copy depends on is
in its name (migrations, apps, settings, libraries), so a change of any of them makes a new one; what the facts file
loads is never kept, it is loaded afresh.
"""

import fcntl
import hashlib
import os
import sqlite3
import sys
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.db import connection

RADICE = Path(__file__).resolve().parents[1]
DEPOSITO = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "portale-distretto-prove"


def impronta():
    """A digest of all that decides what an empty, migrated database holds."""
    somma = hashlib.sha256(f"{sys.version_info[:2]}{connection.vendor}".encode())
    nostri = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(RADICE)]
    file = [RADICE / "requirements.txt", RADICE / "cms/settings/base.py"]
    file += [percorso for app in nostri for percorso in [*app.glob("migrations/*.py"), app / "apps.py"]]
    for percorso in sorted(file):
        if percorso.exists() and ".venv" not in percorso.parts:
            somma.update(f"{percorso.relative_to(RADICE)}\0".encode() + percorso.read_bytes())
    return somma.hexdigest()[:20]


@contextmanager
def _solo_uno(nome):
    """One process at a time makes the copy; the others wait and find it."""
    DEPOSITO.mkdir(parents=True, exist_ok=True)
    with (DEPOSITO / f"{nome}.lock").open("w") as lucchetto:
        fcntl.flock(lucchetto, fcntl.LOCK_EX)
        yield


def prepara_sqlite():
    """Give this process a migrated database in memory; it goes with the process."""
    nome = f"base-{impronta()}"
    copia = DEPOSITO / f"{nome}.sqlite3"
    with _solo_uno(nome):
        if not copia.exists():
            _migra()
            provvisoria = copia.with_suffix(".nuova")
            provvisoria.unlink(missing_ok=True)
            with sqlite3.connect(provvisoria) as su_disco:
                connection.connection.backup(su_disco)
            su_disco.close()
            provvisoria.rename(copia)
            return
    connection.close()
    connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
    connection.connect()
    dal_disco = sqlite3.connect(copia)
    dal_disco.backup(connection.connection)
    dal_disco.close()


def _migra():
    connection.creation.create_test_db(verbosity=0, serialize=False)
    connection.ensure_connection()
