"""The public site in a real browser: accessible, fit for a phone, usable without JavaScript and by keyboard."""

import re

from playwright.sync_api import expect

from .accessibilita import esamina


def una_per_tipo(portale):
    """The first live page of each type, the search with and without words, and the 404."""
    return [percorsi[0] for percorsi in portale.pagine.values()] + portale.senza_pagina


def test_every_page_type__is_accessible_and_fits_and_calls_nobody_else(portale, apri):
    """axe and no sideways scroll at both widths; the content policy is strict, kept, and nothing leaves the site."""
    esito, violate, altrui = {}, [], []
    with apri() as pagina:
        pagina.on("console", lambda m: violate.append(m.text) if "Content Security Policy" in m.text else None)
        pagina.on("request", lambda r: altrui.append(r.url) if not r.url.startswith((portale.base, "data:")) else None)
        for percorso in una_per_tipo(portale):
            politica = pagina.goto(percorso).headers["content-security-policy"]
            assert "unsafe" not in politica and "script-src 'self'" in politica, percorso
            esamina(pagina, percorso, esito)
    assert not esito
    assert not violate
    assert not altrui


def test_news__words_as_long_as_an_address_are_broken_where_there_is_no_room(portale, apri):
    """At 320 pixels, which is also a page enlarged four times: titles, places and mailboxes are what people write."""
    larghi = {}
    with apri(320) as pagina:
        for tipo in (
            "notizie.NotiziaPage",
            "notizie.ComunicatoPage",
            "notizie.EventoPage",
            "notizie.NotizieIndexPage",
            "home.HomePage",
        ):
            pagina.goto(portale.pagine[tipo][0])
            pagina.evaluate("""() => {
                const scritti = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
                const righe = [...document.querySelectorAll(".briciole a")].map(a => a.firstChild);
                while (scritti.nextNode()) righe.push(scritti.currentNode);
                const nostri = "form, .pillola, .viste, .pagine, .bottone, .numero";
                const da_leggere = n => n.data.trim() && !n.parentElement.closest(nostri);
                righe.filter(da_leggere).forEach(n => { n.data = "precipitevolissimevolmente".repeat(4); });
            }""")
            if (larga := pagina.evaluate("document.documentElement.scrollWidth")) > 320:
                larghi[tipo] = larga
    assert not larghi


def test_home__the_question_and_the_moments_are_in_the_first_screen_of_a_phone(portale, apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto("/")
        pagina.reload()  # on a busy machine the faces come too late for the first time, and those of a server are wider
        fondo = "e => e.getBoundingClientRect().bottom"
        assert pagina.locator("#q").evaluate(fondo) < 400
        momenti = pagina.locator(".momenti a")
        assert 6 <= momenti.count() <= 8 and momenti.last.evaluate(fondo) < 844
        assert pagina.evaluate("document.documentElement.scrollHeight") <= 5 * 844
        momenti.first.click()
        expect(pagina).to_have_url(re.compile("fase="))
        expect(pagina.locator("#risultati .elenco h3").first).to_be_visible()


def test_list__a_choice_leads_to_the_results_and_their_count(portale, apri):
    """By a link alone: the count is at the top of the screen and has the focus, the filters are closed."""
    with apri(390, javascript=False) as pagina:
        pagina.emulate_media(reduced_motion="reduce")  # the way down there is not a movement to wait for
        for partenza, scelta in (("/family-guide/", ".momenti a"), ("/family-guide/", ".guida-bisogni a")):
            pagina.goto(partenza)
            pagina.locator(scelta).first.click()
            expect(pagina.locator("#risultati")).to_be_focused()  # waits for the page that the click asked for
            cima = "e => e.getBoundingClientRect().top"
            assert -1 < pagina.locator("#conto").evaluate(cima) < 200
            assert pagina.locator("#risultati h3").first.evaluate(cima) < 500
            assert pagina.locator("details.filtri").get_attribute("open") is None


def test_without_javascript__navigation_and_search_work(portale, apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto("/")
        pagina.locator("#menu summary").click()
        voci = pagina.locator("header a:visible, nav a:visible").evaluate_all("voci => voci.map(v => v.pathname)")
        principali = [percorsi[0] for tipo, percorsi in portale.pagine.items() if tipo.endswith("IndexPage")]
        assert set(principali) <= set(voci), "every index page is reachable from the header without JavaScript"
        pagina.goto("/cerca/?q=Chimelli")
        assert pagina.locator("main a", has_text="Chimelli").count() > 0


def test_keyboard__skip_link_comes_first_and_focus_is_always_visible(portale, apri):
    with apri(1280) as pagina:
        pagina.goto("/")
        pagina.keyboard.press("Tab")
        primo = pagina.evaluate("document.activeElement.getAttribute('href')")
        assert primo and primo.startswith("#"), "the first stop is the skip link"
        assert pagina.evaluate("document.querySelector(document.activeElement.getAttribute('href')) !== null")
        for _ in range(25):
            visibile = pagina.evaluate("""() => {
                const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
                const segno = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
                return r.width > 0 && r.height > 0 && segno ? '' : e.outerHTML.slice(0, 200);
            }""")
            assert not visibile, f"focus cannot be seen on {visibile}"
            pagina.keyboard.press("Tab")
