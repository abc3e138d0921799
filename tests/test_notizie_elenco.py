"""One list of news, press releases and events: its filters, its feed, the month as a table."""

import re
from datetime import date, time, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import Page

from notizie.models import (
    ComunicatoPage,
    EventoPage,
    NotiziaPage,
)

from .scene.notizie import dati_di

pytestmark = pytest.mark.django_db


def titoli(risposta):
    return [pezzo.title for pezzo in risposta.context["pezzi"]]


def test_list__is_filtered_by_type_and_period(client, nuovo_pezzo):
    nuovo_pezzo(NotiziaPage, "Notizia", data=date(2025, 5, 1))
    nuovo_pezzo(ComunicatoPage, "Comunicato", data=date(2025, 6, 1))
    nuovo_pezzo(EventoPage, "Mostra", data=date(2025, 4, 1), data_fine=date(2025, 5, 15))
    for dati, attesi in [
        ({"tipo": "evento"}, ["Mostra"]),
        ({"tipo": "comunicato"}, ["Comunicato"]),
        ({"tipo": "notizia"}, ["Notizia"]),
        ({"dal": "2025-05-10", "al": "2025-05-20"}, ["Mostra"]),
        ({"al": "2025-05-01"}, ["Notizia", "Mostra"]),
        ({"dal": "2025-06-02"}, []),
        ({"tipo": "evento", "anno": "2025"}, ["Mostra"]),
    ]:
        assert titoli(client.get("/notizie/", dati)) == attesi, dati


@pytest.mark.parametrize(
    "dati",
    [
        {"tipo": "x"},
        {"dal": "ieri"},
        {"al": "2025-02-30"},
        {"dal": "2025-06-01", "al": "2025-05-01"},
        {"dal": "9" * 30},
        {"dal": '"><b>'},
        {"tipo": "evento", "anno": "-5"},
    ],
)
def test_list__a_bad_filter_gives_the_whole_list(client, nuovo_pezzo, dati):
    nuovo_pezzo(NotiziaPage, "Notizia")
    assert titoli(client.get("/notizie/", dati)) == ["Notizia"]


def test_list__an_event_to_come_is_under_the_day_it_was_announced(client, nuovo_pezzo):
    oggi = timezone.localdate()
    evento = nuovo_pezzo(EventoPage, "Festa", data=oggi + timedelta(days=60))
    Page.objects.filter(pk=evento.pk).update(first_published_at=timezone.now() - timedelta(days=5))
    nuovo_pezzo(NotiziaPage, "Oggi", data=oggi)
    nuovo_pezzo(NotiziaPage, "Prima", data=oggi - timedelta(days=9))
    assert titoli(client.get("/notizie/")) == ["Oggi", "Festa", "Prima"]


def test_list__archive_says_how_many_a_year(client, nuovo_pezzo):
    nuovo_pezzo(NotiziaPage, "Uno", data=date(2024, 5, 1))
    nuovo_pezzo(EventoPage, "Due", data=date(2025, 5, 1))
    nuovo_pezzo(ComunicatoPage, "Tre", data=date(2025, 6, 1))
    risposta = client.get("/notizie/", {"anno": "2025"})
    assert risposta.context["archivio"] == {2025: 2, 2024: 1} and risposta.context["pezzi"].paginator.count == 2


def test_feed__has_the_newest_with_an_identity_that_stays(client, nuovo_pezzo):
    nuovo_pezzo(NotiziaPage, "Notizia", data=date(2025, 5, 1), sommario="Così & <b>così")
    evento = nuovo_pezzo(EventoPage, "Festa", data=date(2025, 5, 2), ora_inizio=time(17))
    risposta = client.get("/notizie/atom/")
    assert risposta["Content-Type"] == "application/atom+xml; charset=utf-8"
    spazio = {"a": "http://www.w3.org/2005/Atom"}
    voci = ElementTree.fromstring(risposta.content).findall("a:entry", spazio)
    assert [voce.findtext("a:title", namespaces=spazio) for voce in voci] == ["Festa", "Notizia"]
    assert voci[0].findtext("a:id", namespaces=spazio) == f"urn:uuid:{evento.translation_key}"
    assert voci[1].findtext("a:summary", namespaces=spazio) == "Così &amp; &lt;b&gt;così"
    assert "Venerdì 2 maggio 2025, alle 17:00" in voci[0].findtext("a:summary", namespaces=spazio)


# The month


def test_month__is_a_table_with_its_caption_and_leads_only_where_something_is(client, nuovo_pezzo):
    nuovo_pezzo(EventoPage, "Festa", data=date(2025, 10, 25), ora_inizio=time(17))
    nuovo_pezzo(EventoPage, "Altra", di="cs4", data=date(2025, 8, 1))
    html = client.get("/notizie/calendario/2025-10/").content.decode()
    assert re.search(r"<caption[^>]*>Eventi di ottobre 2025", html) and html.count('<th scope="col">') == 7
    cella = re.search(r'<time datetime="2025-10-25">25</time>(.*?)</td>', html, re.DOTALL).group(1)
    assert "17:00" in cella and ">Festa</a>" in cella
    assert re.search(r'rel="prev"\s+href="/notizie/calendario/2025-09/"', html) and 'rel="next"' not in html
    assert 'rel="canonical" href="http://localhost/notizie/calendario/2025-10/"' in html.replace(":8000", "").replace(
        "127.0.0.1", "localhost"
    )
    vuoto = client.get("/notizie/calendario/2025-09/").content.decode()
    assert "noindex" in vuoto and "Nessun evento" in vuoto
    assert "Altra" not in client.get("/notizie/asif-chimelli/calendario/2025-08/").content.decode()


@pytest.mark.parametrize("resto", ["calendario/2025-13/", "calendario/x/", "calendario/2025-10/x/", "atom/x/", "ics/"])
def test_month__what_is_none_is_not_found(client, resto):
    assert client.get(f"/notizie/{resto}").status_code == 404


def test_social_preview__has_title_description_and_address(client, nuovo_pezzo):
    comunicato = nuovo_pezzo(ComunicatoPage, "Estate", sommario="Si comincia")
    html = client.get(comunicato.url).content.decode()
    for atteso in (
        'property="og:title" content="Estate"',
        'property="og:description" content="Si comincia"',
        'property="og:type" content="article"',
        'rel="canonical"',
    ):
        assert atteso in re.sub(r"\s+", " ", html)
    assert dati_di(html)["@type"] == "NewsArticle"
