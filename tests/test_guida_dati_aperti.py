# ruff: noqa: F401, F811 (fixtures that two files share)
"""The open data: what they say, what never leaves, what is asked wrongly, and what it costs."""

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

ATTESI = Path(__file__).parent / "attesi"


SPAZIO = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


SEGRETO = "ZZSEGRETO"


OGGI = date(2026, 7, 1)


def dati(indirizzo, stato=200, **parametri):
    risposta = Client().get(f"/api/hsds/{indirizzo}", parametri)
    assert risposta.status_code == stato, risposta.content
    assert risposta["Access-Control-Allow-Origin"] == "*" and not risposta.cookies
    assert "cookie" not in risposta.get("Vary", "").lower()
    return risposta.json()


def nomi(indirizzo, **parametri):
    return [riga["name"] for riga in dati(indirizzo, **parametri)["contents"]]


def voce_intera():
    scheda = Scheda(
        nome="=Nido",
        sommario="Il nido",
        altri_nomi="asilo",
        testo="<p>Uno &amp; <b>due</b></p><ul><li>tre</li></ul>",
        erogatore="CS4",
        erogatore_chiave="cs4",
        natura="pubblico",
        natura_nome="Ente pubblico",
        sito="https://example.org/nido",
        per_chi="Famiglie",
        eta_minima=3,
        eta_massima=36,
        fasi=(Nome("neonato", "Un bambino"),),
        bisogni=(Nome("nido", "Nido"),),
        etichette=("asilo", "gioco"),
        luoghi=(
            LuogoPubblico(
                "Sede", "Via Roma 1", Nome("tenna", "Tenna"), "46.01600", "11.26400", "si", "rampa", "38050", "TN"
            ),
        ),
        luogo_riservato=True,
        on_line=True,
        tutto_il_territorio=False,
        fasce=(Fascia(0, time(9), time(12)), Fascia(1, time(9), time(12)), Fascia(0, time(14), time(18, 30))),
        periodi=(
            Periodo(False, date(2020, 9, 1), date(2020, 6, 30), True),
            Periodo(True, date(2026, 12, 24), date(2026, 12, 26), False, "Natale"),
        ),
        su_appuntamento=True,
        note_orari="suonare",
        costo="pagamento",
        costo_nome="A pagamento",
        icef=True,
        tariffe=(Tariffa("7.50", "all'ora", "Mattina", date(2026, 1, 1), date(2026, 12, 31)),),
        note_costo="Sconti.",
        come_accedere="<p>Telefona</p>",
        documenti=("Domanda",),
        scadenze=(Scadenza("Iscrizioni", date(2027, 3, 1)),),
        lingue=(Nome("deu", "Tedesco"),),
        contatti=(ContattoPubblico("Segreteria", "0461 000000", "nido@example.org", "la mattina"),),
        verificata_il=date(2026, 6, 15),
    )
    return identita.Pubblicata(
        UUID(int=7),
        scheda,
        "https://example.org/family-guide/nido/",
        datetime.fromisoformat("2026-06-30T10:00:00.123456+00:00"),
    )


def guida():
    termini = [
        identita.TermineDiTassonomia("bisogni", "piccoli", "Piccoli"),
        identita.TermineDiTassonomia("bisogni", "nido", "Nido", "piccoli"),
        identita.TermineDiTassonomia("momenti", "neonato", "Un bambino"),
        identita.TermineDiTassonomia("fasce", "0-3", "Da 0 a 3", "", 0, 36),
        identita.TermineDiTassonomia("fasce", "3-6", "Da 3 a 6", "", 36, 72),
        identita.TermineDiTassonomia("comuni", "tenna", "Tenna"),
    ]
    ente = identita.Ente(identita.id_ente(SPAZIO, "cs4", ""), "CS4", "CS4", "Cooperativa", "https://cs4.example.org")
    return identita.Guida(SPAZIO, {(t.tassonomia, t.chiave): t for t in termini}, {ente.id: ente}, OGGI)


# What they say


def test_service__is_the_kept_one():
    scritto = json.dumps(hsds.servizio(voce_intera(), guida()), ensure_ascii=False, indent=1) + "\n"
    assert scritto == (ATTESI / "hsds-servizio.json").read_text()


def test_table__is_the_kept_one():
    from base.formati.tabelle import csv_per_programmi

    assert csv_per_programmi(COLONNE, [riga(voce_intera())]) == (ATTESI / "guida.csv").read_text()


@pytest.mark.parametrize(
    ("dal", "al", "attesi"),
    [
        ((2020, 6, 1), (2020, 6, 30), ((2027, 6, 1), (2027, 6, 30))),  # over for this year
        ((2020, 6, 1), (2020, 7, 1), ((2026, 6, 1), (2026, 7, 1))),  # its last day is today
        ((2020, 9, 1), (2020, 8, 1), ((2025, 9, 1), (2026, 8, 1))),  # over the end of the year
        ((2020, 2, 29), (2020, 2, 29), ((2027, 2, 28), (2027, 2, 28))),
    ],
)
def test_season_of_every_year__is_the_one_that_is_or_comes(dal, al, attesi):
    assert luoghi_hsds.occorrenza(Periodo(False, date(*dal), date(*al), True), OGGI) == tuple(date(*g) for g in attesi)


def test_identifiers__outlive_edits_moves_and_a_new_index(nuovo_servizio):
    servizio = nuovo_servizio("Nido", bisogni=["nido"], luoghi=[tenna(nome="Sede")])
    prima = dati("services", full="true")["contents"][0]
    servizio.title, servizio.slug = "Asilo", "asilo"
    servizio.save_revision().publish()
    servizio.refresh_from_db()
    servizio.move(SezioneGuidaPage.objects.get(organizzazione__chiave="cs4"), "last-child")
    Bisogno.objects.filter(chiave="nido").update(nome="Nidi")
    reindicizza(cura_di(ServizioPage))
    dopo = dati("services", full="true")["contents"][0]
    assert dopo["name"] == "Asilo" and dopo["url"].endswith("/family-guide/cs4/asilo/")
    for riga_ in (prima, dopo):
        riga_["chiavi"] = [
            riga_["id"],
            riga_["organization_id"],
            [a["taxonomy_term_id"] for a in riga_["attributes"]],
            [s["id"] for s in riga_["service_at_locations"]],
        ]
    assert prima["chiavi"] == dopo["chiavi"]


def test_nothing_masked_or_hidden__leaves(nuovo_servizio):
    nuovo_servizio(
        "Casa",
        luoghi=[tenna(nome=SEGRETO, indirizzo=SEGRETO, protetto=True)],
        contatti=[Contatto(ruolo=SEGRETO, email="zzsegreto@example.org", nascosto=True)],
    )
    bozza = nuovo_servizio("Altro")
    bozza.title = f"{SEGRETO} bozza"
    bozza.save_revision()
    indirizzi = [
        "services?full=true",
        "services",
        "services?format=ndjson&full=true",
        "organizations?full_service=true",
        "service_at_locations?full=true",
        f"services/{bozza.translation_key}",
    ]
    for indirizzo in [*(f"/api/hsds/{i}" for i in indirizzi), "/api/guida.csv"]:
        risposta = Client().get(indirizzo)
        corpo = b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
        assert risposta.status_code == 200 and SEGRETO not in corpo.decode().upper(), indirizzo
    assert dati("service_at_locations")["empty"]


def test_list__is_filtered_as_the_standard_says(nuovo_servizio):
    nuovo_servizio("Nido", bisogni=["nido"], fasi=["neonato"], eta_minima=0, eta_massima=36)
    nuovo_servizio("Compiti", "cs4", luoghi=[tenna()])
    nuovo_servizio("Esterno", erogatore_esterno="Una  associazione")
    id_guida = GuidaIndexPage.objects.get().translation_key
    enti = {riga_["name"]: riga_["id"] for riga_ in dati("organizations")["contents"]}
    assert len(enti) == 3 and enti["Una  associazione"] == str(identita.id_ente(id_guida, "", "una associazione"))
    for parametri, attesi in [
        ({"taxonomy_term_id": identita.id_termine(id_guida, "bisogni", "cura-dei-piccoli")}, ["Nido"]),
        ({"taxonomy_term_id": identita.id_termine(id_guida, "fasce", "prima-infanzia")}, ["Nido"]),
        ({"taxonomy_id": identita.id_tassonomia(id_guida, "comuni")}, ["Compiti"]),
        ({"organization_id": enti["Una  associazione"]}, ["Esterno"]),
        ({"organization_id": id_guida}, []),
        ({"search": "compito"}, ["Compiti"]),
        ({"search": "zzzz"}, []),
        ({"search": "di"}, []),
        ({"modified_after": "2999-01-01"}, []),
        ({"modified_after": "2000-01-01T00:00:00Z"}, ["Compiti", "Esterno", "Nido"]),
        ({"per_page": 2, "page": 2}, ["Nido"]),
        ({"minimal": "true", "per_page": 1}, ["Compiti", "Esterno", "Nido"]),
    ]:
        assert nomi("services", **parametri) == attesi, parametri
    assert nomi("taxonomy_terms", top_only="true", taxonomy_id=identita.id_tassonomia(id_guida, "bisogni"))[0] == (
        "Cura dei più piccoli"
    )
    padre = identita.id_termine(id_guida, "bisogni", "cura-dei-piccoli")
    figli = Bisogno.objects.filter(padre__chiave="cura-dei-piccoli")
    assert len(nomi("taxonomy_terms", parent_id=padre)) == figli.count() > 1
    assert nomi("organizations", search="associa") == ["Una  associazione"]


def test_unpublished_and_suspended__are_told_apart(nuovo_servizio):
    servizio = nuovo_servizio("Nido", sospeso=True, sospeso_motivo="Lavori", sospeso_fino_al="2999-01-01")
    riga_ = dati("services")["contents"][0]
    assert riga_["status"] == "temporarily closed" and "Lavori" in riga_["alert"]
    servizio.unpublish()
    assert dati("services")["empty"] and dati(f"services/{servizio.translation_key}", 404)["errore"]


# What is asked wrongly


@pytest.mark.parametrize(
    "parametri",
    [
        {"page": "0"},
        {"page": "x"},
        {"page": "²"},
        {"page": "9" * 40},
        {"per_page": "-1"},
        {"per_page": "0"},
        {"format": "xml"},
        {"full": "forse"},
        {"taxonomy_term_id": "x"},
        {"modified_after": "ieri"},
        {"modified_after": "0001-01-01T00:00:00+23:00"},
        {"postcode": "38057"},
        {"tassonomia": "x"},
        {"\x00": "x"},
    ],
)
@pytest.mark.django_db
def test_bad_parameter__is_refused_in_words(parametri):
    assert "«" in dati("services", 400, **parametri)["errore"]


@pytest.mark.django_db
def test_what_is_not_there__is_json_too():
    for indirizzo in (
        "services/x",
        f"services/{SPAZIO}",
        f"organizations/{SPAZIO}",
        f"taxonomies/{SPAZIO}",
        f"taxonomy_terms/{SPAZIO}",
        f"service_at_locations/{SPAZIO}",
        "locations",
        "services/",
        "a/b/c",
    ):
        assert dati(indirizzo, 404)["errore"]
    assert dati("services", 404, page="2")["errore"]
    for metodo in ("post", "put", "delete", "patch"):
        risposta = getattr(Client(enforce_csrf_checks=True), metodo)("/api/hsds/services")
        assert risposta.status_code == 405 and risposta["Allow"] == "GET, HEAD" and risposta.json()["errore"]


def test_parameters__a_page_has_a_maximum():
    assert leggi({"per_page": "100000"}, ["per_page"]).per_pagina == 100
    with pytest.raises(ParametroNonValido, match="non esiste"):
        leggi({"x" * 500: "1"}, [])


# Files and pages


def test_csv__is_safe_in_a_spreadsheet(nuovo_servizio):
    nuovo_servizio("=HYPERLINK(1)")
    righe = list(csv.DictReader(io.StringIO(Client().get("/api/guida.csv").content.decode())))
    assert [r["nome"] for r in righe] == ["'=HYPERLINK(1)"] and tuple(righe[0]) == COLONNE


@pytest.mark.django_db
def test_csv_for_people__opens_with_a_double_click(client, nuovo_servizio):
    servizio = nuovo_servizio("=Nido")
    servizio.eta_minima, servizio.eta_massima = 18, 36
    servizio.save_revision().publish()
    risposta = client.get("/api/guida-excel.csv")
    assert risposta.content.startswith(b"\xef\xbb\xbf")
    [letta] = csv.DictReader(io.StringIO(risposta.content.decode("utf-8-sig")), delimiter=";")
    assert (letta["nome"], letta["eta_minima"], letta["eta_massima"]) == ("'=Nido", "18 mesi", "3 anni")
    assert "eta_minima_mesi" not in letta and len(letta) == len(COLONNE)


@pytest.mark.django_db
def test_description__is_ours_and_names_licence_and_server():
    documento = dati("openapi.json")
    assert documento["servers"] == [{"url": "http://testserver/api/hsds"}]
    assert documento["info"]["license"]["name"] == "CC BY 4.0" and "/locations" not in documento["paths"]
    assert dati("")["version"] == "3.0" and dati("")["openapi_url"].endswith("/api/hsds/openapi.json")


@pytest.mark.django_db
def test_page__says_licence_and_links_what_is_there(client):
    html = client.get("/dati-aperti/").content.decode()
    assert "CC BY 4.0" in html and html.count("<h1") == 1
    for indirizzo in ("/api/guida.csv", "/api/guida-excel.csv", "/api/hsds/", "/api/hsds/openapi.json"):
        assert f'href="{indirizzo}"' in html and client.get(indirizzo).status_code == 200
    assert 'href="/dati-aperti/"' in client.get("/").content.decode()
    assert "CC BY 4.0" in client.get("/licenza/").content.decode()


# Codes


def test_code__is_given_once_and_a_copy_has_its_own(nuovo_servizio):
    servizio = nuovo_servizio("Nido")
    codice = servizio.codice
    servizio.title = "Asilo"
    servizio.save_revision().publish()
    servizio.refresh_from_db()
    copia = servizio.copy(update_attrs={"slug": "copia"})
    alias = servizio.create_alias(update_slug="alias")
    servizio.save_revision().publish()
    alias.refresh_from_db()
    assert servizio.codice == codice and copia.codice not in ("", codice) and alias.codice == ""
    assert copia.get_latest_revision_as_object().codice in ("", copia.codice)
