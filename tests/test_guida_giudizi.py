"""«È stata utile?»: one press counts, a second page asks why, the manager reads."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from base.moduli_pubblici import TIMBRO
from guide.models import Giudizio, ServizioPage, SezioneGuidaPage
from guide.operazioni import giudica, spiega
from organizzazioni.operazioni import pubblica_nuova

from .scene.costo import quante_query

pytestmark = pytest.mark.django_db
OGGI = date(2026, 3, 4)


@pytest.fixture
def scheda_letta():
    cache.clear()
    sezione = SezioneGuidaPage.objects.get(organizzazione__chiave="asif-chimelli")
    return pubblica_nuova(sezione, ServizioPage(title="Nido", sommario="In breve", natura="pubblico"))


def risponde(servizio, utile, client=None):
    client = client or Client(enforce_csrf_checks=True)
    return client.post(reverse("guide:giudica", args=[servizio.pk]), {"utile": utile})


def test_answer__is_counted_with_one_press_and_no_cookie(scheda_letta):
    html = Client().get(scheda_letta.url).content.decode()
    assert reverse("guide:giudica", args=[scheda_letta.pk]) in html
    risposta = risponde(scheda_letta, "no")
    assert risposta.status_code == 302 and not risposta.cookies
    giudizio = Giudizio.objects.get()
    assert (giudizio.servizio, giudizio.utile, giudizio.perche) == (scheda_letta, False, "")


def test_why__is_added_to_that_answer_once(scheda_letta, monkeypatch):
    pagina = risponde(scheda_letta, "no").url
    html = Client().get(pagina).content.decode()
    monkeypatch.setattr("base.moduli_pubblici.TROPPO_PRESTO", 0)
    dati = {TIMBRO: re.search(rf'name="{TIMBRO}" value="([^"]+)"', html)[1], "perche": "Manca il telefono"}
    assert Client().post(pagina, dati).status_code == 302
    assert Client().post(pagina, {**dati, "perche": "Altro"}).status_code == 302
    assert Giudizio.objects.get().perche == "Manca il telefono"


@pytest.mark.parametrize("utile", ["", "forse", "\x00"])
def test_what_is_no_answer__counts_nothing_and_goes_back(scheda_letta, utile):
    assert risponde(scheda_letta, utile).url == scheda_letta.url and not Giudizio.objects.exists()


def test_who_insists__is_told_and_not_counted(scheda_letta):
    stati = [risponde(scheda_letta, "si").status_code for _ in range(11)]
    assert stati == [302] * 10 + [429] and Giudizio.objects.count() == 10


def test_what_is_not_there__has_no_answer(scheda_letta):
    scheda_letta.unpublish()
    assert risponde(scheda_letta, "si").status_code == 404
    assert Client().get(reverse("guide:giudica", args=[scheda_letta.pk])).status_code == 405
    assert Client().get(reverse("guide:perche", args=[scheda_letta.pk, "falso"])).status_code == 404


def test_answers__older_than_a_year_go_away(scheda_letta):
    giudica(scheda_letta, True, OGGI - timedelta(days=366))
    giudica(scheda_letta, True, OGGI)
    assert [g.giorno for g in Giudizio.objects.all()] == [OGGI]


def test_report__is_the_manager_s_and_costs_the_same(scheda_letta, client_di, manager, referente_a):
    spiega(giudica(scheda_letta, False, OGGI).pk, "Manca il telefono")
    indirizzo, suo = reverse("guida:giudizi"), client_di(manager)
    assert client_di(referente_a).get(indirizzo).status_code in (302, 403)
    assert "Manca il telefono" in suo.get(indirizzo).content.decode()
    con_uno, _ = quante_query(indirizzo, suo)
    for n in range(5):
        spiega(giudica(scheda_letta, n % 2 == 0, OGGI).pk, f"Perché {n}")
    con_molti, elenco = quante_query(indirizzo, suo)
    assert con_molti == con_uno, elenco
