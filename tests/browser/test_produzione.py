"""The public site as it is deployed: production settings, collected static files, gunicorn."""

import http.client
import re
import sqlite3
import ssl
import time
import urllib.request
from contextlib import ExitStack

from tests.demo_pronta import manage
from tests.mancanze import esigi

from .nginx import NOME, nginx
from .server import gunicorn

FIDATO = ssl._create_unverified_context()  # noqa: S323  (of a certificate made here)


def _leggi(indirizzo, **intestazioni):
    richiesta = urllib.request.Request(indirizzo, headers={"X-Forwarded-Proto": "https", **intestazioni})
    return urllib.request.urlopen(richiesta, timeout=30)


def test_production__serves_hashed_and_compressed_static_files(portale, tmp_path):
    ambiente = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "solo-per-questa-prova",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": portale.archivio,
        "VAR_DIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "statici"),
    }
    manage(ambiente, "collectstatic", "--noinput", "--verbosity", "0")
    with gunicorn(ambiente, tmp_path) as base:
        with _leggi(f"{base}/admin/login/") as accesso:
            assert "max-age=31536000" in accesso.headers["Strict-Transport-Security"]
            fogli = re.findall(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', accesso.read().decode())
        assert fogli, "the page names no hashed style sheet"
        with _leggi(f"{base}{fogli[0]}", **{"Accept-Encoding": "br"}) as foglio:
            assert foglio.headers["Content-Encoding"] == "br"
            assert "immutable" in foglio.headers["Cache-Control"]


def _chiedi(porta, percorso, metodo="GET", **intestazioni):
    """Status, headers by their lower case name, and body, as nginx gives them."""
    cliente = http.client.HTTPSConnection("127.0.0.1", porta, context=FIDATO, timeout=60)
    cliente.putrequest(metodo, percorso, skip_host=True, skip_accept_encoding=True)
    for nome, valore in {"Host": NOME, "Content-Length": "0", **intestazioni}.items():
        cliente.putheader(nome.replace("_", "-"), valore)
    cliente.endheaders()
    risposta = cliente.getresponse()
    corpo = risposta.read()
    cliente.close()
    return risposta.status, {nome.lower(): valore for nome, valore in risposta.getheaders()}, corpo


def _entro(secondi, condizione):
    fine = time.monotonic() + secondi
    while time.monotonic() < fine:
        if condizione():
            return True
        time.sleep(0.1)
    return False


def _confrontabili(intestazioni):
    """What is said of a page whoever gives it; a policy is a set of directives."""
    fuori = {"date", "server", "connection", "accept-ranges", "etag", "vary", "cache-control", "content-length"}
    return {nome: {*valore.split("; ")} for nome, valore in intestazioni.items() if nome not in fuori}


def test_nginx__gives_ready_pages_to_who_is_nobody_and_while_the_site_is_down(portale, tmp_path):
    esigi("nginx")
    copia = sqlite3.connect(tmp_path / "copia.sqlite3")
    sqlite3.connect(portale.archivio.removeprefix("sqlite:///")).backup(copia)
    ambiente = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "solo-per-questa-prova",
        "ALLOWED_HOSTS": NOME,
        "DATABASE_URL": f"sqlite:///{tmp_path}/copia.sqlite3",
        "VAR_DIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "statici"),
    }
    manage(ambiente, "collectstatic", "--noinput", "--verbosity", "0")
    (tmp_path / "nginx").mkdir()
    with ExitStack() as sito:
        base = sito.enter_context(gunicorn(ambiente, tmp_path))
        with nginx(tmp_path / "nginx", base.removeprefix("http://"), tmp_path) as porta:
            assert _entro(20, lambda: "etag" in _chiedi(porta, "/programma/")[1])
            (file,) = (tmp_path / "pronte/pagine").rglob("index.html")
            stato, intestazioni, corpo = _chiedi(porta, "/programma/")
            assert (stato, corpo) == (200, file.read_bytes())
            assert "accept-ranges" in intestazioni, "the site gave it, not nginx"
            disegnata = _chiedi(porta, "/programma/?q=1")
            assert _confrontabili(intestazioni) == _confrontabili(disegnata[1])
            for chiesta in (
                disegnata,
                _chiedi(porta, "/programma/", Cookie="sessionid=qualcuno"),
                _chiedi(porta, "/programma/", Cookie="messages=uno"),
                _chiedi(porta, "/programma/", Authorization="Basic eA=="),
                _chiedi(porta, "/programma/", "POST"),
            ):
                assert chiesta[0] in (200, 403) and "etag" not in chiesta[1]
            assert _chiedi(porta, "/programma/", Accept_Encoding="br, gzip")[1]["content-encoding"] == "br"
            assert _chiedi(porta, "/programma/", If_None_Match=intestazioni["etag"])[0] == 304
            (foglio,) = re.findall(r'href="(/static/css/[^"]+)"', corpo.decode())
            assert "immutable" in _chiedi(porta, foglio, Accept_Encoding="br")[1]["cache-control"]
            copia.execute("UPDATE organizzazioni_distretto SET denominazione = 'Cambiato da fuori'")
            copia.commit()
            assert _entro(20, lambda: b"Cambiato da fuori" in _chiedi(porta, "/programma/")[2])
            assert _entro(20, file.exists)
            sito.close()
            assert b"Cambiato da fuori" in _chiedi(porta, "/programma/")[2]
            assert _chiedi(porta, "/privacy/")[0] == 502
    copia.close()
