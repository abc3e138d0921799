"""The card on the phone, in a real browser: it opens without network, and it is a card without JavaScript."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from .accessibilita import violazioni

CARD = "/card/DEM0001100000011/"
NUMERO = "DEM0-0011-0000-0011"


def test_card__opens_without_network_once_it_was_opened(portale, apri):
    with apri(390) as pagina:
        violate = []
        pagina.on("console", lambda m: violate.append(m.text) if "Content Security Policy" in m.text else None)
        pagina.goto(CARD)
        pagina.get_by_text("si apre anche senza rete").wait_for()
        assert pagina.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.map(x => x.scope))") == [
            portale.url(CARD)
        ]
        pagina.context.set_offline(True)
        pagina.reload()
        expect(pagina.locator("main")).to_contain_text(NUMERO)
        expect(pagina.locator(".qr svg")).to_be_visible()
        assert pagina.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(11, 63, 57)"
        altrove = "fetch('/card/').then(() => 'letta', () => 'senza rete')"  # not goto: Chromium retries it when back
        assert pagina.evaluate(altrove) == "senza rete"
        pagina.context.set_offline(False)
        pagina.goto(CARD)
        assert pagina.evaluate(altrove) == "letta"
        pagina.get_by_text("si apre anche senza rete").wait_for()
        pagina.click("text=Togli da questo telefono")
        pagina.get_by_text("non si apre più").wait_for()
        assert pagina.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.length)") == 0
        assert not violate and not pagina.context.cookies()


def test_card__kept_past_its_day_says_that_it_expired(apri):
    with apri(390) as pagina:
        pagina.clock.install(time="2099-01-01T10:00:00")
        pagina.goto(CARD)
        expect(pagina.locator("[data-scaduta]")).to_be_visible()
        expect(pagina.locator("[data-stato]")).to_be_hidden()


def test_card__shows_a_qr_code_that_another_phone_reads(portale, apri):
    with apri(320) as pagina:
        pagina.goto(CARD)
        letti = zxingcpp.read_barcodes(Image.open(io.BytesIO(pagina.screenshot())))
        assert [codice.text for codice in letti] == [portale.url("/card/verifica/DEM0001100000011/")]
        assert pagina.locator(".qr svg").bounding_box()["width"] > 180


@pytest.mark.parametrize("larghezza", [320, 390, 1280])
def test_card__without_javascript_is_whole_and_accessible(portale, apri, larghezza):
    with apri(larghezza, javascript=False) as pagina:
        pagina.goto(CARD)
        expect(pagina.locator("main")).to_contain_text(NUMERO)
        expect(pagina.locator(".qr svg")).to_be_visible()
        expect(pagina.locator("[data-togli]")).to_be_hidden()
        pagina.goto("/card/")
        pagina.fill("#id_numero", NUMERO.lower())
        pagina.click("text=Controlla se vale")
        expect(pagina.locator("main")).to_contain_text("Card valida")
        expect(pagina).to_have_url(portale.url("/card/"))
    with apri(larghezza) as pagina:
        pagina.goto(CARD)
        assert not violazioni(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= larghezza
