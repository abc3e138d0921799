"""From what happened to a few likely criteria: by the kind of fact, or by words over all."""

from datetime import date

import pytest
from django.urls import reverse

from organizzazioni.models import Organizzazione
from programma.che_cosa import QUANTI, TIPI_DI_FATTO, probabili, tipo_di_fatto, trovati
from programma.models import Criterio, Evidenza

from .scene.costo import quante_query

pytestmark = pytest.mark.django_db
NUOVA = reverse("programma:nuova")


@pytest.fixture
def criteri(programma):
    return list(Criterio.objects.del_programma(programma).in_ordine().select_related("azione"))


def codici(trovati_):
    return [criterio.codice for criterio in trovati_]


@pytest.mark.parametrize(
    ("chiave", "attesi"),
    [
        ("incontro", ["P1.1", "P3.1", "P4.1"]),
        ("comunicazione", ["P1.3", "P2.3", "P3.3", "P4.2", "M6"]),
        ("convenzione", ["P7.1"]),
        ("relazione", ["P1.2", "P2.1", "P3.2", "P5.1"]),
        ("altro", []),
    ],
)
def test_likely__are_few_and_of_that_kind(chiave, attesi, criteri):
    proposti = codici(probabili(criteri, tipo_di_fatto(chiave), set(), del_manager=False))
    assert len(proposti) <= QUANTI
    assert set(attesi) <= set(proposti) or set(proposti) <= set(attesi), proposti
    assert (chiave == "altro") == (not proposti)


def test_likely__of_one_s_own_actions_come_first_and_duties_are_the_manager_s(criteri):
    incontro = tipo_di_fatto("incontro")
    p4 = {c.pk for c in criteri if c.gruppo == "P4"}
    assert codici(probabili(criteri, incontro, p4, del_manager=False))[0] == "P4.1"
    assert not {"M2", "M3"} & set(codici(probabili(criteri, incontro, set(), del_manager=False)))
    assert {"M2", "M3"} <= set(codici(probabili(criteri, incontro, set(), del_manager=True)))


@pytest.mark.parametrize(
    ("cerca", "attesi"),
    [
        ("facebook", {"P2.3"}),
        ("acquisto solidale", {"P6.1"}),
        ("conv", {"P7.1"}),
        ("m9", {"M9"}),
        ("zzz", set()),
        ("", set()),
    ],
)
def test_search__says_every_word_by_its_root_or_beginning(cerca, attesi, criteri):
    detti = set(codici(trovati(criteri, cerca)))
    assert attesi <= detti and (attesi or not detti)
    assert len(detti) < 8


def test_page__asks_what_happened_before_it_lists_anything(referente_a, client_di, nel):
    nel(date(2025, 10, 1))
    testo = client_di(referente_a).get(NUOVA).content.decode()
    assert all(f'value="{tipo.chiave}"' in testo for tipo in TIPI_DI_FATTO)
    primo = testo.index("?criterio=")
    assert testo.index("Che cosa è successo?") < testo.index('name="cerca"') < testo.index("<details") < primo
    assert testo.count("<details") == testo.count("</details>") and "<details open" not in testo


def test_page__with_a_kind_shows_likely_ones_with_the_day(referente_a, client_di):
    dati = {"che_cosa": "convenzione", "data": "2025-03-05"}
    risposta = client_di(referente_a).get(NUOVA, dati)
    assert codici(risposta.context["probabili"])[0] == "P7.1"
    chiave = risposta.context["probabili"][0].pk
    assert f"?criterio={chiave}&amp;data=2025-03-05" in risposta.content.decode()
    assert Evidenza.objects.count() == 0


@pytest.mark.parametrize(
    "dati", [{"che_cosa": "x\0"}, {"cerca": "\0" * 9}, {"cerca": "a" * 5000, "data": "9999-99-99"}]
)
def test_page__takes_anything_in_its_address(dati, referente_a, client_di):
    assert client_di(referente_a).get(NUOVA, dati).status_code == 200


def test_body_without_actions__reads_what_it_can_do(nuovo_utente, client_di, nel):
    nel(date(2025, 10, 1))
    dial = Organizzazione.objects.get(chiave="dial-funghi")
    client = client_di(nuovo_utente("referente_dial", dial.gruppo.name))
    for indirizzo in (NUOVA, reverse("wagtailadmin_home")):
        testo = client.get(indirizzo).content.decode()
        assert "guida nessuna azione di quest'anno, ma può dare molto" in testo.replace("\n", " ")
        assert all(codice in testo for codice in ("M5", "M6", "P5.1", "P7.1"))
    assert codici(client.get(NUOVA, {"che_cosa": "incontro"}).context["probabili"])


def test_choice__costs_the_same_however_many_criteria(referente_a, client_di, criteri, nel):
    nel(date(2025, 10, 1))
    client = client_di(referente_a)
    prima, _ = quante_query(f"{NUOVA}?che_cosa=incontro", client)
    for numero in range(60):
        criterio = criteri[-1]
        criterio.pk, criterio._state.adding, criterio.codice = None, True, f"P10.{numero + 50}"
        criterio.posizione = 900 + numero
        criterio.save()
    assert quante_query(f"{NUOVA}?che_cosa=incontro", client)[0] == prima
