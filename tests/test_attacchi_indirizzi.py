"""Addresses with what nobody wrote: numbers without end."""

import pytest

pytestmark = pytest.mark.django_db
SENZA_FINE = "9" * 40


@pytest.mark.parametrize("indirizzo", ["/card/condizioni/{}/", "/prenotazioni/{}/", "/s/{}/"])
def test_number_without_end__is_a_page_that_is_not_there(indirizzo, client):
    assert client.get(indirizzo.format(SENZA_FINE)).status_code == 404


@pytest.mark.parametrize(
    "indirizzo", ["prenotazioni/{}/", "misure/{}/ente/1/", "guida/conferma/{}/", "convenzioni/{}/togli/"]
)
def test_number_without_end__in_the_admin_too(indirizzo, client_di, manager):
    client = client_di(manager)
    for metodo in (client.get, client.post):
        assert metodo(f"/admin/{indirizzo.format(SENZA_FINE)}").status_code == 404
