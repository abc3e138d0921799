"""`make prova`: every page of the demonstration is asked, in less than a minute. The first thing to run.

The database is thrown away afterwards, so nothing is put back after each test; it is a file, so these run on SQLite.
"""

import html
import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import get_resolver, resolve, reverse
from wagtail.models import Page

from organizzazioni.models import Utente
from programma.models import Evidenza

from .scene.demo import demo_di_prima, in_mostra

pytestmark = pytest.mark.xdist_group("demo")

COLLEGAMENTO = re.compile(r'(?:href=|"url": ?)"(/admin/[^"#]*)"')
CHI = ("manager", "coordinamento", "acs", "referente.comune", "admin")
ALTRE_RISPOSTE = {
    "/cerca/cercato-invano/": 405,
    "/guida/cercato-invano/": 405,
    "/convenzione/cercato-invano/": 405,
    "/fascicoli/family-guide.pdf": 404,
    "/fascicoli/family-guide-grande.pdf": 404,
    "/fascicoli/family-guide-da-piegare.pdf": 404,
}
"""What is only sent to, and the booklets that nobody has printed."""


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """What templates were given is not kept: nobody looks at it here, and it is a copy of every context."""
    with django_db_blocker.unblock(), in_mostra(demo_di_prima()), pytest.MonkeyPatch.context() as toppa:
        toppa.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
        yield


def che_non_rispondono(client, indirizzi):
    """The addresses that give neither a page nor the way to another, each with what it gives."""
    guasti = []
    cache.clear()  # limits are by address, and here there is one
    for indirizzo in sorted(indirizzi):
        stato = client.get(indirizzo).status_code
        if stato not in (200, 302, ALTRE_RISPOSTE.get(indirizzo)):
            guasti.append((indirizzo, stato))
    return guasti


def offerti(client):
    """The addresses of the admin that the home of who is signed in, and their menu, offer."""
    casa = html.unescape(client.get(reverse("wagtailadmin_home")).content.decode())
    return {indirizzo for indirizzo in COLLEGAMENTO.findall(casa) if "/logout/" not in indirizzo}


def senza_parametri(schemi, prefisso="/"):
    """Every public address of the URLconf that is written in full there."""
    for schema in schemi:
        percorso = prefisso + str(schema.pattern)
        if "<" in percorso or percorso.startswith("/admin/"):
            continue
        if hasattr(schema, "url_patterns"):
            yield from senza_parametri(schema.url_patterns, percorso)
        elif not re.search(r"[\\^(]", percorso):
            yield percorso


def test_public__every_page_opens(client):
    pagine = {pagina.url for pagina in Page.objects.live().public().filter(depth__gt=1)}
    assert len(pagine) > 100
    assert che_non_rispondono(client, pagine) == []


def test_public__every_address_without_parameters_answers(client):
    indirizzi = set(senza_parametri(get_resolver().url_patterns))
    assert {"/cerca/", "/sitemap.xml"} <= indirizzi
    assert che_non_rispondono(client, indirizzi) == []


def test_admin__every_screen_that_home_and_menu_lead_to_opens(client_di):
    """Once each, by the first who is led there: that all of them do, whoever opens them, is `tests/test_offerti.py`."""
    aperte = {"wagtailadmin_pages:edit"}  # below, once for every type
    for chi in CHI:
        client = client_di(Utente.objects.get(username=chi))
        schermate = {resolve(urlsplit(indirizzo).path).view_name: indirizzo for indirizzo in sorted(offerti(client))}
        nuove = {indirizzo for nome, indirizzo in schermate.items() if nome not in aperte}
        assert len(schermate) >= 3 and che_non_rispondono(client, nuove) == [], chi
        aperte |= {*schermate}
    assert len(aperte) > 40


def test_admin__a_page_of_every_type_opens_in_the_editor(client_di):
    tipi = {pagina.content_type_id: pagina.pk for pagina in Page.objects.filter(depth__gt=1)}
    indirizzi = {reverse("wagtailadmin_pages:edit", args=[pk]) for pk in tipi.values()}
    assert che_non_rispondono(client_di(Utente.objects.get(username="admin")), indirizzi) == []


def test_admin__an_evidence_in_every_state_opens(client_di):
    stati = {evidenza.stato: evidenza for evidenza in Evidenza.objects.exclude(stato="bozza")}
    indirizzi = {evidenza.get_absolute_url() for evidenza in stati.values()}
    assert che_non_rispondono(client_di(Utente.objects.get(username="manager")), indirizzi) == []
