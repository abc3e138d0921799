"""Every screen of ours in the admin, found by following its links: axe with the menus and what folds opened."""

import html
import json
import re

from django.urls import Resolver404, resolve

from tests.muri_indirizzi import nomi_admin

from .accessibilita import violazioni
from .test_redazione import PAGINE

CHI = "Manager territoriale"
COLLEGAMENTI = re.compile(r'(?:href="|"url": ")(/admin/[^"#]*)')
UGUALI = re.compile(r"(?!bisogno:|newsletter:|gestione_).*:(index|add|edit|delete|history|usage|workflow_history)$")
"""Views that Wagtail draws the same for every kind of thing: those of needs, of issues of the newsletter and of
organisations are looked at, and stand for the others."""
NON_SCHERMATE = re.compile(r"newsletter:anteprima$|.*(_results|_esporta|:esporta)$")
"""A message, parts of a screen, files."""
DI_WAGTAIL: dict[str, str] = {}
"""What axe finds in Wagtail's own markup: the beginning of its line, and why it is left."""

APRI = """() => {
    for (const piega of document.querySelectorAll("main details")) piega.open = true;
    const dove = new Set();
    for (const bottone of document.querySelectorAll("main [data-w-dropdown-target=toggle]")) {
        const genere = bottone.closest("td, header, footer, nav")?.tagName;  // one of a kind: open all, they overlap
        if (!dove.has(genere)) { dove.add(genere); bottone.click(); }
    }
}"""


def _nome(indirizzo):
    try:
        return resolve(indirizzo.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _schermate(pagina):
    """An address for each view of ours that answers with a page, by its name, from the home and the menu on."""
    pagina.goto("/admin/")
    menu = pagina.evaluate("document.getElementById('wagtail-sidebar-props').textContent")
    coda = ["/admin/", *COLLEGAMENTI.findall(json.dumps(json.loads(menu)))]
    trovate = {}
    while coda:
        indirizzo = coda.pop(0)
        nome = _nome(indirizzo)
        nostra = nome and (not nome.startswith("wagtail") or nome == "wagtailadmin_home")
        if not nostra or nome in trovate or UGUALI.match(nome) or NON_SCHERMATE.match(nome):
            continue
        risposta = pagina.request.get(indirizzo, max_redirects=0)
        pagina_intera = risposta.status == 200 and "text/html" in risposta.headers.get("content-type", "")
        trovate[nome] = indirizzo if pagina_intera else ""
        if pagina_intera:
            coda += [html.unescape(via) for via in COLLEGAMENTI.findall(risposta.text())]
    return {nome: indirizzo for nome, indirizzo in trovate.items() if indirizzo}


def test_every_screen__is_accessible_with_its_menus_open(portale, apri):
    """What the pages of `test_redazione` look at already, of the same person, is not looked at again."""
    gia = {_nome(percorso) for chi, percorso in PAGINE if chi == CHI and "{" not in percorso} - {"wagtailadmin_home"}
    esito = {}
    with apri(1280, ruolo=CHI) as pagina:
        schermate = _schermate(pagina)
        assert len(schermate) > 90 and schermate.keys() <= nomi_admin().keys()
        for nome in (nome for nome in schermate if nome not in gia):
            pagina.goto(schermate[nome])
            pagina.evaluate(APRI)
            righe = [r for r in violazioni(pagina, "main") if not r.startswith(tuple(DI_WAGTAIL))]
            if righe:
                esito[f"{nome} {schermate[nome]}"] = righe
    assert not esito
