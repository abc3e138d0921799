"""Who answers a survey: without an account, a cookie or JavaScript, once with a code, a bit at a time if they like."""

import base64
import logging
import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from ascolto.models import BozzaDiRisposta, Codice, RispostaAlSondaggio, Sondaggio
from ascolto.sondaggi import operazioni, segreti
from base import moduli_pubblici
from base.seriali import a_gruppi
from convenzioni.card.diario import SenzaSeriali

from .scene.costo import quante_query
from .scene.sondaggi import DOMANDE, aperto, nuovo_sondaggio

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limiti_da_capo():
    cache.clear()


@pytest.fixture
def con_codice(manager):
    sondaggio = aperto(manager)
    (codice,) = operazioni.dai_codici(sondaggio, manager, 1)
    return sondaggio, codice


@pytest.fixture
def libero(manager):
    return aperto(manager, accesso="libero")


def invia(sondaggio, codice="", gesto="invia", **dati):
    timbro = signing.dumps("sondaggio", salt=moduli_pubblici.SALE)
    altro = {"codice": codice} if codice else {}
    return Client(enforce_csrf_checks=True).post(
        sondaggio.indirizzo, {"timbro": timbro, "gesto": gesto, **altro, **dati}
    )


def domande_in(risposta):
    return BeautifulSoup(risposta.content, "html.parser").find("form", class_="so-modulo")


def test_code__opens_the_questions_and_is_used_once(con_codice):
    sondaggio, codice = con_codice
    client = Client(enforce_csrf_checks=True)
    assert "Il tuo codice" in client.get(sondaggio.indirizzo).content.decode()
    risposta = client.post(sondaggio.indirizzo, {"codice": a_gruppi(codice).lower()})
    modulo = domande_in(risposta)
    assert modulo["action"] == sondaggio.indirizzo and modulo.find("input", {"name": "codice"})["value"] == codice
    assert domande_in(client.get(f"{sondaggio.indirizzo}c/{codice}/")) is not None
    fatta = invia(sondaggio, codice, **{"r-d1": "0", "r-d2": ["0", "2"], "r-d5-0": "1", "r-d6": " parole "})
    assert fatta.status_code == 302 and fatta["Location"].endswith("/grazie/")
    assert client.get(fatta["Location"]).status_code == 200
    dati = RispostaAlSondaggio.objects.get().dati
    assert dati == {"d1": 0, "d2": [0, 2], "d3": None, "d4": None, "d5": [1, None], "d6": "parole"}
    for ancora in (invia(sondaggio, codice, **{"r-d1": "1"}), client.get(f"{sondaggio.indirizzo}c/{codice}/")):
        assert ancora.status_code == 422 and "già stato usato" in ancora.content.decode()
    assert RispostaAlSondaggio.objects.count() == 1


def test_page__sets_no_cookie_and_tells_nobody_where_it_was(con_codice):
    sondaggio, codice = con_codice
    risposta = Client().get(f"{sondaggio.indirizzo}c/{codice}/")
    assert not risposta.cookies and risposta["Referrer-Policy"] == "no-referrer"
    assert "no-store" in risposta["Cache-Control"] and 'content="noindex"' in risposta.content.decode()
    html = risposta.content.decode()
    assert codice not in html.replace(f'name="codice" value="{codice}"', "")  # no link carries it away


def test_codes_that_are_none__are_told_apart_and_counted(con_codice):
    sondaggio, codice = con_codice
    html = invia(sondaggio, gesto="", **{"codice": "boh"})
    assert html.status_code == 422
    client = Client()
    sbagliato = codice[:-1] + ("0" if codice[-1] != "0" else "1")
    assert "controlla come" in client.post(sondaggio.indirizzo, {"codice": sbagliato}).content.decode()
    stati = [client.post(sondaggio.indirizzo, {"codice": "x" * n}).status_code for n in range(1, 40)]
    assert stati[0] == 422 and stati[-1] == 429
    assert client.post(sondaggio.indirizzo, {"codice": codice}).status_code == 200  # a good one is always taken


def test_wrong_answers__lose_nothing_and_say_where(con_codice):
    sondaggio, codice = con_codice
    dati = {"r-d2": ["1"], "r-d3": "9", "r-d5-0": "1", "r-d6": "Molte parole"}
    risposta = invia(sondaggio, codice, **dati)
    assert risposta.status_code == 422 and risposta.content.decode().count("<title>") == 1
    modulo = domande_in(risposta)
    assert "Molte parole" in modulo.find("textarea", {"name": "r-d6"}).text
    assert modulo.find("input", {"name": "r-d2", "value": "1"}).has_attr("checked")
    assert modulo.find("input", {"name": "r-d5-0", "value": "1"}).has_attr("checked")
    errori = modulo.find("div", role="alert")
    assert [uno["href"] for uno in errori.find_all("a")] == ["#id_r-d1-0", "#id_r-d3-0"]
    assert all(modulo.find(id=uno["href"][1:]) for uno in errori.find_all("a"))
    assert not RispostaAlSondaggio.objects.exists() and Codice.objects.count() == 1


def test_old_form__asks_to_be_sent_again_with_all_that_it_had(con_codice):
    sondaggio, codice = con_codice
    risposta = Client().post(
        sondaggio.indirizzo, {"timbro": "vecchio", "gesto": "invia", "codice": codice, "r-d1": "0", "r-d6": "qui"}
    )
    assert risposta.status_code == 422 and "qui" in domande_in(risposta).find("textarea").text
    assert not RispostaAlSondaggio.objects.exists()


def test_question_that_is_not_asked__is_not_kept_nor_demanded(con_codice):
    sondaggio, codice = con_codice
    assert "Solo se alla domanda 1 hai risposto «Sì»" in invia(sondaggio, codice).content.decode()
    assert invia(sondaggio, codice, **{"r-d1": "1", "r-d4": "non è un numero"}).status_code == 302
    assert "d4" not in RispostaAlSondaggio.objects.get().dati


def test_half_answer__is_kept_wrong_or_not_and_comes_back_with_the_code(con_codice):
    sondaggio, codice = con_codice
    risposta = invia(sondaggio, codice, "salva", **{"r-d1": "0", "r-d4": "molti", "r-d5-1": "0", "r-d6": "a metà"})
    assert risposta.status_code == 200 and a_gruppi(codice) in risposta.content.decode()
    modulo = domande_in(Client().get(f"{sondaggio.indirizzo}c/{codice}/"))
    assert modulo.find("textarea").text.strip() == "a metà" and modulo.find(id="id_r-d4")["value"] == "molti"
    assert modulo.find("input", {"name": "r-d5-1", "value": "0"}).has_attr("checked")
    invia(sondaggio, codice, "salva", **{"r-d6": "ancora"})
    assert BozzaDiRisposta.objects.count() == 1
    assert invia(sondaggio, codice, **{"r-d1": "0"}).status_code == 302
    assert not BozzaDiRisposta.objects.exists()


def test_half_answer__says_nothing_to_who_has_the_database(con_codice):
    sondaggio, codice = con_codice
    invia(sondaggio, codice, "salva", **{"r-d6": "segreto"})
    bozza, riga = BozzaDiRisposta.objects.get(), Codice.objects.get()
    cifrata = bytes(bozza.cifrata)
    assert b"segreto" not in cifrata and codice.encode() not in cifrata
    assert {str(bozza.pk), bozza.impronta}.isdisjoint({str(riga.pk), riga.impronta})
    assert segreti.leggi_bozza(sondaggio, codice)["r-d6"] == ["segreto"]
    altro = "0" * segreti.LUNGHEZZA
    BozzaDiRisposta.objects.update(impronta=segreti.impronta_della_bozza(sondaggio, altro))
    assert segreti.leggi_bozza(sondaggio, altro) == {}  # found, and not opened
    assert int.from_bytes(base64.urlsafe_b64decode(cifrata)[1:9], "big") == 0  # the hour that such a text begins with


def test_open_survey__takes_one_form_once(libero):
    dati = {"r-d1": "1", "invio": str(uuid.uuid4())}
    assert invia(libero, **dati).status_code == invia(libero, **dati).status_code == 302
    assert RispostaAlSondaggio.objects.count() == 1
    assert invia(libero, **{"r-d1": "1", "invio": "boh"}).status_code == 302
    assert RispostaAlSondaggio.objects.count() == 2


def test_open_survey__is_not_filled_from_one_network(libero):
    stati = [invia(libero, **{"r-d1": "1"}).status_code for _ in range(42)]
    assert stati[0] == 302 and stati[-1] == 429
    assert RispostaAlSondaggio.objects.count() == 40


def test_robot__is_thanked_and_counts_for_nothing(libero):
    assert invia(libero, **{"r-d1": "1", moduli_pubblici.TRAPPOLA: "x"}).status_code == 302
    assert not RispostaAlSondaggio.objects.exists()


def test_other_language__has_its_words_and_its_side(manager):
    sondaggio = nuovo_sondaggio(manager)
    parole = {"d1": {"testo": "هل لديك أطفال؟", "scelte": ["نعم", "لا"]}}
    sondaggio = operazioni.traduci_sondaggio(sondaggio, manager, "ar", {"titolo": "العائلة"}, parole)
    with pytest.raises(ValidationError):
        operazioni.traduci_sondaggio(sondaggio, manager, "fr", {"titolo": "x"}, {})
    sondaggio = operazioni.apri_sondaggio(sondaggio, manager)
    (codice,) = operazioni.dai_codici(sondaggio, manager, 1)
    indirizzo = f"{sondaggio.indirizzo}c/{codice}/"
    pagina = BeautifulSoup(Client().get(indirizzo).content, "html.parser")
    assert (
        pagina.find("button", lang="ar")["formaction"].endswith("?lingua=ar") and pagina.h1.text == "La famiglia oggi"
    )
    araba = Client().get(f"{indirizzo}?lingua=ar")
    h1 = BeautifulSoup(araba.content, "html.parser").h1
    assert (h1["lang"], h1["dir"], h1.text) == ("ar", "rtl", "العائلة")
    modulo = domande_in(araba)
    assert "نعم" in modulo.text
    assert [modulo.find("span", string=uno)["lang"] for uno in ("نعم", "Quanto sei contento?", "Nido")] == [
        "ar", "it", "it",
    ]  # fmt: skip
    sbagliata = invia(sondaggio, codice, lingua="ar", **{"r-d6": "x"})
    assert sbagliata.status_code == 422 and "أطفال" in domande_in(sbagliata).text
    assert invia(sondaggio, codice, lingua="boh", **{"r-d1": "0"}).status_code == 302
    assert RispostaAlSondaggio.objects.get().dati["d1"] == 0


@pytest.mark.parametrize("accesso", ["codici", "libero"])
def test_change_of_language__loses_nothing_that_was_typed(manager, accesso):
    sondaggio = nuovo_sondaggio(manager, accesso=accesso)
    sondaggio = operazioni.traduci_sondaggio(sondaggio, manager, "de", {"titolo": "Die Familie"}, {})
    sondaggio = operazioni.apri_sondaggio(sondaggio, manager)
    (codice,) = operazioni.dai_codici(sondaggio, manager, 1) if sondaggio.con_codici else [""]
    dati = {"gesto": "lingua", "lingua": "it", "codice": codice, "r-d2": ["1"], "r-d4": "molti", "r-d6": "Scritto"}
    tedesca = Client(enforce_csrf_checks=True).post(f"{sondaggio.indirizzo}?lingua=de", dati)
    modulo = domande_in(tedesca)
    assert tedesca.status_code == 200 and "Die Familie" in tedesca.content.decode() and "Errore" not in modulo.text
    assert modulo.find("input", {"name": "lingua"})["value"] == "de"
    assert modulo.find("textarea").text.strip() == "Scritto" and modulo.find(id="id_r-d4")["value"] == "molti"
    assert modulo.find("input", {"name": "r-d2", "value": "1"}).has_attr("checked")
    assert not RispostaAlSondaggio.objects.exists() and not BozzaDiRisposta.objects.exists()
    dati["codice"] = "boh"
    attesa = 422 if sondaggio.con_codici else 200
    assert Client().post(f"{sondaggio.indirizzo}?lingua=de", dati).status_code == attesa


def test_survey_that_is_over__says_so(con_codice, manager):
    sondaggio, codice = con_codice
    operazioni.chiudi_sondaggio(sondaggio, manager)
    for risposta in (Client().get(sondaggio.indirizzo), invia(sondaggio, codice, **{"r-d1": "1"})):
        assert risposta.status_code == 410 and "chiuso" in risposta.content.decode()
    assert Client().get("/sondaggi/nonce/").status_code == 404


@pytest.mark.parametrize("valore", ["\0", "9" * 5000, '{"a": [', "²", "-1"])
def test_ruined_answers__are_a_form_again(con_codice, valore):
    sondaggio, codice = con_codice
    nomi = ("r-d1", "r-d2", "r-d3", "r-d4", "r-d5-0", "r-d6")
    for gesto in ("invia", "salva"):
        assert invia(sondaggio, codice, gesto, **dict.fromkeys(nomi, valore)).status_code in (200, 422)
    assert not RispostaAlSondaggio.objects.exists()


def test_code_in_an_address__is_in_no_log():
    voce = logging.LogRecord("x", logging.WARNING, "", 1, "Not Found: %s", ("/sondaggi/k7m2qd/c/ABC123/",), None)
    assert SenzaSeriali().filter(voce) and "ABC123" not in voce.getMessage() and "k7m2qd" in voce.getMessage()


def test_form__is_made_of_groups_with_their_names(con_codice):
    sondaggio, codice = con_codice
    modulo = domande_in(Client().get(f"{sondaggio.indirizzo}c/{codice}/"))
    for gruppo in modulo.find_all("fieldset"):
        assert gruppo.find("legend", recursive=False).text.strip()
    nomi = [campo["id"] for campo in modulo.find_all(["input", "textarea"]) if campo.get("type") != "hidden"]
    assert len(nomi) == len({*nomi}) and all(modulo.find("label", attrs={"for": nome}) for nome in nomi)
    assert not re.search(r"<script|onclick|style=", str(modulo))


def test_questions__cost_the_same_with_many_codes(con_codice, manager):
    sondaggio, codice = con_codice
    indirizzo = f"{sondaggio.indirizzo}c/{codice}/"
    prima = quante_query(indirizzo)[0]
    operazioni.dai_codici(sondaggio, manager, 30)
    assert quante_query(indirizzo)[0] == prima
    assert Sondaggio.objects.count() == 1 and len(DOMANDE) == 6
