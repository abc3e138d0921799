"""Signing in from outside: one door, where who guesses is stopped, whoever they say they are, and nobody else."""

import logging
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from base.models import MessaggioInUscita
from base.posta import NESSUNO
from base.posta.operazioni import spedisci
from organizzazioni import accesso
from organizzazioni.accesso import A_UNA_CASELLA, ALLARME, ATTESA, DA_UN_LUOGO, DI_UN_ACCESSO, NUOVA_PASSWORD, OVUNQUE
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SBAGLIATE = DI_UN_ACCESSO.quante


@pytest.fixture(autouse=True)
def vuota(settings):
    """No count, and mails that pass by the outbox."""
    settings.EMAIL_BACKEND = "base.posta.backend.PostaInUscita"
    cache.clear()
    yield
    cache.clear()


def entra(nome, password, client=None, **da):
    return (client or Client()).post(reverse("wagtailadmin_login"), {"username": nome, "password": password}, **da)


def sbaglia(nome, volte, **da):
    return [entra(nome, "sbagliata", **da).status_code for _ in range(volte)]


def test_wrong_passwords__stop_their_account_there_and_leave_nothing_to_read(referente_a, manager, caplog):
    with caplog.at_level(logging.INFO):
        esiti = sbaglia(referente_a.username, SBAGLIATE + 1, REMOTE_ADDR="198.51.100.7")
    assert esiti == [200] * SBAGLIATE + [429]
    assert "198.51" not in caplog.text and referente_a.username not in caplog.text
    ferma = entra(referente_a.username.upper(), PASSWORD, REMOTE_ADDR="198.51.100.7")
    assert ferma.status_code == 429 and "Sono arrivate molte password sbagliate" in ferma.content.decode()
    assert ferma["Retry-After"] == str(ATTESA * 60) and "_auth_user_id" not in ferma.client.session
    assert entra(manager.username, PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert entra(referente_a.username, PASSWORD, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_signing_in_to_ones_own__is_no_help_in_guessing_anothers(referente_a, manager):
    esiti = sbaglia(manager.username, SBAGLIATE - 1)
    assert entra(referente_a.username, PASSWORD).status_code == 302
    esiti += sbaglia(manager.username, SBAGLIATE - 1)
    assert esiti == [200] * SBAGLIATE + [429] * (SBAGLIATE - 2)


def test_one_address__tries_so_many_accounts_and_no_more(referente_a, manager):
    nomi = [f"nome{n}" for n in range(DA_UN_LUOGO.quante - 1)]
    assert {entra(nome, "sbagliata").status_code for nome in nomi} == {200}
    for _ in range(3):  # what goes well is not counted
        assert entra(referente_a.username, PASSWORD).status_code == 302
    assert sbaglia("un altro", 1) == [200]
    assert entra(manager.username, PASSWORD).status_code == 429
    assert entra(manager.username, PASSWORD, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_one_account__tried_from_everywhere_opens_only_where_its_owner_was(referente_a, manager, monkeypatch):
    monkeypatch.setattr(accesso, "OVUNQUE", OVUNQUE.__class__(OVUNQUE.nome, quante=4, secondi=3600))
    suo, di_un_altro = Client(), Client()
    assert entra(referente_a.username, PASSWORD, suo).status_code == 302
    assert entra(manager.username, PASSWORD, di_un_altro).status_code == 302
    for n in range(4):
        assert sbaglia(referente_a.username, 1, REMOTE_ADDR=f"203.0.113.{n}") == [200]
    altrove = {"REMOTE_ADDR": "198.51.100.9"}
    assert entra(referente_a.username, PASSWORD, **altrove).status_code == 429
    assert entra(referente_a.username, PASSWORD, di_un_altro, **altrove).status_code == 429
    assert entra(referente_a.username, PASSWORD, suo, **altrove).status_code == 302


def test_right_password__starts_the_count_of_its_account_again(referente_a):
    for _ in range(2):
        assert sbaglia(referente_a.username, SBAGLIATE - 1) == [200] * (SBAGLIATE - 1)
        assert entra(referente_a.username, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "da",
    [
        lambda n: {"REMOTE_ADDR": f"2001:db8::{n + 1:x}"},
        lambda n: {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": f"203.0.113.{n}, 198.51.100.7"},
    ],
)
def test_address__is_of_the_house_and_past_our_proxy_as_in_the_settings(da, referente_a, settings):
    settings.PROXY_FIDATI = 1
    esiti = [entra(referente_a.username, "sbagliata", **da(n)).status_code for n in range(SBAGLIATE + 1)]
    assert esiti == [200] * SBAGLIATE + [429]
    altrove = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7, 203.0.113.250"}
    assert entra(referente_a.username, PASSWORD, **altrove).status_code == 302


def test_owner__is_told_once_of_many_wrong_passwords(referente_a):
    for n in range(ALLARME.quante + 5):
        sbaglia(referente_a.username, 1, REMOTE_ADDR=f"203.0.113.{n}")
    spedisci()
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([referente_a.email], "Molte password sbagliate per il tuo accesso")
    ]
    assert reverse("wagtailadmin_password_reset") in mail.outbox[0].body


def test_other_door__leads_to_the_one_there_is(client, referente_a):
    for indirizzo in ("/_util/login/", "/_util/login/?next=/admin/"):
        for metodo in (client.get, client.post):
            risposta = metodo(indirizzo)
            assert risposta.status_code == 302
            assert risposta.url.partition("?")[0] == reverse("wagtailadmin_login")
    client.post("/_util/login/", {"username": referente_a.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


# A new password


def chiedi(email, **da):
    return Client().post(reverse("wagtailadmin_password_reset"), {"email": email}, **da)


def test_new_password__is_sent_within_a_limit_and_never_tells_who_there_is(referente_a):
    for n in range(NUOVA_PASSWORD.quante):
        risposta = chiedi("nessuno@example.org" if n else referente_a.email)
        assert (risposta.status_code, risposta.url) == (302, reverse("wagtailadmin_password_reset_done"))
    spedisci()
    assert [messaggio.to for messaggio in mail.outbox] == [[referente_a.email]]
    troppe = chiedi(referente_a.email)
    assert troppe.status_code == 429 and "riprova tra un" in troppe.content.decode() and len(mail.outbox) == 1


def test_new_password__does_not_fill_a_mailbox_from_many_addresses(referente_a):
    for n in range(A_UNA_CASELLA.quante + 3):
        assert chiedi(referente_a.email, REMOTE_ADDR=f"203.0.113.{n}").status_code == 302
    spedisci()
    assert len(mail.outbox) == A_UNA_CASELLA.quante


def _lavoro(fai):
    """The statements that `fai` sends to the database, in order, without what is written in them."""
    with CaptureQueriesContext(connection) as fatte:
        fai()
    return [re.sub(r"'(?:[^']|'')*'|\b\d+\b|s\d+_x\d+", "?", query["sql"]) for query in fatte]


@pytest.mark.parametrize(
    "gesto", [chiedi, lambda chi: sbaglia(chi.partition("@")[0].replace(".", "_"), ALLARME.quante)]
)
def test_known_and_unknown__cost_the_same_work(gesto, referente_a, settings, django_capture_on_commit_callbacks):
    """The same statements, the same message written and kept; only the worker, later, finds it is for nobody."""
    settings.TASKS = {**settings.TASKS, "lenti": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    gesto("riscaldamento@example.org")
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True) as della_persona:
        suo = _lavoro(lambda: gesto(referente_a.email))
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True) as di_nessuno:
        altrui = _lavoro(lambda: gesto("nessuno@example.org"))
    assert suo == altrui and len(suo) > 1 and len(della_persona) == len(di_nessuno) == 1
    assert MessaggioInUscita.objects.filter(email=NESSUNO).exists()
    assert not MessaggioInUscita.objects.filter(email="nessuno@example.org").exists()
    spedisci()
    assert [messaggio.to for messaggio in mail.outbox] == [[referente_a.email]]
    assert not MessaggioInUscita.objects.exists()


def test_answers__say_what_browsers_may_do_with_them(client, referente_a):
    for indirizzo in ("/", "/admin/login/", "/salute/"):
        testate = client.get(indirizzo).headers
        assert "camera=()" in testate["Permissions-Policy"] and "geolocation=()" in testate["Permissions-Policy"]
        assert testate["Cross-Origin-Resource-Policy"] == "same-origin"
