"""What JavaScript adds to the family guide, in a real browser: by keyboard, announced, calling nobody else."""

import io
import itertools
import re

import pypdf
import pytest
from playwright.sync_api import expect

from .accessibilita import violazioni

GUIDA = "/family-guide/"
ANNUNCIO = "[data-annuncio]"


def detto(pagina, testo):
    """Wait until the live region says `testo`."""
    expect(pagina.locator(ANNUNCIO)).to_contain_text(testo)


@pytest.mark.parametrize("larghezza", [390, 1280])
def test_map__is_read_and_used_by_keyboard_and_its_names_do_not_overlap(portale, apri, larghezza):
    """Without JavaScript: one stop for each municipality, in the list; the letters are measured as they are drawn."""
    with apri(larghezza, javascript=False) as pagina:
        altrui = []
        pagina.on("request", lambda r: altrui.append(r.url) if not r.url.startswith((portale.base, "data:")) else None)
        pagina.goto(GUIDA)
        pagina.click(".viste >> text=Mappa")
        expect(pagina.locator(".territorio-disegno")).to_be_visible()
        nomi = pagina.locator(".territorio-disegno text:visible")
        assert nomi.count() == 15
        riquadri = nomi.evaluate_all(
            "n => n.map(e => e.getBoundingClientRect()).map(r => [r.x, r.y, r.right, r.bottom])"
        )
        for (x, y, destra, basso), (x2, y2, destra2, basso2) in itertools.combinations(riquadri, 2):
            assert x >= destra2 or x2 >= destra or y >= basso2 - 1 or y2 >= basso - 1
        assert min(destra for _, _, destra, _ in riquadri) > 0 and max(r[2] for r in riquadri) <= larghezza
        lati = pagina.locator(".territorio-disegno a").evaluate_all(
            "a => a.map(e => e.getBoundingClientRect()).map(r => Math.min(r.width, r.height))"
        )
        assert min(lati) >= 24, "each can be touched"
        luoghi = pagina.locator(".territorio-luoghi a")
        luoghi.first.focus()
        for n in range(luoghi.count()):
            expect(luoghi.nth(n)).to_be_focused()
            pagina.keyboard.press("Tab")
        luoghi.nth(3).focus()
        quanti = int(luoghi.nth(3).locator("span").first.inner_text().split()[0])
        pagina.keyboard.press("Enter")
        expect(pagina).to_have_url(re.compile("comune=calceranica-al-lago#risultati"))
        expect(pagina.locator("#conto")).to_contain_text(f"{quanti} servizi")
        assert pagina.evaluate("document.documentElement.scrollWidth") <= larghezza
        assert not altrui


def test_list__is_kept_shown_emptied_and_undone(apri):
    with apri(390) as pagina:
        pagina.goto(GUIDA)
        primo, secondo = pagina.locator("[data-lista]").nth(0), pagina.locator("[data-lista]").nth(1)
        primo.click()
        detto(pagina, "messo in lista")
        secondo.focus()
        pagina.keyboard.press("Enter")
        expect(primo).to_have_attribute("aria-pressed", "true")
        expect(secondo).to_have_attribute("aria-pressed", "true")
        pagina.goto(f"{GUIDA}la-mia-lista/")
        expect(pagina).to_have_url(re.compile(r"/\?v="))
        expect(pagina.locator(".lista-voci > li")).to_have_count(2)
        assert not violazioni(pagina)
        pagina.click("[data-lista-svuota]")
        detto(pagina, "vuota")
        expect(pagina.locator("[data-lista][aria-pressed=true]")).to_have_count(0)
        pagina.keyboard.press("Enter")
        detto(pagina, "tornata")
        expect(pagina.locator("[data-lista][aria-pressed=true]")).to_have_count(2)
        assert not pagina.context.cookies()


def test_list__received_from_another_is_added_on_request(portale, apri):
    with apri(1280) as pagina:
        pagina.goto(GUIDA)
        chiave = pagina.locator("[data-lista]").first.get_attribute("data-lista")
        pagina.goto(f"{GUIDA}la-mia-lista/?v={chiave},999999")
        expect(pagina.locator("main")).to_contain_text("non è più nella guida")
        pagina.click("text=Aggiungili alla mia lista")
        detto(pagina, "1 servizio")
        pagina.goto(GUIDA)
        expect(pagina.locator("[data-quanti]")).to_have_text("1")


def test_without_javascript__the_shared_list_and_the_map_s_list_are_there(apri):
    with apri(390) as con_js:
        con_js.goto(GUIDA)
        chiave = con_js.locator("[data-lista]").first.get_attribute("data-lista")
    with apri(390, javascript=False) as pagina:
        pagina.goto(f"{GUIDA}la-mia-lista/?v={chiave}")
        assert pagina.locator(".lista-voci > li").count() == 1
        pagina.goto(f"{GUIDA}?vista=mappa")
        assert pagina.locator(".territorio-luoghi a").count() == 15
        assert pagina.locator("[data-lista]:visible, .mappa-cornice:visible").count() == 0


def test_without_javascript__a_service_is_found_by_facets_and_words(apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto(GUIDA)
        pagina.click("text=Filtra per età")
        pagina.select_option("#guida-eta", "prima-infanzia")
        pagina.fill("#cerca-q", "giocare")
        pagina.click("text=Mostra i servizi")
        expect(pagina).to_have_url(re.compile("q=giocare"))
        expect(pagina.locator(".elenco h3", has_text="Tempo Famiglie")).to_have_count(1)
        quanti = pagina.locator(".elenco > li").count()
        with pagina.expect_navigation():
            pagina.click(".guida-scelte a:has-text('Parole')")
        assert pagina.locator(".elenco > li").count() > quanti and "eta=prima-infanzia" in pagina.url
        assert pagina.locator("#guida-comune option", has_text="(0)").count() == 0


def test_without_javascript__an_entry_is_confirmed_from_its_link_once(portale, apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto(portale.da_confermare)
        pagina.click("text=Entro e correggo")
        expect(pagina).to_have_url(re.compile("/login/.*/edit/$"))
        pagina.goto(portale.da_confermare)
        pagina.click("button:has-text('È tutto giusto')")
        expect(pagina.locator("h1")).to_contain_text("la scheda è confermata")
        pagina.goto(portale.da_confermare)
        expect(pagina.locator("h1")).to_contain_text("già confermata")
        assert not pagina.context.cookies() or all(c["name"] == "csrftoken" for c in pagina.context.cookies())


@pytest.mark.parametrize("javascript", [True, False])
def test_report__says_what_is_wrong_then_thanks(portale, apri, javascript):
    with apri(390, javascript=javascript) as pagina:
        pagina.goto(portale.guida[2])
        pagina.click("main button[type=submit]")
        expect(pagina).to_have_title(re.compile("^Errore: "))
        if javascript:
            expect(pagina.locator(":focus")).to_have_class(re.compile("^riquadro"))
        pagina.click(".guida-errori a")
        pagina.fill("#id_testo", "Il sabato è chiuso")
        pagina.wait_for_timeout(3100)  # no person is quicker
        pagina.click("main button[type=submit]")
        expect(pagina).to_have_url(re.compile("/guida/grazie/"))
        expect(pagina.locator("h1")).to_contain_text("è arrivata")


def test_copy_link__says_that_it_copied(portale, apri):
    with apri(1280) as pagina:
        pagina.context.grant_permissions(["clipboard-read", "clipboard-write"])
        pagina.goto(portale.pagine["guide.ServizioPage"][0])
        pagina.click("[data-copia]")
        detto(pagina, "Indirizzo copiato")
        assert pagina.evaluate("navigator.clipboard.readText()").endswith(portale.pagine["guide.ServizioPage"][0])


@pytest.mark.parametrize(
    "voce", ["/family-guide/asif-chimelli/estate-ragazzi-in-citta/", "/convenzioni/cs4/palestra-e-corsi/"]
)
def test_entry__is_printed_on_one_sheet_with_its_address(apri, voce):
    with apri(1280) as pagina:
        pagina.goto(voce)
        foglio = pypdf.PdfReader(io.BytesIO(pagina.pdf(format="A4")))
        assert len(foglio.pages) == 1
        testo = foglio.pages[0].extract_text()
        assert re.search(r"/s/[0-9]+/", testo) and "0461 000" in testo
