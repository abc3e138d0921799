"""`make prova`: every page of the demonstration is asked, in a quarter of a minute. The first thing to run.

The database is thrown away afterwards, so nothing is put back after each test; it is a file, so these run on SQLite.
"""

import html
import re
from functools import cache
from multiprocessing import get_context
from threading import active_count
from traceback import format_exc
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache as cache_di_django
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from wagtail.models import Page

from organizzazioni.models import Utente
from programma.models import Evidenza

from .scene.demo import demo_di_prima, in_mostra

pytestmark = pytest.mark.xdist_group("demo")

COLLEGAMENTO = re.compile(r'(?:href=|"url": ?)"(/admin/[^"#]*)"')
NESSUNO = ""
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
    cache_di_django.clear()  # limits are by address, and here there is one
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


def _di_tutti():
    return [(NESSUNO, pagina.url) for pagina in Page.objects.live().public().filter(depth__gt=1)]


def _per_intero():
    return [(NESSUNO, indirizzo) for indirizzo in senza_parametri(get_resolver().url_patterns)]


def _schermate():
    """Once each, by the first who is led there: that all of them do, whoever opens them, is `tests/test_offerti.py`."""
    aperte = {"wagtailadmin_pages:edit": ""}  # elsewhere, once for every type
    for chi in CHI:
        for indirizzo in sorted(offerti(entrato(chi))):
            nome = resolve(urlsplit(indirizzo).path).view_name
            if nome not in aperte:
                aperte[nome] = indirizzo
                yield chi, indirizzo


def _nell_editor():
    tipi = {pagina.content_type_id: pagina.pk for pagina in Page.objects.filter(depth__gt=1)}
    return [("admin", reverse("wagtailadmin_pages:edit", args=[pk])) for pk in tipi.values()]


def _evidenze():
    stati = {evidenza.stato: evidenza for evidenza in Evidenza.objects.exclude(stato="bozza")}
    return [("manager", evidenza.get_absolute_url()) for evidenza in stati.values()]


DOMANDE = {
    "the public's pages": (_di_tutti, 100),
    "addresses without parameters": (_per_intero, 20),
    "screens that home and menu lead to": (_schermate, 40),
    "a page of every type in the editor": (_nell_editor, 15),
    "an evidence in every state": (_evidenze, 4),
}
"""What is asked, and how many there are at least."""


@cache
def entrato(chi):
    """The client of who is signed in, in this process."""
    client = Client()
    if chi != NESSUNO:
        client.force_login(Utente.objects.get(username=chi))
    return client


def risposta_a(domanda):
    """What is wrong with the answer, if anything."""
    chi, indirizzo = domanda
    try:
        stato = entrato(chi).get(indirizzo).status_code
    except Exception:  # noqa: BLE001 (told by the test that asked, with the others)
        stato = format_exc()
    return None if stato in (200, 302, ALTRE_RISPOSTE.get(indirizzo)) else stato


@pytest.fixture(scope="module")
def chieste(demo):
    return {che_cosa: {*quali()} for che_cosa, (quali, _) in DOMANDE.items()}


@pytest.fixture(scope="module")
def guasti(chieste):
    """What does not answer, with what it gives. Two processes ask: both are this one, once it has loaded all.

    Where there are threads, as under pytest-xdist, no process may be made of this one: it asks them all.
    """
    domande = sorted(set.union(*chieste.values()))
    if active_count() > 1:
        esiti = map(risposta_a, domande)
    else:
        with get_context("fork").Pool(2, cache_di_django.clear) as processi:
            esiti = processi.map(risposta_a, domande, chunksize=8)
    return {domanda: esito for domanda, esito in zip(domande, esiti, strict=True) if esito is not None}


@pytest.mark.parametrize("che_cosa", DOMANDE)
def test_every_address__answers(chieste, guasti, che_cosa):
    sue, quante = chieste[che_cosa], DOMANDE[che_cosa][1]
    assert len(sue) >= quante
    assert {domanda: esito for domanda, esito in guasti.items() if domanda in sue} == {}
