"""With the keys alone: a whole page can be walked, past dates too, and what has the focus is never covered."""

import pytest
from playwright.sync_api import expect

ALTA = 700
IN_VISTA = """() => {
    const e = document.activeElement, r = e.getBoundingClientRect();
    return [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]].some(([a, b]) => {
        const sopra = document.elementFromPoint(r.left + r.width * a, r.top + r.height * b);
        return sopra && (e.contains(sopra) || sopra.contains(e));
    });
}"""
"""Whether some part of what has the focus is at the front: 2.4.11."""
PASSI = 150


def _cammina(pagina, tasto):
    """Where each press leads, until the end of the page; waits, at each, for the page to come to it."""
    passi = []
    for _ in range(PASSI):
        pagina.keyboard.press(tasto)
        dove = pagina.evaluate("document.activeElement === document.body ? '' : document.activeElement.outerHTML")
        if not dove:
            return passi
        pagina.wait_for_function(IN_VISTA)
        passi.append(dove)
    raise AssertionError(f"no end after {PASSI} presses of {tasto}: {passi[-3:]}")


def test_dates__are_walked_past_and_the_end_of_the_page_is_reached(portale, apri):
    """A date of the browser's own has a stop for each of its parts, and leaves the focus after the last."""
    with apri(1280) as pagina:
        pagina.emulate_media(reduced_motion="reduce")
        pagina.set_viewport_size({"width": 1280, "height": ALTA})
        pagina.goto("/notizie/")
        pagina.locator("details.filtri summary").focus()
        if pagina.locator("details.filtri").get_attribute("open") is None:
            pagina.keyboard.press("Enter")
        date = pagina.locator("details.filtri input[type=date]")
        expect(date.first).to_be_visible()
        passi = _cammina(pagina, "Tab")
        nomi = [passo for passo in passi if 'type="date"' in passo]
        assert len(set(nomi)) == date.count() == 2 < len(nomi) <= 2 * 4
        assert "footer" not in passi[0] and len(passi) > passi.index(nomi[-1]) + 5, "the page goes on after them"


@pytest.mark.parametrize("larghezza", [390, 1280])
def test_focus__is_never_under_the_bars_that_stay(portale, apri, larghezza):
    with apri(larghezza, ruolo="Manager territoriale") as pagina:
        pagina.emulate_media(reduced_motion="reduce")
        pagina.set_viewport_size({"width": larghezza, "height": ALTA})
        pagina.goto("/admin/evidenze/coda/")
        expect(pagina.locator(".ev-azioni--fisse")).to_be_visible()
        pagina.locator("main input[type=checkbox]").first.focus()
        assert len(_cammina(pagina, "Tab")) > 5
        assert len(_cammina(pagina, "Shift+Tab")) > 15
