"""Take the screenshots of the manual: a server on a throw-away database with the demonstration, and Chromium.

From the root of the repository, with the development requirements installed:

    PYTHONPATH=. .venv/bin/python docs/manuale/scatta.py [NAME…]

Without names, all of them. Images are PNG with a palette; one past 150 KB is an error.
"""

import os
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.server import portale_dimostrativo
from tests.mancanze import CHROMIUM

IMMAGINI = Path(__file__).parent / "immagini"
PASSWORD = "distretto2025"  # as `carica_demo` prints it
MASSIMO = 150_000
"""Bytes of an image."""

TELEFONO, SCRIVANIA = (390, 844), (1280, 800)
NESSUNO = ""
REFERENTE, SOSTE, MANAGER, COORDINAMENTO, ACS = "referente.asif", "referente.soste", "manager", "coordinamento", "acs"
HOME, CODA, NUOVA = "/admin/", "/admin/evidenze/coda/", "/admin/evidenze/nuova/"
NEWSLETTER, PIANO = "/admin/newsletter/", "/admin/piano-editoriale/"


def apri(testo):
    """A step: follow the first link, or press the first button, with this text."""
    return lambda pagina: _e_aspetta(pagina, pagina.locator(f":is(a, button):has-text({testo!r})").first)


def espandi(testo):
    """A step: unfold what is under this heading."""
    return lambda pagina: pagina.locator(f":is(summary, .w-panel__heading):has-text({testo!r})").first.click()


def espandi_tutto(pagina):
    """A step: unfold whatever is folded."""
    pagina.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")


def scrivi(**campi):
    """A step: fill fields by the end of their names."""

    def passo(pagina):
        for nome, valore in campi.items():
            pagina.locator(f"[name$={nome}]").first.fill(valore)

    return passo


def scegli_quando_esce(pagina):
    """A step: the panel of the state, then the day and the hour on which the page goes out."""
    pagina.locator("[data-side-panel-toggle=status], [aria-label*=tato]").first.click()
    pagina.get_by_role("button", name="Scegli quando esce").first.click()


def spunta_tutte(pagina):
    for casella in pagina.locator(".ev-voce > input").all():
        casella.check()


def mostra(testo):
    """A step: bring this text near the top of the window."""
    return lambda pagina: pagina.get_by_text(testo).first.evaluate("e => e.scrollIntoView({block: 'start'})")


def carica_corretto(pagina):
    """A step: the sheet of services downloaded, a phone corrected in it, and given back."""
    testo = pagina.request.get("/admin/servizi-in-un-foglio/esporta/?formato=csv").text()
    corretto = testo.replace("allo sportello la mattina", "allo sportello, 9-12")
    pagina.set_input_files("#id_file", {"name": "servizi.csv", "mimeType": "text/csv", "buffer": corretto.encode()})
    apri("Guarda che cosa cambia")(pagina)
    pagina.locator("details.ev-altro summary").first.click()


def _e_aspetta(pagina, elemento):
    with pagina.expect_navigation():
        elemento.click()


SCATTI = {
    # name: who, size of the window, where it starts, steps
    "casa-referente": (REFERENTE, SCRIVANIA, HOME),
    "casa-referente-telefono": (REFERENTE, TELEFONO, HOME),
    "scelta-criterio-telefono": (REFERENTE, TELEFONO, NUOVA),
    "modulo": (REFERENTE, SCRIVANIA, NUOVA, espandi_tutto, apri("P4.1")),
    "modulo-telefono": (REFERENTE, TELEFONO, NUOVA, espandi_tutto, apri("P4.1")),
    "modulo-errori-telefono": (
        REFERENTE,
        TELEFONO,
        NUOVA,
        espandi_tutto,
        apri("P4.1"),
        scrivi(titolo="Incontro del sotto-gruppo", data="2024-03-05"),
        apri("Invia"),
    ),
    "da-integrare": (SOSTE, SCRIVANIA, HOME, apri("Questionario alle aziende")),
    "inviata-telefono": (
        REFERENTE,
        TELEFONO,
        NUOVA,
        espandi_tutto,
        apri("P4.1"),
        scrivi(titolo="Incontro del sotto-gruppo", data="2025-11-05"),
        apri("Invia"),
    ),
    "notizia": (
        REFERENTE,
        SCRIVANIA,
        HOME,
        apri("Scrivi una notizia"),
        espandi("Programma di lavoro"),
        mostra("Azioni del"),
    ),
    "comunicato": (REFERENTE, SCRIVANIA, HOME, apri("Scrivi un comunicato")),
    "evento-telefono": (REFERENTE, TELEFONO, HOME, apri("Aggiungi un evento")),
    "prenotazioni": (REFERENTE, SCRIVANIA, "/admin/prenotazioni/", apri("La Family Guide")),
    "quando-esce": (REFERENTE, SCRIVANIA, HOME, apri("Scrivi una notizia"), scegli_quando_esce),
    "piano-mese-telefono": (REFERENTE, TELEFONO, PIANO),
    "registra-invio-telefono": (
        REFERENTE,
        TELEFONO,
        PIANO + "elenco/",
        apri("Iscrizioni ai centri estivi"),
        mostra("È partito?"),
    ),
    "piano-mese": (MANAGER, SCRIVANIA, PIANO),
    "piano-anno": (MANAGER, SCRIVANIA, PIANO + "piano/2025/"),
    "convenzione": (REFERENTE, SCRIVANIA, HOME, apri("Polizze per la famiglia")),
    "card-lotto": (REFERENTE, SCRIVANIA, "/admin/card/", apri("Card 2")),
    "card-telefono": (REFERENTE, TELEFONO, "/card/DEM0001100000011/"),
    "convenzioni": (MANAGER, SCRIVANIA, "/admin/convenzioni/"),
    "convenzione-proposta": (MANAGER, SCRIVANIA, "/admin/convenzioni/segnalazioni/", apri("Maneggio")),
    "card-conti": (MANAGER, SCRIVANIA, "/admin/card/"),
    "casa-manager": (MANAGER, SCRIVANIA, HOME),
    "coda": (MANAGER, SCRIVANIA, CODA),
    "coda-telefono": (MANAGER, TELEFONO, CODA),
    "decisione": (MANAGER, SCRIVANIA, CODA, apri("Mail sul percorso")),
    "restituire": (MANAGER, SCRIVANIA, CODA, apri("Mail sul percorso"), espandi("Restituisci")),
    "notizia-in-attesa": (MANAGER, SCRIVANIA, CODA, apri("Un foglio della Family Guide")),
    "approvate-insieme": (MANAGER, SCRIVANIA, CODA, spunta_tutte, apri("Approva le evidenze")),
    "punteggio": (MANAGER, SCRIVANIA, "/admin/evidenze/punteggio/"),
    "punteggio-telefono": (MANAGER, TELEFONO, "/admin/evidenze/punteggio/"),
    "registro": (MANAGER, SCRIVANIA, "/admin/evidenze/"),
    "programmi": (MANAGER, SCRIVANIA, "/admin/evidenze/programmi/"),
    "newsletter": (MANAGER, SCRIVANIA, NEWSLETTER),
    "newsletter-modulo": (MANAGER, SCRIVANIA, NEWSLETTER, apri("Un anno in dieci"), apri("Modifica")),
    "newsletter-bozza": (MANAGER, SCRIVANIA, NEWSLETTER, apri("Un anno in dieci")),
    "newsletter-inviata": (MANAGER, SCRIVANIA, NEWSLETTER, apri("L'estate delle")),
    "newsletter-iscritti": (MANAGER, SCRIVANIA, f"{NEWSLETTER}iscritti/"),
    "persone": (MANAGER, SCRIVANIA, "/admin/organizzazioni/", apri("ASIF Chimelli")),
    "servizio-telefono": (REFERENTE, TELEFONO, HOME, apri("Aggiungi un servizio")),
    "conferma-telefono": (NESSUNO, TELEFONO, "{da_confermare}"),
    "centri-estivi": (REFERENTE, SCRIVANIA, "/admin/centri-estivi/", apri("Estate ragazzi in città")),
    "cura-della-guida": (MANAGER, SCRIVANIA, "/admin/guida/freschezza/"),
    "segnalazioni": (MANAGER, SCRIVANIA, "/admin/guida/segnalazioni/"),
    "segnalazione": (MANAGER, SCRIVANIA, "/admin/guida/segnalazioni/", apri("Banca del tempo")),
    "ritiri": (MANAGER, SCRIVANIA, "/admin/guida/ritiri/"),
    "rapporto-estivo": (MANAGER, SCRIVANIA, "/admin/centri-estivi/rapporto/"),
    "foglio": (MANAGER, SCRIVANIA, "/admin/servizi-in-un-foglio/", carica_corretto),
    "casa-coordinamento-telefono": (COORDINAMENTO, TELEFONO, HOME),
    "casa-acs": (ACS, SCRIVANIA, HOME),
}


def scatta(browser, portale, sessioni, nome):
    """One image, written small."""
    chi, (larghezza, altezza), indirizzo, *passi = SCATTI[nome]
    contesto = browser.new_context(
        viewport={"width": larghezza, "height": altezza},
        has_touch=larghezza < 600,
        locale="it-IT",
        timezone_id="Europe/Rome",
        base_url=portale.base,
        storage_state=sessioni.get(chi),
        reduced_motion="reduce",
    )
    pagina = contesto.new_page()
    if chi and chi not in sessioni:
        pagina.goto("/admin/login/")
        pagina.fill("#id_username", chi)
        pagina.fill("#id_password", PASSWORD)
        with pagina.expect_navigation():
            pagina.locator("#id_password").press("Enter")
        sessioni[chi] = contesto.storage_state()
    pagina.goto(indirizzo.format(da_confermare=portale.da_confermare))
    for passo in passi:
        passo(pagina)
    pagina.wait_for_timeout(600)  # messages slide in
    scrivi_piccola(pagina.screenshot(), IMMAGINI / f"{nome}.png")
    contesto.close()


def scrivi_piccola(png, percorso):
    """`png` with a palette of 128 colours; a page of text loses nothing."""
    Image.open(BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(percorso, optimize=True)
    if percorso.stat().st_size > MASSIMO:
        sys.exit(f"{percorso.name}: {percorso.stat().st_size} byte, il massimo è {MASSIMO}")


def main(nomi):
    if CHROMIUM is None:
        sys.exit("Manca Chromium: installalo con «sudo apt install chromium»")
    if ignoti := set(nomi) - set(SCATTI):
        sys.exit(f"Non esistono: {', '.join(sorted(ignoti))}")
    IMMAGINI.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="manuale-") as cartella,
        portale_dimostrativo(cartella) as portale,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--lang=it"],
            env={**os.environ, "LANGUAGE": "it"},
        )
        sessioni = {}
        for nome in nomi or SCATTI:
            scatta(browser, portale, sessioni, nome)
            print(nome, flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
