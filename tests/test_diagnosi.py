"""What the portal says of itself to machines: lines of the log, errors to Sentry, figures to Prometheus."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from base.diagnosi import senza_persone

RADICE = Path(__file__).resolve().parent.parent
SEGRETO = "ZZSEGRETO"
PRODUZIONE = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "False",
}


def _shell(codice, tmp_path, **ambiente):
    pulito = {nome: os.environ[nome] for nome in ("PATH", "HOME", "LANG") if nome in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", codice],
        cwd=RADICE,
        env={**pulito, "VAR_DIR": str(tmp_path), **PRODUZIONE, **ambiente},
        check=True,
        capture_output=True,
        text=True,
    )


def test_log__as_json_is_one_object_a_line_errors_and_card_numbers_too(tmp_path):
    codice = """
import logging
diario = logging.getLogger("prova")
diario.warning("visto %s", "/card/DEM0-0011-0000-0011/")
try:
    1 / 0
except ZeroDivisionError:
    diario.exception("due\\nrighe")
"""
    uscita = _shell(codice, tmp_path, LOG_JSON="True").stderr.splitlines()
    visto, errore = (json.loads(riga) for riga in uscita if '"prova"' in riga)
    assert (visto["livello"], visto["da"], visto["testo"]) == ("WARNING", "prova", "visto /card/…/")
    assert errore["testo"] == "due\nrighe" and "ZeroDivisionError" in errore["errore"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", errore["quando"])
    assert "prova" in _shell(codice, tmp_path).stderr and "{" not in _shell(codice, tmp_path).stderr


def test_sentry__is_loaded_only_where_it_was_asked_for(tmp_path):
    codice = "import sys; print('sentry_sdk' in sys.modules)"
    assert _shell(codice, tmp_path).stdout.strip() == "False"
    assert _shell(codice, tmp_path, SENTRY_DSN="http://chiave@127.0.0.1:1/1").stdout.strip() == "True"


def test_sentry__gets_where_and_which_error_and_nothing_of_who(tmp_path):
    """A page that cannot reach its database, asked with a secret in address, form, header and cookie."""
    codice = f"""
import logging, sentry_sdk
from django.test import Client
mandati = []
sentry_sdk.get_client().transport.capture_envelope = lambda busta: mandati.append(busta.serialize().decode())
client = Client(raise_request_exception=False, headers={{"user-agent": "{SEGRETO}"}}, REMOTE_ADDR="198.51.100.7")
client.cookies["sessionid"] = "{SEGRETO}"
client.post("/invito/MQ/{SEGRETO}/?x={SEGRETO}", {{"new_password1": "{SEGRETO}"}}, SERVER_NAME="127.0.0.1")
logging.getLogger("prova").error("scritto a %s", "{SEGRETO}@example.org")
sentry_sdk.flush()
print("\\n".join(mandati))
"""
    mandato = _shell(
        codice, tmp_path, SENTRY_DSN="http://chiave@127.0.0.1:1/1", DATABASE_URL=f"sqlite:///{tmp_path}/no/x"
    )
    assert '"transaction":"/invito/{persona}/{gettone}/"' in mandato.stdout and '"lineno":' in mandato.stdout
    assert SEGRETO not in mandato.stdout and "198.51" not in mandato.stdout


def test_event__keeps_the_trace_and_loses_the_values():
    evento = {
        "exception": {
            "values": [{"type": "ValueError", "value": SEGRETO, "stacktrace": {"frames": [{"vars": {"a": SEGRETO}}]}}]
        },
        "user": {"id": 1},
        "request": {"url": SEGRETO},
        "level": "error",
    }
    assert SEGRETO not in str(senza_persone(evento)) and evento["exception"]["values"][0]["type"] == "ValueError"


def _porta():
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return presa.getsockname()[1]


@contextlib.contextmanager
def _gunicorn(tmp_path, **ambiente):
    porta = _porta()
    processo = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "cms.wsgi"],
        cwd=RADICE,
        env={
            **{nome: os.environ[nome] for nome in ("PATH", "HOME", "LANG") if nome in os.environ},
            **PRODUZIONE,
            "VAR_DIR": str(tmp_path),
            "GUNICORN_BIND": f"127.0.0.1:{porta}",
            "WEB_CONCURRENCY": "2",
            **ambiente,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield porta
    finally:
        processo.terminate()
        processo.wait(60)


def _chiedi(porta, via, secondi=40):
    """The answer of a server that may be starting still."""
    fine = time.monotonic() + secondi
    while True:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{porta}{via}", timeout=10).read().decode()
        except urllib.error.HTTPError as errore:
            return errore.read().decode()
        except OSError:
            if time.monotonic() > fine:
                raise
            time.sleep(0.3)


@pytest.mark.xdist_group("gunicorn")
def test_metrics__are_of_all_the_processes_on_the_loopback_alone(tmp_path):
    metriche = _porta()
    with _gunicorn(tmp_path, METRICHE_PORTA=str(metriche)) as sito:
        assert _chiedi(sito, "/salute/").strip() == "guasto"  # there is no database
        for _ in range(2):
            _chiedi(sito, "/salute/")
        testo = _chiedi(metriche, "/metrics")
        conto = r'portale_richieste_secondi_count\{esito="503",metodo="GET",vista="salute"\} 3\.0'
        assert re.search(conto, testo), testo[:2000]
        assert "Richieste" not in _chiedi(sito, "/metrics")
    conf = (RADICE / "deploy/gunicorn.conf.py").read_text()
    assert 'addr="127.0.0.1"' in conf
