"""The register of evidence: who reads what, filters that never fail, and an export equal to the list."""

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from programma import operazioni
from programma.filtri import FiltroEvidenze
from programma.models import Criterio, Evidenza

pytestmark = pytest.mark.django_db
REGISTRO, ESPORTA = reverse("programma:evidenze"), reverse("programma:evidenze_esporta")


@pytest.fixture
def evidenza(programma, organizzazione_a, referente_a):
    def crea(titolo="Tavolo", organizzazione=organizzazione_a, utente=referente_a, codici=("P1.1",), **campi):
        criteri = list(Criterio.objects.filter(programma=programma, codice__in=codici))
        campi = {"data": date(2025, 3, 5), "argomento": "Estate", "persone_coinvolte": "Due", **campi}
        nuova = Evidenza(organizzazione=organizzazione, titolo=titolo, **campi)
        return operazioni.salva_bozza(nuova, utente, criteri, [organizzazione])

    return crea


PROVA = {"link": ["https://example.org/relazione"]}


def trovate(utente, **get):
    filtro = FiltroEvidenze(get, utente)
    return [e.titolo for e in filtro.qs]


def test_everyone__sees_their_own(
    evidenza, organizzazione_b, referente_a, referente_b, manager, coordinamento, acs, nuovo_utente, client_di
):
    evidenza("Di A")
    evidenza("Di B", organizzazione_b, referente_b)
    assert trovate(referente_a) == ["Di A"]
    assert trovate(referente_b) == ["Di B"]
    for utente in (coordinamento, acs):
        assert trovate(utente) == []  # drafts
    Evidenza.objects.update(stato="inviata")
    for utente in (manager, coordinamento, acs):
        assert sorted(trovate(utente)) == ["Di A", "Di B"]
        assert "Di A" in client_di(utente).get(REGISTRO).content.decode()
    estraneo = nuovo_utente("estraneo")
    assert trovate(estraneo) == []
    for indirizzo in (REGISTRO, ESPORTA):
        chiusa = client_di(estraneo).get(indirizzo)
        assert chiusa.status_code == 403 and "Di A" not in chiusa.content.decode()
    for indirizzo in (REGISTRO, ESPORTA):
        testo = client_di(referente_a).get(indirizzo).content.decode("utf-8-sig")
        assert "Di A" in testo and "Di B" not in testo


def test_referent__does_not_choose_other_organisations(evidenza, organizzazione_b, referente_a, referente_b):
    evidenza("Di B", organizzazione_b, referente_b)
    assert trovate(referente_a, organizzazione=str(organizzazione_b.pk)) == []
    assert "organizzazione" not in FiltroEvidenze({}, referente_a).filters


def test_filters__narrow_the_list(evidenza, referente_a, manager, organizzazione_a, programma):
    evidenza("Bozza", codici=("M2",), data=date(2025, 6, 1), argomento="Comunicati")
    inviata = evidenza("Inviata", codici=("P1.1", "P2.1"), **PROVA)
    operazioni.invia(inviata, referente_a, quando=datetime(2025, 4, 1, tzinfo=ZoneInfo("Europe/Rome")))
    operazioni.approva(inviata, manager)
    tardiva = evidenza("Tardiva", data=date(2025, 9, 1))
    operazioni.invia(tardiva, referente_a, quando=datetime(2026, 1, 2, tzinfo=ZoneInfo("Europe/Rome")))
    criterio = Criterio.objects.get(programma=programma, codice="P1.1")
    casi = {
        (("stato", "approvata"),): ["Inviata"],
        (("criterio", str(criterio.pk)), ("stato", "approvata")): ["Inviata"],
        (("azione", "P1"),): ["Tardiva", "Inviata"],
        (("azione", "M2"),): ["Bozza"],
        (("testo", "comunic"),): ["Bozza"],
        (("testo", "nulla"),): [],
        (("tardive", "on"),): ["Tardiva"],
        (("dal", "2025-05-01"), ("al", "2025-08-01")): ["Bozza"],
        (("dal", "01/09/2025"),): ["Tardiva"],
        (("anno", "2025"), ("organizzazione", str(organizzazione_a.pk))): ["Tardiva", "Bozza", "Inviata"],
        (("ordine", "titolo"),): ["Bozza", "Inviata", "Tardiva"],
        (("ordine", "prime"),): ["Inviata", "Bozza", "Tardiva"],
    }
    assert {get: trovate(manager, **dict(get)) for get in casi} == casi


@pytest.mark.parametrize(
    "get",
    [
        {"anno": "x"},
        {"anno": "1999"},
        {"criterio": "x"},
        {"criterio": "99999999999999999999"},
        {"stato": "boh"},
        {"dal": "32/13/2025"},
        {"dal": "2025-06-01", "al": "2025-01-01"},
        {"organizzazione": "0"},
        {"ordine": "; drop"},
        {"azione": "P99"},
        {"p": "x"},
        {"p": "-3"},
        {"testo": "\x00"},
        {"testo": "%" * 300},
        {"tardive": "boh"},
    ],
)
def test_wrong_filter__is_never_an_error(evidenza, manager, client_di, get):
    evidenza("Unica")
    assert client_di(manager).get(REGISTRO, get).status_code == 200
    assert client_di(manager).get(ESPORTA, get).status_code in (200, 302)


def test_wrong_value__is_told_and_leaves_the_others(evidenza, manager, client_di):
    evidenza("Bozza di A")
    testo = client_di(manager).get(REGISTRO, {"stato": "bozza", "criterio": "0"}).content.decode()
    assert "Questa scelta non c" in testo and "Bozza di A" in testo


def test_export__has_the_rows_of_the_list(evidenza, referente_a, manager, client_di):
    operazioni.approva(operazioni.invia(evidenza("=Formula"), referente_a), manager, commento="Bene")
    evidenza("Bozza")
    cliente = client_di(manager)
    risposta = cliente.get(ESPORTA, {"formato": "csv", "stato": "approvata"})
    assert risposta["Content-Disposition"].endswith('.csv"')
    righe = list(csv.DictReader(io.StringIO(risposta.content.decode("utf-8-sig")), delimiter=";"))
    assert [(r["Titolo"], r["Criteri"], r["Stato"], r["Riconosciuto"], r["Motivo o commento"]) for r in righe] == [
        ("'=Formula", "P1.1", "Approvata", "P1.1: 1", "Bene")
    ]
    foglio = load_workbook(io.BytesIO(cliente.get(ESPORTA, {"formato": "xlsx"}).content)).active
    assert [riga[4].value for riga in foglio.iter_rows(min_row=2)] == trovate(manager)
    assert cliente.get(ESPORTA, {"formato": "pdf"}).status_code == 302


@pytest.mark.parametrize("indirizzo", [REGISTRO, ESPORTA])
def test_cost__is_constant(evidenza, referente_a, manager, client_di, indirizzo):
    cliente = client_di(manager)

    def conta():
        cliente.get(indirizzo)
        with CaptureQueriesContext(connection) as query:
            assert cliente.get(indirizzo, {"azione": "P1", "testo": "tavolo"}).status_code == 200
        return len(query)

    operazioni.approva(operazioni.invia(evidenza(), referente_a), manager)
    una = conta()
    for n in range(100):
        nuova = evidenza(f"Tavolo {n}", codici=("P1.1", "P1.2"), perche_insieme="È la stessa relazione", **PROVA)
        if n < 20:
            operazioni.approva(operazioni.invia(nuova, referente_a), manager)
    assert conta() == una
    assert una <= 26
