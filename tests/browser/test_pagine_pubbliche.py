"""The public site in a real browser: accessible, fit for a phone, usable without JavaScript and by keyboard."""

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
                const nostri = "form, .pillola, .viste, .pagine, .bottone, .sezione-testa, .invito-posta, .numero";
                const da_leggere = n => n.data.trim() && !n.parentElement.closest(nostri);
                righe.filter(da_leggere).forEach(n => { n.data = "precipitevolissimevolmente".repeat(4); });
            }""")
            if (larga := pagina.evaluate("document.documentElement.scrollWidth")) > 320:
                larghi[tipo] = larga
    assert not larghi


def test_without_javascript__navigation_and_search_work(portale, apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto("/")
        pagina.locator("header summary").click()
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
