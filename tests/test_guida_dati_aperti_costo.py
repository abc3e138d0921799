# ruff: noqa: F401, F811 (fixtures that two files share)
"""What the open data cost, and when an answer is read again."""

import csv
import io
import json
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cura.operazioni import reindicizza
from cura.registro import cura_di
from guide.dati_aperti import hsds, identita, letture, luoghi_hsds
from guide.dati_aperti.parametri import ParametroNonValido, leggi
from guide.dati_aperti.tabella import COLONNE, riga
from guide.models import Bisogno, Comune, Contatto, FaseVita, GuidaIndexPage, Luogo, ServizioPage, SezioneGuidaPage
from guide.operazioni import conferma
from guide.scheda import Contatto as ContattoPubblico
from guide.scheda import Fascia, Nome, Periodo, Scadenza, Scheda, Tariffa
from guide.scheda import Luogo as LuogoPubblico
from organizzazioni.operazioni import pubblica_nuova

from .scene.dati_aperti import nuovo_servizio, tenna

INDIRIZZI = [
    "services",
    "services?full=true",
    "services?minimal=true",
    "services?search=nido",
    "organizations?full=true",
    "service_at_locations?full=true",
    "services?format=ndjson&full=true",
    "taxonomy_terms",
]


def quante_query(indirizzo):
    with CaptureQueriesContext(connection) as query:
        risposta = Client().get(indirizzo)
        if risposta.streaming:
            b"".join(risposta.streaming_content)
    assert risposta.status_code == 200
    return len(query)


def test_every_list__costs_the_same_with_one_entry_and_with_many(nuovo_servizio):
    nuovo_servizio("Nido", luoghi=[tenna()], bisogni=["nido"])
    indirizzi = [*(f"/api/hsds/{i}" for i in INDIRIZZI), "/api/guida.csv", "/api/guida-excel.csv", "/dati-aperti/"]
    for indirizzo in indirizzi:  # what is asked once in a process is asked before counting
        Client().get(indirizzo)
    con_una = {indirizzo: quante_query(indirizzo) for indirizzo in indirizzi}
    for n in range(15):
        nuovo_servizio(
            f"Nido {n}",
            "cs4" if n % 2 else "asif-chimelli",
            luoghi=[tenna()],
            bisogni=["nido"],
            erogatore_esterno=f"Ente {n}" if n % 3 == 0 else "",
        )
    assert {indirizzo: quante_query(indirizzo) for indirizzo in indirizzi} == con_una
    assert max(con_una.values()) <= 16  # a search reads the words and the sets of the whole site


def riletta(indirizzo, etichetta):
    """What who has the answer marked `etichetta` gets, and with how many queries."""
    with CaptureQueriesContext(connection) as query:
        risposta = Client().get(indirizzo, headers={"If-None-Match": etichetta})
    assert risposta["Cache-Control"] == "public, max-age=300" and risposta["Access-Control-Allow-Origin"] == "*"
    return risposta, len(query)


@pytest.mark.parametrize(
    "indirizzo",
    [
        "/api/hsds/services",
        "/api/hsds/services?minimal=true",
        "/api/hsds/services?format=ndjson&full=true",
        "/api/hsds/service_at_locations?format=ndjson",
        "/api/hsds/organizations?full_service=true",
        "/api/guida.csv",
    ],
)
def test_answer__is_neither_read_nor_sent_again_when_it_is_the_same(nuovo_servizio, indirizzo):
    nuovo_servizio("Nido")
    Client().get(indirizzo)
    prima = Client().get(indirizzo)
    uguale, query = riletta(indirizzo, prima["ETag"])
    assert (uguale.status_code, uguale.content, uguale["ETag"], query) == (304, b"", prima["ETag"], 2)
    assert Client().get("/api/hsds/services?mai=1", headers={"If-None-Match": prima["ETag"]}).status_code == 400


def test_answer__is_read_again_after_any_change(
    nuovo_servizio, referente_a, organizzazione_a, monkeypatch, django_capture_on_commit_callbacks
):
    servizio, altro = nuovo_servizio("Nido"), nuovo_servizio("Altro")
    cambi = {
        "scheda confermata": lambda: conferma(ServizioPage.objects.get(pk=servizio.pk), referente_a),
        "scheda tolta": lambda: altro.unpublish(),
        "pagina dell'ente": lambda: organizzazione_a.pagina.save_revision().publish(),
        "pagina dell'ente tolta": lambda: organizzazione_a.pagina.unpublish(),
        "indice rifatto": lambda: reindicizza(cura_di(ServizioPage)),
        "un altro giorno": lambda: monkeypatch.setattr(letture.timezone, "localdate", lambda *_: date(2100, 1, 1)),
    }
    for cambio, fai in cambi.items():
        etichetta = Client().get("/api/guida.csv")["ETag"]
        with django_capture_on_commit_callbacks(execute=True):
            fai()
        risposta, _ = riletta("/api/guida.csv", etichetta)
        assert risposta.status_code == 200 and risposta["ETag"] != etichetta, cambio
