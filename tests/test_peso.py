"""What a page asks a phone to carry, counted as it travels: compressed."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string

pytestmark = pytest.mark.django_db
KB = 1024
FOGLI, PROGRAMMI, PROGRAMMI_CON_LE_TESSERE, CARATTERI = 20 * KB, 6 * KB, 60 * KB, 60 * KB
"""The most that a page may ask of each kind, in bytes."""


def _peso(nomi):
    dati = {nome: Path(finders.find(nome)).read_bytes() for nome in nomi}
    return sum(len(d) if nome.endswith(".woff2") else len(gzip.compress(d, 9)) for nome, d in dati.items())


@pytest.mark.parametrize(
    "indirizzo",
    ["/", "/family-guide/", "/family-guide/?vista=mappa", "/convenzioni/", "/programma/2025/", "/notizie/", "/card/"],
)
def test_page__is_light(client, indirizzo):
    html = client.get(indirizzo).content.decode()
    nomi = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html))
    fogli = {nome for nome in nomi if nome.endswith(".css")}
    caratteri = {
        f"fonts/{percorso}"
        for foglio in fogli
        for percorso in re.findall(r"fonts/([^\"')]+\.woff2)", Path(finders.find(foglio)).read_text())
    }
    assert fogli and len(caratteri) == 3
    assert _peso(fogli) < FOGLI
    assert _peso(nome for nome in nomi if nome.endswith(".js")) < PROGRAMMI
    assert _peso(caratteri) < CARATTERI
    assert {f"fonts/{nome}" for nome in re.findall(r"fonts/([^\"]+\.woff2)", html)} == caratteri, "ask for them at once"


def test_map__over_tiles_is_light_too():
    nomi = re.findall(r'src="/static/([^"]+\.js)"', render_to_string("includes/mappa_testa.html"))
    assert len(nomi) == 2 and PROGRAMMI < _peso(nomi) < PROGRAMMI_CON_LE_TESSERE


def test_collected__is_what_something_names(capsys):
    call_command("collectstatic", "--noinput", "--dry-run", verbosity=1)
    quanti = int(re.search(r"(\d+) static file", capsys.readouterr().out)[1])
    assert quanti < 250
    assert finders.find("css/bootstrap-italia.min.css") is None
