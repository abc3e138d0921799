"""What the browser tests share: one server with demonstration data, and Chromium."""

from contextlib import contextmanager

import pytest

from tests.mancanze import CHROMIUM, esigi

from .nu import errori_html
from .server import portale_dimostrativo

PAZIENZA = 60_000
"""Milliseconds to wait for what must appear: the machine may be slow and busy, so this only ends what never will."""


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items):
    """All of them in one process: they share one server."""
    for item in items:
        if "browser" in item.path.parent.name:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def portale(tmp_path_factory):
    with portale_dimostrativo(tmp_path_factory.mktemp("portale")) as portale:
        yield portale


@pytest.fixture(scope="module")
def chromium():
    """Closed after each module: Playwright's event loop would get in the way of the tests that use the database."""
    esigi("Chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PAZIENZA)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def nu():
    """The function that finds what is not valid in pages of HTML."""
    esigi("Java", "il controllore di HTML (vnu-jar)")
    return errori_html


@pytest.fixture(scope="module")
def apri(chromium, portale):
    """A context manager: a page at a width, signed in as a role, or as a username, when one is given."""
    sessioni = {}

    @contextmanager
    def _apri(larghezza=1280, ruolo=None, javascript=True):
        contesto = chromium.new_context(
            viewport={"width": larghezza, "height": 900},
            java_script_enabled=javascript,
            locale="it-IT",
            base_url=portale.base,
            storage_state=sessioni.get(ruolo),
        )
        contesto.set_default_timeout(PAZIENZA)
        try:
            pagina = contesto.new_page()
            if ruolo and ruolo not in sessioni:
                pagina.goto("/admin/login/")
                pagina.fill("#id_username", portale.persone.get(ruolo, ruolo))
                pagina.fill("#id_password", portale.password)
                pagina.click("button[type=submit]")
                pagina.wait_for_url("**/admin/")
                sessioni[ruolo] = contesto.storage_state()
            yield pagina
        finally:
            contesto.close()

    return _apri
