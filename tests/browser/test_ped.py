"""The editorial plan in a real browser: a piece moves by keyboard, by dragging, and without JavaScript."""

import datetime

import pytest
from playwright.sync_api import expect

PEZZO = "Una giornata in cooperativa"


def _apri_mese(pagina, percorso="/admin/piano-editoriale/"):
    """The month where the piece is: this one, or the next."""
    pagina.goto(percorso)
    voce = pagina.locator(".ped-voce", has_text=PEZZO)
    if not voce.count():
        with pagina.expect_navigation():
            pagina.click("[rel=next]")
        voce = pagina.locator(".ped-voce", has_text=PEZZO)
    return voce


def _giorno(voce):
    return voce.evaluate("voce => voce.closest('[data-giorno]').dataset.giorno")


def _vicino(giorno):
    """Another day of the same month."""
    data = datetime.date.fromisoformat(giorno)
    return (data + datetime.timedelta(days=1 if data.day < 15 else -1)).isoformat()


SPEZZATE = """() => [...document.querySelectorAll('.ped-voce > a')].flatMap(({firstChild: testo}) =>
  [...testo.data.matchAll(/\\S+/g)].filter(parola => {
    const tratto = document.createRange();
    tratto.setStart(testo, parola.index);
    tratto.setEnd(testo, parola.index + parola[0].length);
    return new Set([...tratto.getClientRects()].map(({top}) => top)).size > 1;
  }).map(String))"""
"""The words of titles that take more than one line."""


@pytest.mark.parametrize("larghezza", [390, 1280])
def test_month__breaks_no_word_and_fits(apri, larghezza):
    with apri(larghezza, ruolo="manager") as pagina:
        pagina.goto("/admin/piano-editoriale/")
        expect(pagina.locator(".ped-voce").first).to_be_visible()
        assert pagina.evaluate(SPEZZATE) == []
        assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("javascript", [True, False])
def test_move__by_keyboard_with_and_without_javascript(apri, javascript):
    with apri(1280, ruolo="referente.cs4", javascript=javascript) as pagina:
        voce = _apri_mese(pagina)
        nuovo = _vicino(_giorno(voce))
        voce.locator("summary").focus()
        pagina.keyboard.press("Enter")
        voce.locator("[name=giorno]").fill(nuovo)
        voce.locator("button").focus()
        with pagina.expect_navigation():
            pagina.keyboard.press("Enter")
        assert _giorno(pagina.locator(".ped-voce", has_text=PEZZO)) == nuovo
        expect(pagina.locator(".messages")).to_contain_text("spostato al")


def test_move__by_dragging_to_another_day(apri):
    with apri(1280, ruolo="referente.cs4") as pagina:
        voce = _apri_mese(pagina)
        nuovo = _vicino(_giorno(voce))
        with pagina.expect_navigation():
            voce.drag_to(pagina.locator(f"[data-giorno='{nuovo}']"))
        assert _giorno(pagina.locator(".ped-voce", has_text=PEZZO)) == nuovo
