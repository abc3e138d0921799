"""The migrated, empty database, made once per machine and copied by every process.

Migrating takes longer than most test files, and every process of pytest-xdist would do it. What the copy depends on is
in its name (migrations, apps, settings, libraries), so a change of any of them makes a new one; what the set-up file
loads is never kept, it is loaded afresh. On SQLite the copy is a file, on PostgreSQL a template database.
"""

import sqlite3
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from wagtail.models import Site

from .deposito import RADICE, in_deposito, solo_uno, somma_di

MODELLI = "prove_base_"
"""How the names of the template databases begin."""


def nostre_app():
    """The folders of the apps of this repository."""
    return [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(RADICE)]


def impronta():
    """A digest of all that decides what an empty, migrated database holds."""
    file = [RADICE / "requirements.txt", RADICE / "cms/settings/base.py", RADICE / "base/pronte/tabelle_scritte.py"]
    file += [percorso for app in nostre_app() for percorso in [*app.glob("migrations/*.py"), app / "apps.py"]]
    return somma_di(file, connection.vendor)


@contextmanager
def base_pronta():
    """Give this process a migrated database, in memory or on its server, while the block lasts."""
    vero = connection.settings_dict["NAME"]
    (_prepara_sqlite if connection.vendor == "sqlite" else _prepara_postgres)()
    yield
    connection.creation.destroy_test_db(vero, verbosity=0)


def _prepara_sqlite():
    """In memory: it goes with the process."""
    nome = f"base-{impronta()}.sqlite3"
    riempi_sqlite(in_deposito(nome, _migra_su_disco))


def riempi_sqlite(copia):
    """Put what is in the file `copia` in the database in memory of this process, in the place of what is there."""
    if (
        ":memory:" not in str(connection.settings_dict["NAME"])
        and "mode=memory" not in connection.settings_dict["NAME"]
    ):
        raise RuntimeError("Only a database in memory is overwritten")
    connection.close()
    connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
    connection.connect()
    dal_disco = sqlite3.connect(copia)
    dal_disco.backup(connection.connection)
    dal_disco.close()


@contextmanager
def al_suo_posto(copia):
    """The file `copia` in the place of the database in memory while the block lasts; then what there was."""
    connection.ensure_connection()
    con_prima = sqlite3.connect(":memory:")
    connection.connection.backup(con_prima)
    riempi_sqlite(copia)
    _dimentica()
    try:
        yield
    finally:
        con_prima.backup(connection.connection)
        con_prima.close()
        _dimentica()


def _dimentica():
    """What this process remembers of a database that is no longer there."""
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    cache.clear()


def _migra_su_disco(copia):
    connection.creation.create_test_db(verbosity=0, serialize=False)
    connection.ensure_connection()
    su_disco = sqlite3.connect(copia)
    connection.connection.backup(su_disco)
    su_disco.close()


def _prepara_postgres():
    """A copy of the template, which the first process makes; templates of other migrations go."""
    creazione, prova = connection.creation, connection.settings_dict["TEST"]
    modello, nostra = f"{MODELLI}{impronta()}", creazione._get_test_db_name()
    with solo_uno("postgres"):
        if modello not in (presenti := _modelli()):
            for altro in presenti:
                _su_server(f'DROP DATABASE "{altro}"')
            prova["NAME"] = f"{modello}_nuovo"
            vero = connection.settings_dict["NAME"]
            creazione.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
            connection.settings_dict["NAME"] = vero
            _su_server(f'ALTER DATABASE "{prova["NAME"]}" RENAME TO "{modello}"')
        prova |= {"NAME": nostra, "TEMPLATE": modello}
        connection.settings_dict["NAME"] = creazione._create_test_db(verbosity=0, autoclobber=True)
        connection.close()


def _modelli():
    with connection._nodb_cursor() as cursore:
        cursore.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{MODELLI}%"])
        return [nome for (nome,) in cursore.fetchall()]


def _su_server(comando):
    with connection._nodb_cursor() as cursore:
        cursore.execute(comando)
