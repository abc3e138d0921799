"""Signing in from outside: who guesses is stopped, whoever they say they are, and nobody else."""

import logging

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from organizzazioni.accesso import ATTESA, NUOVA_PASSWORD
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PORTE = ["wagtailadmin_login", "wagtailcore_login"]
SBAGLIATE = settings.AXES_FAILURE_LIMIT


@pytest.fixture(autouse=True)
def vuota():
    cache.clear()
    yield
    cache.clear()


def entra(porta, nome, password, **da):
    return Client().post(reverse(porta), {"username": nome, "password": password}, **da)


@pytest.mark.parametrize("porta", PORTE)
def test_wrong_passwords__stop_their_address_at_every_door_and_no_other(porta, referente_a, manager, caplog):
    with caplog.at_level(logging.INFO):
        for n in range(SBAGLIATE):  # of many people, once each
            risposta = entra(porta, f"{referente_a.username}{n}" if n else referente_a.username, "sbagliata")
    assert "198.51" not in caplog.text and referente_a.username not in caplog.text
    assert risposta.status_code == 429 and risposta["Retry-After"] == str(ATTESA * 60)
    for altra in PORTE:
        ferma = entra(altra, manager.username, PASSWORD)
        assert ferma.status_code == 429 and "Troppi tentativi" in ferma.content.decode()
        assert "_auth_user_id" not in ferma.client.session
    assert entra(porta, referente_a.username, PASSWORD, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_right_password__starts_the_count_again(referente_a):
    for _ in range(3):
        for _ in range(SBAGLIATE - 1):
            assert entra("wagtailadmin_login", referente_a.username, "sbagliata").status_code == 200
        assert entra("wagtailadmin_login", referente_a.username, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "da",
    [
        lambda n: {"REMOTE_ADDR": f"2001:db8::{n + 1:x}"},
        lambda n: {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": f"203.0.113.{n}, 198.51.100.7"},
    ],
)
def test_address__is_of_the_house_and_past_our_proxy_as_in_the_settings(da, referente_a, settings):
    settings.PROXY_FIDATI = 1
    esiti = [
        entra("wagtailadmin_login", referente_a.username, "sbagliata", **da(n)).status_code for n in range(SBAGLIATE)
    ]
    assert esiti == [200] * (SBAGLIATE - 1) + [429]
    altrove = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7, 203.0.113.250"}
    assert entra("wagtailadmin_login", referente_a.username, PASSWORD, **altrove).status_code == 302


def test_new_password__is_sent_within_a_limit_and_never_tells_who_there_is(referente_a):
    indirizzo = reverse("wagtailadmin_password_reset")
    for n in range(NUOVA_PASSWORD.quante):
        email = "nessuno@example.org" if n else referente_a.email
        risposta = Client().post(indirizzo, {"email": email})
        assert (risposta.status_code, risposta.url) == (302, reverse("wagtailadmin_password_reset_done"))
    assert [messaggio.to for messaggio in mail.outbox] == [[referente_a.email]]
    troppe = Client().post(indirizzo, {"email": referente_a.email})
    assert troppe.status_code == 429 and "riprova tra un" in troppe.content.decode() and len(mail.outbox) == 1
