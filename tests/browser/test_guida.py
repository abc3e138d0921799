"""What JavaScript adds to the family guide, in a real browser: by keyboard, announced, calling nobody else."""

import pytest

from .accessibilita import violazioni

GUIDA = "/family-guide/"
ANNUNCIO = "[data-annuncio]"


def detto(pagina, testo):
    """Wait until the live region says `testo`."""
    pagina.wait_for_function(
        "([dove, testo]) => document.querySelector(dove).textContent.includes(testo)", arg=[ANNUNCIO, testo]
    )


@pytest.mark.parametrize("larghezza", [390, 1280])
def test_map__is_read_and_used_by_keyboard(portale, apri, larghezza):
    with apri(larghezza) as pagina:
        altrui = []
        pagina.on("request", lambda r: altrui.append(r.url) if not r.url.startswith((portale.base, "data:")) else None)
        pagina.goto(GUIDA)
        pagina.click("text=Elenco e mappa")
        pagina.wait_for_selector(".mappa-segno")
        segni = pagina.locator(".mappa-segno")
        assert segni.count() > 5
        assert all(s.get_attribute("aria-label").endswith(("servizi", "servizio")) for s in segni.all())
        lati = segni.evaluate_all("s => s.map(e => Math.min(e.offsetWidth, e.offsetHeight))")
        assert min(lati) >= 24
        segni.first.focus()
        pagina.keyboard.press("Enter")
        assert pagina.evaluate("document.activeElement.id") == "mappa-luogo"
        assert pagina.locator("#mappa-scheda li a").count()
        assert not violazioni(pagina)
        pagina.keyboard.press("Escape")
        assert pagina.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
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
        assert primo.get_attribute("aria-pressed") == secondo.get_attribute("aria-pressed") == "true"
        pagina.goto(f"{GUIDA}la-mia-lista/")
        pagina.wait_for_url("**/?v=*")
        assert pagina.locator(".lista-voci > li").count() == 2
        assert not violazioni(pagina)
        pagina.click("[data-lista-svuota]")
        detto(pagina, "vuota")
        assert pagina.locator("[data-lista][aria-pressed=true]").count() == 0
        pagina.keyboard.press("Enter")
        detto(pagina, "tornata")
        assert pagina.locator("[data-lista][aria-pressed=true]").count() == 2
        assert not pagina.context.cookies()


def test_list__received_from_another_is_added_on_request(portale, apri):
    with apri(1280) as pagina:
        pagina.goto(GUIDA)
        chiave = pagina.locator("[data-lista]").first.get_attribute("data-lista")
        pagina.goto(f"{GUIDA}la-mia-lista/?v={chiave},999999")
        assert "non è più nella guida" in pagina.inner_text("main")
        pagina.click("text=Aggiungili alla mia lista")
        detto(pagina, "1 servizio")
        pagina.goto(GUIDA)
        assert pagina.inner_text("[data-quanti]") == "1"


def test_without_javascript__the_shared_list_and_the_map_s_list_are_there(apri):
    with apri(390) as con_js:
        con_js.goto(GUIDA)
        chiave = con_js.locator("[data-lista]").first.get_attribute("data-lista")
    with apri(390, javascript=False) as pagina:
        pagina.goto(f"{GUIDA}la-mia-lista/?v={chiave}")
        assert pagina.locator(".lista-voci > li").count() == 1
        pagina.goto(f"{GUIDA}?vista=mappa")
        assert pagina.locator(".elenco > li").count() == 20
        assert pagina.locator("[data-lista]:visible, .viste:visible, .mappa-cornice:visible").count() == 0


def test_without_javascript__a_service_is_found_by_facets_and_words(apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto(GUIDA)
        pagina.click("text=Filtra per età")
        pagina.select_option("#guida-eta", "prima-infanzia")
        pagina.fill("#guida-q", "giocare")
        pagina.click("text=Mostra i servizi")
        assert pagina.locator(".elenco h3", has_text="Tempo Famiglie").count() == 1
        quanti = pagina.locator(".elenco > li").count()
        pagina.click(".guida-scelte a:has-text('Parole')")
        assert pagina.locator(".elenco > li").count() > quanti and "eta=prima-infanzia" in pagina.url
        assert pagina.locator("#guida-comune option", has_text="(0)").count() == 0


def test_without_javascript__an_entry_is_confirmed_from_its_link_once(portale, apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto(portale.da_confermare)
        pagina.click("text=Devo correggere")
        assert "/login/" in pagina.url and pagina.url.endswith("/edit/")
        pagina.goto(portale.da_confermare)
        pagina.click("button:has-text('È tutto giusto')")
        assert "la scheda è confermata" in pagina.inner_text("h1")
        pagina.goto(portale.da_confermare)
        assert "già confermata" in pagina.inner_text("h1")
        assert not pagina.context.cookies() or all(c["name"] == "csrftoken" for c in pagina.context.cookies())


@pytest.mark.parametrize("javascript", [True, False])
def test_report__says_what_is_wrong_then_thanks(portale, apri, javascript):
    with apri(390, javascript=javascript) as pagina:
        pagina.goto(portale.guida[2])
        pagina.click("main button[type=submit]")
        assert pagina.title().startswith("Errore: ")
        assert not javascript or pagina.evaluate("document.activeElement.className").startswith("riquadro")
        pagina.click(".guida-errori a")
        pagina.fill("#id_testo", "Il sabato è chiuso")
        pagina.wait_for_timeout(3100)  # no person is quicker
        pagina.click("main button[type=submit]")
        assert "/guida/grazie/" in pagina.url and "è arrivata" in pagina.inner_text("h1")


def test_copy_link__says_that_it_copied(portale, apri):
    with apri(1280) as pagina:
        pagina.context.grant_permissions(["clipboard-read", "clipboard-write"])
        pagina.goto(portale.pagine["guide.ServizioPage"][0])
        pagina.click("[data-copia]")
        detto(pagina, "Indirizzo copiato")
        assert pagina.evaluate("navigator.clipboard.readText()").endswith(portale.pagine["guide.ServizioPage"][0])
