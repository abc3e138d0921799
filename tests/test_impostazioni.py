"""Settings: safe by default, all from the environment, and told the same way in every place."""

import ast
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

RADICE = Path(__file__).resolve().parent.parent


def _nomi_letti():
    """Every environment name that the settings modules read, the one that chooses among them, and gunicorn's own."""
    di_gunicorn = (RADICE / "deploy" / "gunicorn.conf.py").read_text()
    nomi = {"DJANGO_SETTINGS_MODULE", *re.findall(r'environ\.get\("(WEB_[A-Z]+)"', di_gunicorn)}
    for percorso in (RADICE / "cms" / "settings").glob("*.py"):
        for nodo in ast.walk(ast.parse(percorso.read_text())):
            if not isinstance(nodo, ast.Call) or not nodo.args or not isinstance(nodo.args[0], ast.Constant):
                continue
            funzione = nodo.func.value if isinstance(nodo.func, ast.Attribute) else nodo.func
            if isinstance(funzione, ast.Name) and funzione.id == "env":
                nomi.add(nodo.args[0].value)
    return nomi


def _manage(*argomenti, **ambiente):
    """`manage.py` in a process of its own that sees only `ambiente`."""
    pulito = {nome: os.environ[nome] for nome in ("PATH", "HOME", "LANG") if nome in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *argomenti],
        cwd=RADICE,
        env={**pulito, **ambiente},
        check=False,
        capture_output=True,
        text=True,
    )


def test_env_example__names_every_setting_and_no_other():
    esempio = re.findall(r"^#?([A-Z_]+)=", (RADICE / ".env.example").read_text(), re.MULTILINE)
    assert set(esempio) == _nomi_letti()


def test_readme_table__names_every_setting_and_no_other():
    tabella = re.findall(r"^\| `([A-Z_]+)` \|", (RADICE / "README.md").read_text(), re.MULTILINE)
    assert sorted(tabella) == sorted(_nomi_letti())


def test_settings__are_read_from_the_environment_only_through_env():
    for percorso in (RADICE / "cms" / "settings").glob("*.py"):
        assert not re.search(r"os\.(environ|getenv)", percorso.read_text()), percorso


def test_production__without_secret_key_refuses_to_start():
    esito = _manage("check", DJANGO_SETTINGS_MODULE="cms.settings.production", ALLOWED_HOSTS="portale.example.org")
    assert esito.returncode != 0
    assert "SECRET_KEY" in esito.stderr


@pytest.mark.parametrize("valore", ["True", "1"])
def test_production__has_no_debug_whatever_the_environment_says(valore):
    codice = "from django.conf import settings; print(settings.DEBUG)"
    esito = _manage(
        "shell",
        "--no-imports",
        "-c",
        codice,
        DJANGO_SETTINGS_MODULE="cms.settings.production",
        SECRET_KEY="x" * 60,
        DEBUG=valore,
    )
    assert esito.stdout.strip() == "False", esito.stderr


def test_production__passes_the_deployment_checks_with_a_shared_cache_alone():
    def controlla(**cache):
        return _manage(
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
            DJANGO_SETTINGS_MODULE="cms.settings.production",
            SECRET_KEY="".join(chr(65 + n) for n in range(58)),
            ALLOWED_HOSTS="portale.example.org",
            **cache,
        )

    esito = controlla(CACHE_URL="rediscache://127.0.0.1:6379/1")
    assert esito.returncode == 0, esito.stderr
    senza = controlla()
    assert senza.returncode != 0 and "base.W001" in senza.stderr and "CACHE_URL" in senza.stderr


def test_sqlite__is_in_wal_and_takes_the_write_lock_at_once(tmp_path):
    """Two writers wait for each other instead of failing half-way: the second `atomic` block blocks at BEGIN."""
    archivio = tmp_path / "portale.sqlite3"
    codice = """
import sqlite3
from django.db import connection, transaction
with connection.cursor() as c:
    c.execute("PRAGMA journal_mode"); print(c.fetchone()[0])
    c.execute("PRAGMA foreign_keys"); print(c.fetchone()[0])
altro = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
with transaction.atomic():
    try:
        altro.execute("BEGIN IMMEDIATE"); print("libero")
    except sqlite3.OperationalError as errore:
        print(errore)
"""
    esito = _manage("shell", "--no-imports", "-c", codice, DATABASE_URL=f"sqlite:///{archivio}")
    assert esito.stdout.split("\n")[:3] == ["wal", "1", "database is locked"], esito.stderr
    with sqlite3.connect(archivio) as connessione:
        assert connessione.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    ("tessere", "politica"),
    [
        ("", "'self' data:"),
        ("https://tile.example.org/{z}/{x}/{y}.png", "'self' data: https://tile.example.org"),
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png", "'self' data: https://*.tile.example.org"),
    ],
)
def test_tiles__open_the_policy_of_images_to_their_server_alone(tessere, politica):
    codice = "from django.conf import settings as s; print(*s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    assert _manage("shell", "--no-imports", "-c", codice, MAPPA_TILES_URL=tessere).stdout.strip() == politica


def test_tiles__of_no_address_stop_the_start():
    assert "MAPPA_TILES_URL" in _manage("check", MAPPA_TILES_URL="tessere").stderr
