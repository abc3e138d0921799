"""Conventions in a real browser: found without JavaScript, answered and proposed by keyboard."""

from playwright.sync_api import expect


def test_without_javascript__a_convention_is_found_by_its_facets(apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto("/convenzioni/")
        pagina.click("summary:has-text('Filtra')")
        pagina.select_option("select[name=categoria]", "sport")
        pagina.click("text=Mostra le convenzioni")
        expect(pagina.locator("#risultati")).to_contain_text("2 convenzioni")
        pagina.click("#risultati >> text=Categoria: Sport e movimento")
        expect(pagina.locator("#risultati")).to_contain_text("Convenzioni in vigore")
        pagina.goto("/convenzioni/comunita-alta-valsugana/bici-a-noleggio/")
        assert "è scaduta il" in pagina.inner_text("main")


def test_partner__answers_by_keyboard_without_javascript_once(portale, apri):
    pagina_pubblica, collegamento = portale.convenzioni["pagina"], portale.convenzioni["da_usare"]
    with apri(390, javascript=False) as pagina:
        pagina.goto(pagina_pubblica)
        assert "Confermata dal partner" not in pagina.inner_text("main")
        pagina.goto(collegamento)
        pagina.locator("button[name=conferma]").focus()
        pagina.keyboard.press("Tab")
        expect(pagina.locator(":focus")).to_have_attribute("name", "testo")
        pagina.keyboard.press("Shift+Tab")
        pagina.keyboard.press("Enter")
        pagina.get_by_role("heading", name="Grazie").wait_for()
        assert pagina.goto(collegamento).status == 410 and "Hai già risposto" in pagina.inner_text("h1")
        pagina.goto(pagina_pubblica)
        assert "Confermata dal partner" in pagina.inner_text("main") and not pagina.context.cookies()


def test_proposal__is_written_by_keyboard_without_javascript(apri):
    with apri(390, javascript=False) as pagina:
        pagina.goto("/convenzione/proponi/")
        pagina.get_by_role("button", name="Invia").focus()
        pagina.keyboard.press("Enter")
        expect(pagina.locator("[role=alert]")).to_contain_text("Da correggere")
        pagina.click("[role=alert] a >> nth=0")
        pagina.locator("#id_partner").focus()
        pagina.keyboard.type("Maneggio")
        for _ in range(2):
            pagina.keyboard.press("Tab")
        pagina.keyboard.type("Una prova gratuita")
        for _ in range(4):  # where, contacts, e-mail, and past the trap to the button
            pagina.keyboard.press("Tab")
        pagina.keyboard.press("Enter")
        pagina.get_by_role("heading", name="Grazie").wait_for()
        assert not pagina.context.cookies()
