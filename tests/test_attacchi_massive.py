"""What is done to many things at once: forged, it is not found or a field left empty; never an error of the server."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from home.models import ContenutoPage, HomePage
from notizie.models import NotiziaPage, SezioneNotiziePage

pytestmark = pytest.mark.django_db

ROVINATE = ["abc", "9" * 30, "\x00", "-1", "²", ""]


@pytest.fixture
def client(superutente, client_di):
    cliente = client_di(superutente)
    cliente.raise_request_exception = False
    return cliente


def massive():
    """Every bulk action that there is, as the address of it says."""
    bulk_action_registry._scan_for_bulk_actions()
    for app, modelli in bulk_action_registry.actions.items():
        for modello, azioni in modelli.items():
            yield from ((app, modello, azione) for azione in azioni)


def indirizzo(app, modello, azione, coda):
    return f"{reverse('wagtail_bulk_action', args=[app, modello, azione])}?{coda}&next=/admin/"


@pytest.mark.parametrize("rovinata", ROVINATE)
def test_keys_that_are_none__are_not_found(client, rovinata):
    azioni = list(massive())
    assert len(azioni) > 8
    for chi in azioni:
        for metodo in (client.get, client.post):
            assert metodo(indirizzo(*chi, f"id={quote(rovinata)}")).status_code == 404, chi


def test_move__below_a_page_that_is_none_is_a_form(client, organizzazione_a, referente_a, client_di):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    pagina = sezione.add_child(instance=NotiziaPage(title="Festa", data="2026-05-01", owner=referente_a))
    dove = indirizzo("wagtailcore", "page", "move", f"id={pagina.pk}")
    suo = client_di(referente_a)
    suo.raise_request_exception = False
    for chi in (client, suo):
        for dati in ({}, *({"chooser": rovinata} for rovinata in ROVINATE), {"chooser": ["abc", "\x00"]}):
            assert chi.post(dove, dati).status_code < 500
    pagina.refresh_from_db()
    assert pagina.get_parent().pk == sezione.pk
    assert client.get(indirizzo("wagtailcore", "page", "move", "id=all&childOf=%00")).status_code == 404


def test_delete__a_page_with_one_of_its_own_takes_both_once(client):
    sopra = HomePage.objects.get().add_child(instance=ContenutoPage(title="Sopra"))
    sotto = sopra.add_child(instance=ContenutoPage(title="Sotto"))
    dove = indirizzo("wagtailcore", "page", "delete", f"id={sopra.pk}&id={sotto.pk}")
    assert client.post(dove).status_code == 302
    assert not ContenutoPage.objects.filter(pk__in=[sopra.pk, sotto.pk]).exists()
