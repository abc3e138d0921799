"""Public pages: the same for everyone, found by everyone, and never broken by what is typed."""

import json
import re
from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Page

from home.models import ContenutoPage, HomePage, SezioneHome
from home.views import errore_del_server
from notizie.models import ComunicatoPage, EventoPage, NotiziaPage, SezioneNotiziePage
from organizzazioni.models import Distretto, OrganizzazionePage
from programma.models import AzionePage, ProgrammaPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def nuova_notizia():
    def nuova(titolo, organizzazione="asif-chimelli", azioni=(), **campi):
        sezione = SezioneNotiziePage.objects.get(organizzazione__chiave=organizzazione)
        notizia = NotiziaPage(title=titolo, **{"data": "2025-05-01", **campi})
        notizia.azioni_realizzate = list(azioni)
        return sezione.add_child(instance=notizia)

    return nuova


def pagine_pubbliche():
    return [p.get_url() for p in Page.objects.filter(depth__gt=1).live()]


def test_every_public_page__answers_and_is_the_same_for_every_anonymous_visitor(client, nuova_notizia):
    nuova_notizia("Una notizia", corpo=[("titolo", "Sezione"), ("citazione", {"testo": "Ecco", "autore": ""})])
    for indirizzo in [*pagine_pubbliche(), "/cerca/?q=famiglia", "/dati-aperti/", "/newsletter/"]:
        risposta = client.get(indirizzo)
        assert risposta.status_code == 200, indirizzo
        assert not risposta.cookies, indirizzo
        assert "cookie" not in risposta.get("Vary", "").lower(), indirizzo


def test_every_public_page__has_one_h1_one_current_place_and_no_inline_code(client, nuova_notizia):
    nuova_notizia("Una notizia", sommario="In breve", corpo=[("testo", "<p>Testo</p>")])
    for indirizzo in [*pagine_pubbliche(), "/dati-aperti/", "/newsletter/", "/newsletter/iscriviti/"]:
        html = client.get(indirizzo).content.decode()
        assert html.count("<h1") == 1, indirizzo
        lingua = re.fullmatch("/family-guide/([a-z]{2,3})/", indirizzo)
        assert f'<html lang="{lingua[1] if lingua else "it"}"' in html
        assert not re.search(r"\sstyle=|\son\w+=|<style", html), indirizzo
        # Data, and files of ours that the page does not wait for.
        ammessi = r'<script(?! type="application/(?:ld\+)?json"| src="/static/[^"]+" defer>)'
        assert re.findall(ammessi, html) == [], indirizzo
        assert not re.search(r'(src|href)="//|src="http', html), indirizzo


def test_public_page__needs_no_more_rights_of_the_signed_in(client_di, referente_a):
    """Who is signed in sees the same page: no userbar, no name."""
    anonimo = Client().get("/programma/").content
    assert client_di(referente_a).get("/programma/").content == anonimo


def test_menu__marks_where_we_are(client):
    html = client.get("/programma/2025/").content.decode()
    assert re.search(r'<a href="/programma/"\s+aria-current="true">', html)
    assert html.count('aria-current="page"') == 1  # the last breadcrumb


def test_footer__lists_the_pages_outside_the_menu_and_the_contacts(client):
    html = client.get("/").content.decode()
    piede = html[html.index('<footer id="piede"') :]
    for slug in ("accessibilita", "privacy", "licenza", "segnala-un-problema"):
        assert f'href="/{slug}/"' in piede
    assert f"mailto:{Distretto.objects.get().email}" in piede


def test_draft_and_unpublished_pages__are_not_found_nor_listed(client, nuova_notizia):
    nuova_notizia("Segreta", slug="segreta", live=False)
    assert client.get("/notizie/asif-chimelli/segreta/").status_code == 404
    for indirizzo in ("/", "/notizie/", "/organizzazioni/asif-chimelli/", "/sitemap.xml", "/cerca/?q=segreta"):
        assert "Segreta" not in client.get(indirizzo).content.decode()


def test_private_page__asks_for_the_password(client):
    """The short way to view restrictions (one query) hides what core's own way hides, also from below."""
    indice = Page.objects.get(slug="programma")
    indice.view_restrictions.create(restriction_type="password", password="x")
    for indirizzo in ("/programma/", "/programma/2025/", "/programma/2025/centro-famiglie/"):
        assert b"password" in client.get(indirizzo).content.lower()
    assert b"Le azioni" not in client.get("/programma/2025/").content


def test_path__that_goes_below_a_page_is_not_found(client):
    for indirizzo in ("/programma/2025/x/", "/x/programma/", "/programma/" + "a/" * 200):
        assert client.get(indirizzo).status_code == 404


def test_404__is_friendly(client):
    risposta = client.get("/non-c-e/")
    assert risposta.status_code == 404
    html = risposta.content.decode()
    assert "Questa pagina non c'è" in html and 'action="/cerca/"' in html and "noindex" in html


def test_500__needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        risposta = errore_del_server(RequestFactory().get("/"))
    assert risposta.status_code == 500 and "problema" in risposta.content.decode()


def test_sitemap__has_every_public_page(client, nuova_notizia):
    nuova_notizia("Una notizia")
    html = client.get("/sitemap.xml").content.decode()
    assert html.count("<loc>") == Page.objects.filter(depth__gt=1).live().count()


def test_robots__names_the_map_and_keeps_out_of_the_admin(client):
    testo = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in testo and "Sitemap: http://testserver/sitemap.xml" in testo


# Home


def test_home__shows_what_the_manager_chose_in_their_order(client, nuova_notizia):
    nuova_notizia("Una notizia")
    home = HomePage.objects.get()
    assert [tipo for tipo, _ in client.get("/").context["sezioni"]] == ["notizie", "programma", "aderenti"]
    home.sezioni = [SezioneHome(tipo=tipo, sort_order=n) for n, tipo in enumerate(["aderenti", "notizie", "aderenti"])]
    home.save()
    html = client.get("/").content.decode()
    assert 0 < html.index('id="aderenti"') < html.index('id="notizie"') and 'id="programma"' not in html
    assert html.count('id="aderenti"') == 1


def test_home__leaves_past_events_by_itself(client, monkeypatch):
    sezione = SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli")
    sezione.add_child(
        instance=EventoPage(
            title="Festa di sera",
            data=date(2026, 3, 28),
            ora_inizio=time(21),
            ora_fine=time(23),
            sommario="Si balla",
        )
    )
    for ora, si_vede in ((22, True), (23, False)):
        adesso = timezone.make_aware(datetime(2026, 3, 28, ora))
        monkeypatch.setattr(timezone, "now", lambda adesso=adesso: adesso)
        assert (b"Festa di sera" in client.get("/").content) is si_vede


# Search


def test_search__finds_every_word_and_says_how_many(client):
    html = client.get("/cerca/", {"q": "gruppo solidale"}).content.decode()
    assert "1 risultato per «gruppo solidale»" in html and "Gruppo di acquisto solidale" in html and "Azione" in html


def test_search__an_apostrophe_is_a_space(client):
    assert "mettersi in proprio" in client.get("/cerca/", {"q": "L'impresa"}).content.decode()


def test_search__of_a_singular_finds_the_plural(client):
    assert "/programma/2025/convenzioni/" in client.get("/cerca/", {"q": "convenzione"}).content.decode()


def test_search__without_results_says_what_to_do(client):
    assert "Nessun risultato per «zzz»" in client.get("/cerca/", {"q": "zzz"}).content.decode()


@pytest.mark.parametrize(
    "q", ["", "  ", "'", '"', "*", "(", "AND OR NOT", "a" * 101, "%00", "\x00", "<script>", "-", "è"]
)
def test_search__takes_whatever_is_typed(client, q):
    assert client.get("/cerca/", {"q": q, "pagina": "zz"}).status_code == 200


# News


@pytest.mark.parametrize(
    "dati",
    [
        {"azione": "x"},
        {"azione": "9" * 40},
        {"anno": "-1"},
        {"anno": "duemila"},
        {"organizzazione": "\x00"},
        {"organizzazione": "nessuna"},
        {"pagina": "9999"},
        {"pagina": "-"},
    ],
)
def test_news__a_bad_filter_gives_the_whole_list(client, nuova_notizia, dati):
    nuova_notizia("Prima notizia")
    for indirizzo in ("/notizie/", "/notizie/asif-chimelli/"):
        risposta = client.get(indirizzo, dati)
        assert risposta.status_code == 200 and "Prima notizia" in risposta.content.decode()


def test_news__is_filtered_by_body_action_and_year(client, nuova_notizia, programma):
    azione, altra = AzionePage.objects.child_of(programma).filter(numero__in=[5, 6])
    nuova_notizia("Guida", azioni=[azione])
    nuova_notizia("Acquisti", "cs4", azioni=[altra], data="2024-03-01")
    for dati, trovata in [
        ({"organizzazione": "cs4"}, "Acquisti"),
        ({"azione": azione.pk}, "Guida"),
        ({"anno": 2024}, "Acquisti"),
        ({"organizzazione": "asif-chimelli", "anno": 2025}, "Guida"),
    ]:
        assert [n.title for n in client.get("/notizie/", dati).context["pezzi"]] == [trovata]
    assert [n.title for n in client.get("/notizie/").context["pezzi"]] == ["Guida", "Acquisti"]
    assert [n.title for n in client.get("/notizie/cs4/").context["pezzi"]] == ["Acquisti"]


def test_news__appears_on_the_actions_it_realises_and_on_its_organisation(client, nuova_notizia, programma):
    azione = AzionePage.objects.child_of(programma).get(numero=8)
    nuova_notizia("Un incontro", azioni=[azione], sommario="Se ne parla insieme")
    for indirizzo in (azione.url, "/organizzazioni/asif-chimelli/", "/"):
        assert "Un incontro" in client.get(indirizzo).content.decode(), indirizzo
    assert "Un incontro" not in client.get("/organizzazioni/cs4/").content.decode()
    notizia = client.get("/notizie/asif-chimelli/un-incontro/").content.decode()
    assert "Centro famiglie" in notizia and "ASIF Chimelli" in notizia


def test_news__data_for_search_engines_cannot_leave_their_block(client, nuova_notizia):
    nuova_notizia("</script><b>ciao", slug="ciao")
    html = client.get("/notizie/asif-chimelli/ciao/").content.decode()
    blocco = re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1)
    assert json.loads(blocco)["headline"] == "</script><b>ciao"


# Programme and organisations


def test_action__names_its_bodies_and_classification(client):
    html = client.get("/programma/2025/l-impresa-di-mettersi-in-proprio/").content.decode()
    for atteso in ("Distretto Famiglia Valsugana e Tesino", "Istituto Degasperi", "E0310", "/cciaa-trento/"):
        assert atteso in html


def test_public_programme__shows_no_percentage_and_no_duty_of_the_manager(client, programma):
    for pagina in [programma, *AzionePage.objects.child_of(programma)]:
        html = client.get(pagina.url).content.decode()
        assert "%" not in html and "V.A.M.T." not in html and "Comunicati stampa" not in html


def test_action__shows_its_progress_only_where_the_programme_publishes_it(client, programma):
    azione = AzionePage.objects.child_of(programma).get(numero=5)
    assert "Avanzamento" not in client.get(azione.url).content.decode()
    programma.pubblica_avanzamento = True
    programma.save()
    assert "Avanzamento indicativo: <strong>0%</strong>" in client.get(azione.url).content.decode()
    monitorata = AzionePage.objects.child_of(programma).get(numero=8)
    assert "Avanzamento" not in client.get(monitorata.url).content.decode()


def test_organisations__members_come_before_partners_and_the_district_is_neither(client):
    contesto = client.get("/organizzazioni/").context
    assert len(contesto["aderenti"]) == 6 and len(contesto["partner"]) == 7
    assert "Distretto Family Audit Alta Valsugana" not in [o.denominazione for o in contesto["partner"]]


def test_preview__of_a_draft_shows_the_page(client_di, manager):
    """Pages read through a revision have none of what the routed query joins."""
    for pagina in (NotiziaPage, ComunicatoPage, OrganizzazionePage, AzionePage, ProgrammaPage, ContenutoPage, HomePage):
        oggetto = pagina.objects.first() or pagina(title="Bozza", slug="bozza", path="0001000100010001", depth=4)
        risposta = oggetto.make_preview_request(preview_mode=oggetto.default_preview_mode)
        assert risposta.status_code == 200
    evento = EventoPage(title="Bozza", slug="bozza", path="0001000100010001", depth=4, data=date(2026, 1, 1))
    assert evento.make_preview_request().status_code == 200


def test_every_public_page__has_a_title_of_its_own_a_description_and_a_picture(client, nuova_notizia):
    nuova_notizia("Una notizia", sommario="In breve")
    titoli = {}
    for indirizzo in pagine_pubbliche():
        html = client.get(indirizzo).content.decode()
        (titolo,) = re.findall("<title>(.*?)</title>", html)
        assert titoli.setdefault(titolo, indirizzo) == indirizzo, titolo
        if "noindex" not in html:
            assert re.search(r'<meta name="description" content="[^"]+', html), indirizzo
        assert html.count('property="og:image"') == 1, indirizzo


def test_canonical__of_the_second_page_of_a_list_is_its_own_and_of_a_filter_is_the_list_s(client, nuova_notizia):
    for numero in range(30):
        nuova_notizia(f"Notizia numero {numero}", data=date(2025, 1, 1) + timedelta(days=numero))

    def canonico(domanda):
        (trovato,) = re.findall(
            '<link rel="canonical" href="([^"]*)"', client.get(f"/notizie/{domanda}").content.decode()
        )
        return trovato.partition("/notizie/")[2]

    assert canonico("?pagina=2") == "?pagina=2"
    assert [canonico(d) for d in ("", "?pagina=1", "?pagina=x", "?q=a&pagina=2", "?utm=2")] == [""] * 5
    assert canonico("?pagina=99") == "?pagina=3"  # what it shows


def test_site__has_the_files_that_browsers_and_phones_ask_for(client):
    for indirizzo in ("/favicon.ico", "/apple-touch-icon.png"):
        risposta = client.get(indirizzo)
        assert risposta.status_code == 302 and find(risposta.url.removeprefix("/static/")), indirizzo
    manifesto = client.get("/sito.webmanifest")
    assert manifesto["Content-Type"] == "application/manifest+json"
    dati = manifesto.json()
    assert dati["name"] and dati["start_url"] == "/" and dati["display"] == "minimal-ui"
    assert resolve(dati["share_target"]["action"]).url_name == "condividi"
    for icona in dati["icons"]:
        with Image.open(find(icona["src"].removeprefix("/static/"))) as disegno:
            assert icona["sizes"] == "{}x{}".format(*disegno.size)
    assert client.get("/.well-known/change-password").url == reverse("wagtailadmin_account")


def test_security_txt__says_whom_to_write_to_and_only_where_there_is_somebody(client):
    Distretto.objects.update(email="")
    assert client.get("/.well-known/security.txt").status_code == 404
    Distretto.objects.update(email="distretto@example.org")
    righe = dict(r.split(": ", 1) for r in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert righe["Contact"] == "mailto:distretto@example.org"
    assert timedelta(0) < datetime.fromisoformat(righe["Expires"]) - timezone.now() < timedelta(days=365)
