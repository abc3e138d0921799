"""Our pages in the admin, in a real browser: accessible, fit for a phone, within the admin's own content policy."""

import pytest

from .accessibilita import violazioni

# Role (or, where it names a state, who submitted that evidence) and what they open.
PAGINE = [
    ("Referente", "/admin/"),
    ("Referente", "/admin/evidenze/"),
    ("Referente", "/admin/evidenze/nuova/"),
    ("Referente", "/admin/evidenze/punteggio/"),
    ("Referente", "/admin/convenzioni/"),
    ("Referente", "/admin/convenzioni/{convenzione}/"),
    ("Referente", "/admin/centri-estivi/"),
    ("Referente", "/admin/centri-estivi/{centro}/"),
    ("Manager territoriale", "/admin/centri-estivi/rapporto/"),
    ("Referente", "/admin/card/"),
    ("Referente", "/admin/card/{lotto}/"),
    ("Manager territoriale", "/admin/card/concedi/"),
    ("bozza", "/admin/evidenze/{bozza}/modifica/"),
    ("approvata", "/admin/evidenze/{approvata}/"),
    ("Manager territoriale", "/admin/"),
    ("Manager territoriale", "/admin/evidenze/coda/"),
    ("Manager territoriale", "/admin/evidenze/{inviata}/"),
    ("Manager territoriale", "/admin/evidenze/punteggio/"),
    ("Manager territoriale", "/admin/evidenze/programmi/"),
    ("Manager territoriale", "/admin/cercato_invano/"),
    ("Manager territoriale", "/admin/guida/freschezza/"),
    ("Manager territoriale", "/admin/guida/segnalazioni/"),
    ("Manager territoriale", "/admin/guida/ritiri/"),
    ("Coordinamento", "/admin/evidenze/coda/"),
    ("ACS", "/admin/evidenze/"),
]
LARGHEZZE = (390, 1280)


@pytest.fixture
def visita(portale, apri):
    """Yield (name, page) for each of `PAGINE` at a width, each opened as whom it is for."""

    def _visita(larghezza):
        for chi, modello in PAGINE:
            percorso = modello.format(
                **portale.evidenze, centro=portale.centro, convenzione=portale.convenzione, lotto=portale.lotto
            )
            with apri(larghezza, ruolo=portale.di_chi.get(chi, chi)) as pagina:
                assert pagina.goto(percorso).status == 200, percorso
                yield f"{chi} {percorso} a {larghezza}", pagina

    return _visita


@pytest.mark.parametrize("larghezza", LARGHEZZE)
def test_axe__finds_nothing_in_what_is_ours(visita, larghezza):
    trovate = {nome: righe for nome, pagina in visita(larghezza) if (righe := violazioni(pagina, dentro="main"))}
    assert not trovate


def test_phone__never_scrolls_sideways(visita):
    larghe = {}
    for nome, pagina in visita(390):
        larghezza = pagina.evaluate("document.documentElement.scrollWidth")
        if larghezza > 390:
            larghe[nome] = larghezza
    assert not larghe


@pytest.fixture
def sorvegliata(apri):
    """A page of the manager that collects what the browser refuses, and calls to anyone else."""
    with apri(1280, ruolo="Manager territoriale") as pagina:
        pagina.set_default_timeout(10_000)
        proteste = []
        pagina.on("console", lambda m: proteste.append(m.text) if "Content Security Policy" in m.text else None)
        pagina.on("pageerror", lambda errore: proteste.append(str(errore)))
        pagina.proteste = proteste
        yield pagina


def test_editor__works_within_its_policy(sorvegliata, portale):
    """Title, date, a block of text, the link chooser, an image upload, the preview and a saved draft."""
    pagina = sorvegliata
    pagina.goto(f"/admin/pages/add/notizie/notiziapage/{portale.sezione_del_distretto}/")
    pagina.fill("#id_title", "Prova della politica dei contenuti")
    pagina.click("#id_data")
    pagina.locator(".xdsoft_datetimepicker:visible .xdsoft_today").click()
    pagina.click("#id_immagine-chooser .chooser__choose-button")
    pagina.get_by_role("tab", name="Carica").click()
    pagina.set_input_files(".modal input[type=file]", files=[_immagine()])
    pagina.fill(".modal [name$=description]", "Un quadrato rosso")
    pagina.locator(".modal form[enctype] button[type=submit]").click()
    pagina.locator("#id_immagine-chooser:not(.blank)").wait_for()
    with pagina.expect_navigation():
        pagina.locator("button.action-save").first.click()
    assert pagina.url.endswith("/edit/")
    pagina.locator("[data-side-panel-toggle=preview]").first.click()
    pagina.frame_locator(".w-preview iframe").first.get_by_role("heading", name="Prova della politica").wait_for()
    assert not pagina.proteste


def test_rich_text__and_its_page_chooser_work_within_the_policy(sorvegliata, portale):
    pagina = sorvegliata
    pagina.goto(f"/admin/pages/{portale.home}/edit/")
    testo = pagina.locator(".public-DraftEditor-content").first
    testo.click()
    pagina.keyboard.press("Control+a")
    pagina.keyboard.press("Control+k")
    pagina.locator(".modal .listing a[data-chooser-modal-choice], .modal .listing a.choose-page").first.wait_for()
    assert not pagina.proteste


@pytest.mark.parametrize(
    "percorso",
    ["/admin/images/", "/admin/images/add/", "/admin/documents/", "/admin/documents/multiple/add/", "/admin/reports/",
     "/admin/redirects/add/", "/admin/settings/organizzazioni/distretto/", "/admin/account/",
     "/admin/reports/workflow/", "/admin/reports/site-history/"],
)
def test_wagtail_pages__stay_within_the_policy(sorvegliata, percorso):
    sorvegliata.goto(percorso)
    sorvegliata.wait_for_load_state("networkidle")
    assert not sorvegliata.proteste


def _immagine():
    import io

    from PIL import Image

    memoria = io.BytesIO()
    Image.new("RGB", (640, 480), "red").save(memoria, "PNG")
    return {"name": "quadrato.png", "mimeType": "image/png", "buffer": memoria.getvalue()}
