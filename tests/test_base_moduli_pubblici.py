"""Public forms: no cookie, no robot, nothing lost."""

import re
import time

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from base import limiti, moduli_pubblici
from base.controlli import cache_condivisa
from base.limiti import Limite, indirizzo_di, rete
from base.moduli_pubblici import IN_TUTTO, LIMITE
from guide.models import Segnalazione

pytestmark = pytest.mark.django_db
DATI = {"servizio": "Banca del tempo", "testo": "Ci si scambiano ore"}


@pytest.fixture(autouse=True)
def vuota():
    cache.clear()


@pytest.fixture
def tempo(monkeypatch):
    """Let `secondi` pass for the stamps."""
    adesso, passati = time.time(), [0]
    monkeypatch.setattr(time, "time", lambda: adesso + passati[0])

    def passa(secondi):
        passati[0] += secondi

    return passa


@pytest.fixture
def invia(tempo):
    """Open the form, wait, send it; the answer."""

    def esegui(aspetta=10, **campi):
        indirizzo = reverse("guide:proponi")
        timbro = re.search(r'name="timbro" value="([^"]+)"', Client().get(indirizzo).content.decode()).group(1)
        tempo(aspetta)
        altrove = campi.pop("da", "198.51.100.7")
        return Client(enforce_csrf_checks=True).post(
            indirizzo, {**DATI, "timbro": timbro, **campi}, REMOTE_ADDR=altrove
        )

    return esegui


def test_form__is_sent_without_a_cookie_and_never_cached(invia):
    pagina = Client().get(reverse("guide:proponi"))
    assert not pagina.cookies and "cookie" not in pagina.get("Vary", "").lower()
    assert "no-store" in pagina["Cache-Control"]
    risposta = invia()
    assert risposta.status_code == 302 and not risposta.cookies
    assert not Client().get(risposta.url).cookies
    assert Segnalazione.objects.get().nome == "Banca del tempo"


def test_robot__that_fills_what_is_hidden_is_thanked_and_kept_out(invia):
    assert invia(conferma_indirizzo="http://spam.example").status_code == 302
    assert not Segnalazione.objects.exists()


@pytest.mark.parametrize(
    ("aspetta", "campi"),
    [
        (13 * 3600, {}),
        (10, {"timbro": "falso"}),
        (10, {"timbro": ""}),
    ],
)
def test_stamp__too_old_or_false_loses_nothing(invia, aspetta, campi):
    risposta = invia(aspetta=aspetta, **campi)
    html = risposta.content.decode()
    assert risposta.status_code == 200 and "Banca del tempo" in html and "Ci si scambiano ore" in html
    assert "invia di nuovo" in html and "<title>Errore:" in html
    assert not Segnalazione.objects.exists()


def test_stamp__of_another_form_is_not_good(invia, tempo):
    from django.core import signing

    altro = signing.dumps("cura.errore", salt=moduli_pubblici.SALE)
    assert invia(timbro=altro).status_code == 200


def test_form__filled_by_the_phone_at_once_is_taken_and_a_correction_too(invia):
    assert invia(aspetta=0).status_code == 302
    risposta = invia(testo="")
    timbro = re.search(r'name="timbro" value="([^"]+)"', risposta.content.decode()).group(1)
    assert Client().post(reverse("guide:proponi"), {**DATI, "timbro": timbro}).status_code == 302


@pytest.mark.parametrize(
    ("campi", "detto"),
    [
        ({"servizio": ""}, "Scrivi il nome del servizio"),
        ({"testo": "x" * 2001}, "2000"),
        ({"email": "non-una"}, "e-mail"),
        ({"servizio": "x\x00y"}, "null"),
        ({"ente": "x" * 161}, "160"),
    ],
)
def test_bad_input__says_which_and_keeps_the_rest(invia, campi, detto):
    risposta = invia(**{"dove": "Pergine", **campi})
    html = risposta.content.decode()
    assert risposta.status_code == 200 and detto in html and 'value="Pergine"' in html
    assert not Segnalazione.objects.exists()


def test_limit__of_one_address_is_not_that_of_another(invia):
    for _ in range(LIMITE):
        assert invia().status_code == 302
    troppe = invia()
    assert troppe.status_code == 429 and "riprova tra un" in troppe.content.decode()
    assert "Banca del tempo" in troppe.content.decode()
    assert invia(da="198.51.100.8").status_code == 302
    assert Segnalazione.objects.count() == LIMITE + 1


def test_limit__of_all_together_stops_a_flood_from_everywhere(invia, monkeypatch):
    monkeypatch.setattr(moduli_pubblici, "IN_TUTTO", LIMITE + 1)
    for _ in range(LIMITE + 20):  # who is stopped takes nobody else's place
        invia()
    assert invia(da="2001:db8:0:1::1").status_code == 302
    assert invia(da="2001:db8:0:2::1").status_code == 429
    assert Segnalazione.objects.count() == LIMITE + 1 < IN_TUTTO


def test_limit__of_ipv6_is_of_the_house(invia):
    assert {invia(da=f"2001:db8::{n}").status_code for n in range(1, LIMITE + 1)} == {302}
    assert invia(da="2001:db8::ffff:1").status_code == 429
    assert invia(da="2001:db8:0:1::1").status_code == 302


@pytest.mark.parametrize(
    ("indirizzo", "attesa"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("198.51.100.7:5123", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("[2001:db8::1]:443", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_network__of_an_address(indirizzo, attesa):
    assert rete(indirizzo) == attesa


def test_limit__never_keeps_the_address(invia, monkeypatch):
    viste = []
    monkeypatch.setattr(limiti.cache, "add", lambda chiave, *a: viste.append(chiave))
    invia()
    assert viste and not any("198.51" in chiave for chiave in viste)


def test_limit__ends_with_its_time(rf, monkeypatch):
    richiesta, limite = rf.get("/"), Limite("prova", quante=1, secondi=60)
    adesso = time.time()
    attesi = ((0, True), (59, False), (61, True), (62, False))
    for passati, atteso in attesi:
        monkeypatch.setattr(time, "time", lambda: adesso + passati)  # noqa: B023  (called at once)
        assert limite.passa(richiesta) is atteso


@pytest.mark.parametrize(
    ("backend", "avvisi"),
    [
        ("locmem.LocMemCache", ["base.W001"]),
        ("db.DatabaseCache", ["base.W001"]),
        ("dummy.DummyCache", ["base.W001"]),
        ("redis.RedisCache", []),
        ("memcached.PyMemcacheCache", []),
    ],
)
def test_check__wants_a_cache_that_every_process_sees(settings, backend, avvisi):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}", "LOCATION": ""}}
    assert [avviso.id for avviso in cache_condivisa(None)] == avvisi


@pytest.mark.parametrize(
    ("proxy", "via", "atteso"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_address__past_our_own_proxies_only(settings, proxy, via, atteso):
    settings.PROXY_FIDATI = proxy
    assert indirizzo_di(RequestFactory().get("/", headers={"X-Forwarded-For": via})) == atteso
