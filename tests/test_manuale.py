"""The manual inside the admin: every chapter, link and picture of it, for who signs in and nobody else."""

import re

import pytest
from django.urls import reverse

from home.manuale import CAPITOLI, CARTELLA, capitolo

pytestmark = pytest.mark.django_db
MANUALE = reverse("manuale:manuale")


def test_help__opens_the_manual_and_leaves_for_no_other_site(client_di, referente_a, client):
    html = client_di(referente_a).get(reverse("wagtailadmin_home")).content.decode()
    assert MANUALE in html and "guide.wagtail.org" not in html and "Shortcuts" not in html
    assert client.get(MANUALE).status_code == 302


def test_chapters__are_all_those_written_and_lead_where_they_say(client_di, acs):
    assert {file.stem for file in CARTELLA.glob("*.md")} == set(CAPITOLI)
    client, visti = client_di(acs), {}
    html = client.get(MANUALE).content.decode()
    for nome in CAPITOLI:
        visti[nome] = client.get(reverse("manuale:capitolo", args=[nome])).content.decode()
        assert f">{capitolo(nome).titolo}</a>" in html and len(capitolo(nome).indice) >= 3, nome
    for nome, letto in visti.items():
        testo = str(capitolo(nome).testo)
        assert "](" not in testo and ".md" not in testo and not re.findall("<h1", testo), nome
        for indirizzo in set(re.findall(r'(?:src|href)="([^"]+)"', testo)):
            pagina, _, ancora = indirizzo.partition("#")
            if pagina:
                assert client.get(pagina).status_code == 200, (nome, indirizzo)
            if ancora:
                dove = visti[pagina.rstrip("/").rpartition("/")[2]] if pagina else letto
                assert f'id="{ancora}"' in dove, (nome, indirizzo)


@pytest.mark.parametrize("indirizzo", ["glossario/", "..%2fREADME/", "immagini/no.png", "immagini/..%5cREADME.md"])
def test_manual__serves_nothing_else(client_di, manager, indirizzo):
    assert client_di(manager).get(f"{MANUALE}{indirizzo}").status_code == 404


def test_login__tells_the_browser_what_each_field_is(client):
    html = client.get(reverse("wagtailadmin_login")).content.decode()
    assert 'autocomplete="username"' in html and 'autocomplete="current-password"' in html
