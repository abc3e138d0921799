"""Every form of the admin and of the site, its fields ruined one kind at a time: a form again, never a server error."""

from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import get_resolver, resolve, reverse
from wagtail.models import Page, get_page_models

from tests.muri import prepara
from tests.muri_indirizzi import indirizzi, nomi_admin
from tests.test_prova import senza_parametri

pytestmark = pytest.mark.django_db

SCRITTI = ("text", "email", "url", "number", "date", "time", "datetime-local", "tel", "search", "password", "textarea")
DI_ALTRI = ("wagtail", "mfa_")
"""Screens that are not ours, but for the editors of pages."""
CONTEGGI = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-count")


def campi_di(modulo):
    """(name, kind, value) of what a browser would send of `modulo`."""
    for campo in modulo.find_all(("input", "textarea", "select")):
        nome, tipo = campo.get("name"), campo.get("type", "text") if campo.name == "input" else campo.name
        if not nome or tipo in ("file", "submit", "button") or campo.has_attr("disabled"):
            continue
        if tipo in ("checkbox", "radio") and not campo.has_attr("checked"):
            continue
        if tipo == "select":
            opzione = campo.find("option", selected=True) or campo.find("option")
            yield nome, tipo, opzione.get("value", "") if opzione else ""
        else:
            yield nome, tipo, campo.text if tipo == "textarea" else campo.get("value", "on" if tipo != "text" else "")


def _rovinati(tipi, valore):
    """Every field of these kinds says `valore`."""
    return lambda campi: {
        nome: valore if tipo in tipi and not nome.endswith(CONTEGGI) else vecchio for nome, tipo, vecchio in campi
    }


def _conteggi(valore):
    """Every count of rows or blocks says `valore`; with None it is left out."""
    return lambda campi: {
        nome: valore if nome.endswith(CONTEGGI) else vecchio
        for nome, _, vecchio in campi
        if valore is not None or not nome.endswith(CONTEGGI)
    }


CHE_VEDE_LA_BASE = {
    "a day of year 9999": _rovinati(SCRITTI, "9999-12-31"),
    "no text": _rovinati(SCRITTI, "\0"),
    "figures without an end": _rovinati(SCRITTI, "9" * 5000),
    "no such choice": _rovinati(("select", "radio", "checkbox"), "\0boh"),
    "no key": _rovinati(("select", "radio", "checkbox"), "9" * 30),
}
"""What one database takes and another refuses: sent on both."""
CHE_VEDE_IL_MODULO = {
    "no JSON": _rovinati(SCRITTI, '{"blocks": ' + "[" * 50_000),
    "hidden": _rovinati(("hidden",), "boh"),
    "no count": _conteggi(None),
    "a count without rows": _conteggi("999999999"),
}
MODI = CHE_VEDE_LA_BASE | (CHE_VEDE_IL_MODULO if connection.vendor == "sqlite" else {})


def moduli_in(risposta):
    """The forms that are sent, each with its address (None where it is that of the page) and its fields."""
    if risposta.status_code != 200 or "html" not in risposta.headers.get("Content-Type", ""):
        return
    for modulo in BeautifulSoup(risposta.content, "html.parser").find_all("form"):
        if modulo.get("method", "get").lower() == "post" and "logout" not in modulo.get("action", ""):
            yield modulo.get("action") or None, list(campi_di(modulo))


class Rovina:
    """Sends forms ruined each way, those of the same view and fields once; nothing of what they do stays.

    True where there was a form.
    """

    def __init__(self):
        self.visti, self.guasti = set(), []

    def __call__(self, client, indirizzo):
        trovati = list(moduli_in(client.get(indirizzo)))
        for azione, campi in trovati:
            dove = urljoin(indirizzo, azione or indirizzo)
            chi = resolve(urlsplit(dove).path)
            quale = chi.view_name or chi.func, frozenset(nome for nome, *_ in campi)
            if quale not in self.visti:
                self.visti.add(quale)
                self._invia(client, dove, campi)
        return bool(trovati)

    def _invia(self, client, dove, campi):
        intero = {nome: valore for nome, _, valore in campi}
        for modo, rovinato in MODI.items():
            dati = rovinato(campi)
            if dati == intero:
                continue
            cache.clear()  # limits are by address, and here there is one
            with transaction.atomic():
                risposta = client.post(dove, dati)
                transaction.set_rollback(True)
            if risposta.status_code >= 500:
                self.guasti.append(f"{dove}: {modo}: {risposta.status_code}")


@pytest.fixture
def segreti(organizzazione_a, organizzazione_b, referente_b, manager, django_capture_on_commit_callbacks):
    return prepara(organizzazione_a, organizzazione_b, referente_b, manager)


@pytest.fixture
def di(client_di):
    def entra(utente):
        cliente = client_di(utente)
        cliente.raise_request_exception = False
        return cliente

    return entra


def aggiunte():
    """The address where each kind of page is added, under the first parent that takes it."""
    for modello in get_page_models():
        for genitore in modello.allowed_parent_page_models():
            pagina = Page.objects.type(genitore).first()
            if pagina:
                nome = modello._meta
                yield reverse("wagtailadmin_pages:add", args=[nome.app_label, nome.model_name, pagina.pk])
                break


def test_editors_of_pages__take_what_is_ruined(di, superutente, segreti):
    client, rovina = di(superutente), Rovina()
    per_tipo = {pagina.specific_class: pagina.pk for pagina in Page.objects.filter(depth__gt=1)}
    modifiche = [reverse("wagtailadmin_pages:edit", args=[pk]) for pk in per_tipo.values()]
    for indirizzo in (*aggiunte(), *modifiche):
        rovina(client, indirizzo)
    assert len(rovina.visti) > 20 and rovina.guasti == []


def test_screens_of_the_admin__take_what_is_ruined(di, manager, superutente, segreti):
    clienti, rovina = [di(manager), di(superutente)], Rovina()
    for nome, forme in sorted(nomi_admin().items()):
        if nome.startswith(DI_ALTRI):
            continue
        for indirizzo in dict.fromkeys(uno for forma in forme for uno in indirizzi(nome, forma, segreti)):
            any(rovina(client, indirizzo) for client in clienti)  # the second where the first has no form
    assert len(rovina.visti) > 40 and rovina.guasti == []


def test_forms_of_the_site__take_what_is_ruined(client, segreti):
    client.raise_request_exception, rovina = False, Rovina()
    pagine = (pagina.url for pagina in Page.objects.live() if pagina.url)
    for indirizzo in dict.fromkeys([*senza_parametri(get_resolver().url_patterns), *pagine]):
        rovina(client, indirizzo)
    assert len(rovina.visti) >= 4 and rovina.guasti == []
