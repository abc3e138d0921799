"""The editor of a page: what is forged has its message; what is sent twice makes one page."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.models import OrganizzazioniIndexPage

pytestmark = pytest.mark.django_db

ROVINATO = "è arrivato rovinato"
NIDO = "[" * 100_000
BLOCCO = {"corpo-count": "1", "corpo-0-deleted": "", "corpo-0-type": "testo", "corpo-0-order": "0", "corpo-0-id": ""}
CORPI = {
    "count": {"corpo-count": "tanti"},
    "no item": {"corpo-count": "1000000000"},
    "no count of a number": {"corpo-count": "9" * 5000},
    "fewer than none": {"corpo-count": "-1"},
    "a space": {"corpo-count": " 0"},
    "no kind of block": BLOCCO | {"corpo-0-type": "boh", "corpo-0-value": "x"},
    "fewer than there are": BLOCCO | {"corpo-0-type": "titolo", "corpo-0-value": "x", "corpo-count": "0"},
    "more than there are": BLOCCO | {"corpo-0-type": "titolo", "corpo-0-value": "x", "corpo-count": "2"},
    "order": {"corpo-count": "1", "corpo-0-deleted": "", "corpo-0-type": "titolo", "corpo-0-order": "x"},
}


def dati(**campi):
    return (
        nested_form_data(
            {
                "title": "Festa",
                "slug": "",
                "sommario": "",
                "data": "2026-11-20",
                "immagine": "",
                "corpo": streamfield([]),
                "azioni_realizzate": [],
                "criteri_serviti": [],
                "comments": inline_formset([]),
            }
        )
        | campi
    )


@pytest.fixture
def porta(organizzazione_a):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    return reverse("wagtailadmin_pages:add", args=["notizie", "notiziapage", sezione.pk])


@pytest.fixture
def client(referente_a, client_di):
    cliente = client_di(referente_a)
    cliente.raise_request_exception = False
    return cliente


@pytest.mark.parametrize("corpo", CORPI.values(), ids=CORPI)
def test_forged_body__is_a_form_with_its_message(client, porta, corpo):
    risposta = client.post(porta, dati(**corpo, **{"action-submit": "1"}))
    assert risposta.status_code == 200 and not NotiziaPage.objects.exists()
    testo = risposta.content.decode()
    assert 'value="Festa"' in testo, "the rest stays"
    assert ROVINATO in testo


def test_forged_rows__are_a_form_with_its_message(client, porta):
    for righe in (
        {"comments-TOTAL_FORMS": "-1"},
        {"comments-TOTAL_FORMS": "x"},
        {"comments-0-id": "", "comments-0-text": "x"},
    ):
        risposta = client.post(porta, dati(**righe, **{"action-submit": "1"}))
        assert risposta.status_code == 200 and not NotiziaPage.objects.exists(), righe
        assert ROVINATO in risposta.content.decode()


@pytest.mark.parametrize(
    "testo",
    ["", "niente", "{}", '{"blocks": 3}', "[1]", NIDO, '"' + "x" * 10],
    ids=range(7),
)
def test_malformed_rich_text__is_a_form_with_its_message(client, porta, testo):
    risposta = client.post(porta, dati(**BLOCCO, **{"corpo-0-value": testo, "action-submit": "1"}))
    assert risposta.status_code == 200 and not NotiziaPage.objects.exists()


@pytest.mark.parametrize("giorno", ["9999-12-31", "0001-01-01", "99999-01-01", "9999-13-45", "31/12/9999"])
@pytest.mark.parametrize("campo", ["data", "go_live_at", "expire_at"])
def test_day_of_no_calendar__is_a_form(client, porta, campo, giorno, manager, client_di):
    ora = "" if campo == "data" else " 23:59"
    for cliente in (client, client_di(manager)):
        cliente.raise_request_exception = False
        risposta = cliente.post(porta, dati(**{campo: giorno + ora}))
        assert risposta.status_code in (200, 302)
    assert not NotiziaPage.objects.filter(**{f"{campo}__year__gt": 2100}).exists()


def test_body_over_the_limit__says_so(client, porta):
    risposta = client.post(porta, dati(sommario="x" * 11_000_000))
    assert risposta.status_code == 400 and "troppo lungo" in risposta.content.decode()


LUNGO = "lungo " * 500_000
RICCO = json.dumps({"blocks": [{"key": "a", "text": LUNGO, "type": "unstyled", "depth": 0}], "entityMap": {}})


@pytest.mark.parametrize(
    ("campi", "massimo"),
    [({"sommario": LUNGO}, "300"), (BLOCCO | {"corpo-0-value": RICCO}, "200.000")],
    ids=["a field with its length", "rich text"],
)
def test_text_of_three_million_letters__is_a_form_that_says_how_many_it_takes(client, porta, campi, massimo):
    risposta = client.post(porta, dati(**campi, **{"action-submit": "1"}))
    assert risposta.status_code == 200 and not NotiziaPage.objects.exists()
    testo = risposta.content.decode()
    assert f"caratteri, al massimo {massimo}" in testo and LUNGO.strip() in testo and 'value="Festa"' in testo


def chiave_di(client, porta):
    return re.search(r'name="chiave_nuova" value="([^"]+)"', client.get(porta).content.decode())[1]


SALVA_DA_SE = {"headers": {"accept": "application/json"}}


def test_autosave_then_submit__make_one_page_that_waits(client, porta):
    campi = dati(chiave_nuova=chiave_di(client, porta))
    salvata = client.post(porta, campi, **SALVA_DA_SE)
    assert salvata.status_code == 200 and salvata.json()["success"]
    inviata = client.post(porta, campi | {"title": "Festa di paese", "action-submit": "1"})
    assert inviata.status_code == 302
    pagina = NotiziaPage.objects.get()
    assert pagina.pk == salvata.json()["pk"] and pagina.workflow_in_progress
    assert pagina.get_latest_revision_as_object().title == "Festa di paese"


def test_submit_then_autosave__make_one_page_that_waits(client, porta):
    campi = dati(chiave_nuova=chiave_di(client, porta))
    client.post(porta, campi | {"action-submit": "1"})
    tardi = client.post(porta, campi | {"title": "Fes"}, **SALVA_DA_SE)
    assert tardi.status_code == 400 and tardi.json()["error_code"] == "invalid_revision"
    pagina = NotiziaPage.objects.get()
    assert pagina.workflow_in_progress and pagina.get_latest_revision_as_object().title == "Festa"


def test_submit_pressed_twice__makes_one_page(client, porta):
    campi = dati(chiave_nuova=chiave_di(client, porta)) | {"action-submit": "1"}
    assert [client.post(porta, campi).status_code for _ in range(2)] == [302, 302]
    assert NotiziaPage.objects.count() == 1


@pytest.mark.parametrize("chiave", ["", "boh", "\0"])
def test_without_a_key__every_form_makes_its_page(client, porta, chiave):
    for _ in range(2):
        client.post(porta, dati(chiave_nuova=chiave))
    assert NotiziaPage.objects.count() in (0, 2)


def test_key_of_a_page_of_others__makes_a_page_of_its_own(client, porta):
    altrui = Page.objects.exclude(depth=1).first()
    client.post(porta, dati(chiave_nuova=str(altrui.translation_key)))
    assert NotiziaPage.objects.get().translation_key != altrui.translation_key


def test_editor__creates_no_page_of_which_it_cannot_ask_what_must_be_there(superutente, client_di):
    """As the body that a page presents: such a page is made with it, by an operation."""
    nostre = [m for m in get_page_models() if m.is_creatable]
    assert len(nostre) > 8
    for modello in nostre:
        for campo in modello._meta.get_fields():
            if campo.concrete and not campo.editable and not campo.auto_created and not hasattr(Page, campo.name):
                assert campo.null or campo.has_default() or campo.blank, campo
    elenco = OrganizzazioniIndexPage.objects.get()
    porta = reverse("wagtailadmin_pages:add", args=["organizzazioni", "organizzazionepage", elenco.pk])
    assert client_di(superutente).get(porta).status_code == 302
