"""Our pages in the admin, in a real browser: accessible, fit for a phone, within the admin's own content policy."""

import itertools

import pytest

from .accessibilita import esamina

# Role (or, where it names a state, who submitted that evidence) and what they open.
PAGINE = [
    ("Referente", "/admin/"),
    ("Referente", "/admin/evidenze/"),
    ("Referente", "/admin/evidenze/nuova/"),
    ("Referente", "/admin/evidenze/nuova/?che_cosa=incontro"),
    ("Referente", "/admin/evidenze/scadenze/"),
    ("Referente", "/admin/evidenze/punteggio/"),
    ("Referente", "/admin/piano-editoriale/"),
    ("Referente", "/admin/piano-editoriale/elenco/"),
    ("Referente", "/admin/piano-editoriale/nuovo/"),
    ("Referente", "/admin/piano-editoriale/{pezzo}/"),
    ("Manager territoriale", "/admin/piano-editoriale/piano/2025/"),
    ("Referente", "/admin/convenzioni/"),
    ("Referente", "/admin/convenzioni/{convenzione}/"),
    ("Referente", "/admin/centri-estivi/"),
    ("Referente", "/admin/centri-estivi/{centro}/"),
    ("Manager territoriale", "/admin/centri-estivi/rapporto/"),
    ("Referente", "/admin/card/"),
    ("Referente", "{misure}"),
    ("Referente", "/admin/card/{lotto}/"),
    ("Referente", "/admin/card/revoca/{card}/"),
    ("Manager territoriale", "/admin/card/"),
    ("Manager territoriale", "/admin/card/concedi/"),
    ("Manager territoriale", "/admin/convenzioni/"),
    ("Manager territoriale", "/admin/convenzioni/conferme/"),
    ("Manager territoriale", "/admin/convenzioni/segnalazioni/"),
    ("Manager territoriale", "/admin/convenzioni/segnalazioni/{segnalazione}/"),
    ("bozza", "/admin/evidenze/{bozza}/modifica/"),
    ("approvata", "/admin/evidenze/{approvata}/"),
    ("Manager territoriale", "/admin/"),
    ("Manager territoriale", "/admin/evidenze/coda/"),
    ("Manager territoriale", "/admin/evidenze/{inviata}/"),
    ("Manager territoriale", "/admin/evidenze/punteggio/"),
    ("Manager territoriale", "/admin/evidenze/programmi/"),
    ("Manager territoriale", "/admin/evidenze/programmi/{programma}/lavoro/"),
    ("Manager territoriale", "/admin/evidenze/programmi/{programma}/termini/"),
    ("Manager territoriale", "/admin/evidenze/programmi/{programma}/domanda/"),
    ("Manager territoriale", "/admin/consegne/"),
    ("Manager territoriale", "/admin/consegne/passaggio/"),
    ("Manager territoriale", "/admin/cercato_invano/"),
    ("Manager territoriale", "/admin/newsletter/"),
    ("Manager territoriale", "/admin/newsletter/new/"),
    ("Manager territoriale", "/admin/newsletter/1/"),
    ("Manager territoriale", "/admin/newsletter/iscritti/"),
    ("Manager territoriale", "/admin/guida/freschezza/"),
    ("Manager territoriale", "/admin/guida/segnalazioni/"),
    ("Manager territoriale", "/admin/guida/ritiri/"),
    ("Coordinamento", "/admin/evidenze/coda/"),
    ("ACS", "/admin/evidenze/"),
]


def test_admin__is_accessible_and_fits_a_phone_for_every_role(portale, apri):
    """axe on what is ours, and no sideways scroll; each role opens its pages one after the other, as people do."""
    esito = {}
    for chi, percorsi in itertools.groupby(PAGINE, key=lambda voce: voce[0]):
        with apri(ruolo=portale.di_chi.get(chi, chi)) as pagina:
            for _, modello in percorsi:
                percorso = modello.format(
                    **portale.evidenze,
                    centro=portale.centro,
                    convenzione=portale.convenzione,
                    lotto=portale.lotto,
                    pezzo=portale.pezzo,
                    **portale.convenzioni,
                )
                pagina.set_viewport_size({"width": 1280, "height": 900})
                assert pagina.goto(percorso).status == 200, percorso
                esamina(pagina, f"{chi} {percorso}", esito, dentro="main")
    assert not esito


@pytest.fixture
def sorvegliata(apri):
    """A page of the manager that collects what the browser refuses, and calls to anyone else."""
    with apri(1280, ruolo="Manager territoriale") as pagina:
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
    pagina.fill(".modal [name$=title]", "Quadrato")
    pagina.fill(".modal [name$=description]", "Un quadrato rosso")
    pagina.locator(".modal form[enctype] button[type=submit]").click()
    pagina.locator("#id_immagine-chooser:not(.blank)").wait_for()
    with pagina.expect_navigation():
        pagina.locator("button.action-save").first.click()
    assert pagina.url.endswith("/edit/")
    pagina.locator("[data-side-panel-toggle=preview]").first.click()
    pagina.frame_locator(".w-preview iframe").first.get_by_role("heading", name="Prova della politica").wait_for()
    assert not pagina.proteste


EDITOR_SENZA_INDIRIZZO = ["notiziapage", "comunicatopage", "eventopage"]
"""Those whose title is followed by no other field."""


@pytest.mark.parametrize("tipo", EDITOR_SENZA_INDIRIZZO)
def test_editor__leaves_no_error_in_the_console(sorvegliata, portale, tipo):
    """As «selector is empty», that a title followed by nothing left there at each key."""
    errori = []
    sorvegliata.on("console", lambda m: errori.append(m.text) if m.type in ("error", "warning") else None)
    sorvegliata.goto(f"/admin/pages/add/notizie/{tipo}/{portale.sezione_del_distretto}/")
    sorvegliata.locator("#id_title").press_sequentially("Una sera insieme")
    sorvegliata.locator("#id_title").blur()
    sorvegliata.wait_for_load_state("networkidle")
    assert errori == [] and not sorvegliata.proteste


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
    [
        "/admin/images/",
        "/admin/images/add/",
        "/admin/documents/",
        "/admin/documents/multiple/add/",
        "/admin/reports/",
        "/admin/redirects/add/",
        "/admin/settings/organizzazioni/distretto/",
        "/admin/account/",
        "/admin/reports/workflow/",
        "/admin/reports/site-history/",
    ],
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
