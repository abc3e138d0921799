"""Cards: checked by anyone, on the phone, good to read the reserved terms."""

import logging
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from base.seriali import a_gruppi, con_controllo, nuovo
from convenzioni import operazioni
from convenzioni.card.cookie import NOME, PERCORSO
from convenzioni.card.diario import SenzaSeriali
from convenzioni.card.riscontro import SBAGLIATE
from convenzioni.models import Accordo, Card, ConvenzionePage

from .scene.card import OGGI, corpo, scaduto, verifica

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nessuna_prova():
    cache.clear()


# Checked by anyone


def test_check__says_state_organisation_and_expiry_and_nothing_else(client, card, lotto, referente_a):
    risposta = client.get(verifica(card.seriale))
    detto = re.sub(r"<[^>]+>", " ", corpo(risposta)).split(">", 1)[1].split()
    anno = str(lotto.valido_fino_al.year)
    assert " ".join(detto).startswith("Card valida Organizzazione ASIF Chimelli Scadenza") and anno in detto
    assert card.seriale not in corpo(risposta) and card.scritta not in corpo(risposta)
    operazioni.revoca(card, Card.Motivo.SMARRITA, referente_a)
    revocata = corpo(client.get(verifica(card.scritta)))
    assert "Card revocata" in revocata and "Smarrita" not in revocata
    scaduto(lotto)
    assert "Card scaduta" in corpo(client.get(verifica(lotto.card.last().seriale)))


@pytest.mark.parametrize(
    "chiede",
    [
        lambda c, s: c.get(verifica(s)),
        lambda c, s: c.get(f"/card/{s}/"),
        lambda c, s: c.post("/card/", {"numero": s}),
        lambda c, s: c.post("/card/", {"numero": s, "apri": ""}),
    ],
)
def test_unknown_and_malformed__are_the_same_answer_at_the_same_cost(client, card, chiede):
    risposte, costi = [], []
    client.get("/card/")
    ignoti = (nuovo(), con_controllo("0" * 15), "niente", card.seriale[:-1] + "*", "%00")
    for seriale in ignoti:
        with CaptureQueriesContext(connection) as query:
            risposte.append(chiede(client, seriale))
        costi.append(len(query))
    assert {r.status_code for r in risposte} == {404}
    assert len(set(costi)) == 1
    senza_numero = {r.content.replace(s.encode(), b"") for r, s in zip(risposte, ignoti, strict=True)}
    assert len(senza_numero) == 1


@pytest.mark.parametrize("bottone", ["verifica", "apri"])
def test_number_typed_wrong__stays_in_the_form_with_its_message(client, card, bottone):
    sbagliato = f"{a_gruppi(card.seriale)[:-1]}*"
    testo = corpo(client.post("/card/", {"numero": sbagliato, bottone: ""}))
    assert f'value="{sbagliato}"' in testo and "Nessuna card ha questo numero" in testo


def test_public_pages__are_private_unindexed_and_set_no_cookie(client, card):
    for risposta in (
        client.get(verifica(card.seriale)),
        client.get(f"/card/{card.seriale}/"),
        client.get("/card/"),
        client.post("/card/", {"numero": card.seriale}),
        client.get(verifica("x")),
    ):
        assert not risposta.cookies
        assert risposta["Referrer-Policy"] == "no-referrer" and "noindex" in risposta["X-Robots-Tag"]
        assert "no-store" in risposta["Cache-Control"] or risposta["Cache-Control"] == "private, no-cache"
    assert client.get(verifica(card.seriale))["Cache-Control"] == "no-store"


def test_wrong_numbers__are_counted_by_address_whatever_asks_and_then_nothing_answers(client, card, riservata, caplog):
    provati = [nuovo() for _ in range(SBAGLIATE.quante)]
    modi = [
        lambda s: client.get(verifica(s)),
        lambda s: client.get(f"/card/{s}/"),
        lambda s: client.post("/card/", {"numero": s}),
        lambda s: client.post(f"/card/condizioni/{riservata.pk}/", {"numero": s}),
    ]
    with caplog.at_level(logging.WARNING, "convenzioni.card"):
        for n, seriale in enumerate(provati):
            assert modi[n % 4](seriale).status_code != 429
        for modo in modi:
            assert modo(card.seriale).status_code == 429
    righe = [r.getMessage() for r in caplog.records if r.name == "convenzioni.card"]
    assert len(righe) == 1 and not any(s in righe[0] for s in provati) and "127.0.0.1" not in righe[0]
    assert client.get(verifica(card.seriale), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_good_numbers__are_never_counted(client, card):
    for _ in range(SBAGLIATE.quante + 5):
        assert client.get(verifica(card.seriale)).status_code == 200


def test_limit__takes_a_house_of_ipv6_as_one(db):
    fabbrica = RequestFactory()
    stessa = [fabbrica.get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}") for n in (1, 2)]
    altra = fabbrica.get("/", REMOTE_ADDR="2001:db8:1:3::1")
    assert SBAGLIATE.impronta(stessa[0]) == SBAGLIATE.impronta(stessa[1]) != SBAGLIATE.impronta(altra)


@pytest.mark.parametrize(
    "messaggio",
    [
        "Not Found: /card/verifica/DEM0001100000011/",
        'GET /card/DEM0-0011-0000-0011/ HTTP/1.1"',
        "Gone: /card/dem0001l/",
    ],
)
def test_log_filter__masks_every_serial(messaggio):
    riga = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (messaggio,), None)
    assert SenzaSeriali().filter(riga) and "001" not in riga.getMessage() and "/card/" in riga.getMessage()


def test_log_filter__leaves_the_rest(settings):
    riga = logging.LogRecord("x", logging.WARNING, "", 0, "Not Found: %s", ("/admin/card/12/",), None)
    SenzaSeriali().filter(riga)
    assert riga.getMessage() == "Not Found: /admin/card/12/"
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["senza_seriali"]


# On the phone


def test_phone__shows_the_card_with_its_qr_and_nothing_inline(client, card, lotto):
    html = client.get(f"/card/{card.seriale}/").content.decode()
    assert card.scritta in html and "ASIF Chimelli" in html and "<svg" in html and html.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! src)|https?://(?!www\.w3\.org)", html)
    scaduto(lotto)
    assert "Scaduta" in client.get(f"/card/{card.seriale}/").content.decode()


def test_phone__is_opened_from_the_number_and_has_one_address(client, card):
    assert client.post("/card/", {"numero": card.scritta, "apri": ""})["Location"] == f"/card/{card.seriale}/"
    assert client.get(f"/card/{card.scritta.lower()}/")["Location"] == f"/card/{card.seriale}/"


def test_service_worker__is_served_where_its_scope_may_be_one_card(client):
    risposta = client.get("/card/sw.js")
    assert risposta["Content-Type"].startswith("text/javascript")
    assert b"".join(risposta.streaming_content).startswith(b"// The service worker")


# The reserved terms


def test_terms__open_with_a_valid_card_by_a_cookie_of_their_address_alone(client, card, riservata, settings):
    settings.SESSION_COOKIE_SECURE = True
    indirizzo = f"/card/condizioni/{riservata.pk}/"
    chiuse = client.get(indirizzo)
    assert "37%" not in chiuse.content.decode() and not chiuse.cookies
    aperta = Client(enforce_csrf_checks=True).post(indirizzo, {"numero": card.scritta})
    client.cookies = aperta.cookies
    biscotto = aperta.cookies[NOME]
    assert biscotto["httponly"] and biscotto["samesite"] == "Lax" and biscotto["secure"]
    assert biscotto["path"] == PERCORSO and not biscotto["max-age"] and not biscotto["expires"]
    assert card.seriale not in biscotto.value
    risposta = client.get(indirizzo)
    for detto in ("37%", "Segretissimo", "Come si usa", "Parola d"):
        assert detto in risposta.content.decode()
    assert risposta["Cache-Control"] == "private, no-store" and "Cookie" in risposta["Vary"]
    pubblica = client.get(riservata.url)
    assert indirizzo in pubblica.content.decode()
    assert "37%" not in pubblica.content.decode() and "Parola d" not in pubblica.content.decode()
    assert not pubblica.cookies and "Cookie" not in pubblica.get("Vary", "")


def test_terms__close_as_soon_as_the_card_is_revoked_or_expired_or_forgotten(
    client, card, lotto, riservata, referente_a
):
    indirizzo = f"/card/condizioni/{riservata.pk}/"

    def aperte(una):
        client.post(indirizzo, {"numero": una.seriale})
        return "37%" in client.get(indirizzo).content.decode()

    prima, seconda, terza = lotto.card.all()
    assert aperte(prima)
    operazioni.revoca(prima, Card.Motivo.SMARRITA, referente_a)
    assert "37%" not in client.get(indirizzo).content.decode()
    assert "non vale più" in client.post(indirizzo, {"numero": prima.seriale}).content.decode()
    assert aperte(seconda)
    client.post(indirizzo, {"esci": "1"})
    assert "37%" not in client.get(indirizzo).content.decode()
    assert aperte(terza)
    scaduto(lotto)
    assert "37%" not in client.get(indirizzo).content.decode()
    assert "scaduta" in client.post(indirizzo, {"numero": terza.seriale}).content.decode()


@pytest.mark.parametrize("falso", ["1", "x", "MQ:1abc:falso", ""])
def test_terms__do_not_open_with_a_cookie_that_is_not_ours(client, card, riservata, falso):
    client.cookies[NOME] = falso
    assert "37%" not in client.get(f"/card/condizioni/{riservata.pk}/").content.decode()


def test_terms__of_some_organisations_alone_stay_closed_to_other_cards(client, card, riservata, organizzazione_b):
    riservata.solo_di = [organizzazione_b]
    riservata.save_revision().publish()
    indirizzo = f"/card/condizioni/{riservata.pk}/"
    client.post(indirizzo, {"numero": card.seriale})
    html = client.get(indirizzo).content.decode()
    assert "37%" not in html and "Cooperativa CS4" in html


def test_terms__of_a_draft_of_an_open_or_of_an_ended_convention_are_not_found(client, riservata):
    indirizzo = f"/card/condizioni/{riservata.pk}/"
    Accordo.objects.filter(convenzione=riservata).update(cessata_il=OGGI())
    assert client.get(indirizzo).status_code == client.post(indirizzo, {"numero": "x"}).status_code == 404
    Accordo.objects.filter(convenzione=riservata).update(cessata_il=None)
    ConvenzionePage.objects.filter(pk=riservata.pk).update(riservata=False)
    assert client.get(indirizzo).status_code == 404
    assert client.get("/card/condizioni/999999/").status_code == 404
