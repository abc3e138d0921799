# ruff: noqa: F401, F811 (fixtures that two files share)
"""The guide in public: what is found, what is counted, what never leaves."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cura.models import InsiemeFaccetta, InsiemeParola, Sinonimo
from cura.operazioni import reindicizza
from cura.registro import cura_di
from cura.tasks import aggiorna_chi_nomina
from guide.models import (
    Bisogno,
    Comune,
    Contatto,
    FasciaOraria,
    FaseVita,
    Lingua,
    Luogo,
    Scadenza,
    ServizioPage,
    SezioneGuidaPage,
    Tariffa,
)
from organizzazioni.operazioni import pubblica_nuova

from .scene.costo import quante_query
from .scene.guida import nuovo_servizio, trovati

pytestmark = pytest.mark.django_db


MASSIMO = 12


def vicini(client, **dati):
    return [servizio.title for servizio, _ in client.get("/family-guide/", dati).context["vicini"]]


# Words


@pytest.mark.parametrize(
    ("scritto", "trova"),
    [
        ("psicologo", "Psicologia dell'età evolutiva"),
        ("psicologo", "Consultorio"),
        ("citta", "Vivere la città"),
        ("CITTÀ", "Vivere la città"),
        ("dell'infanzia", "Scuola d'infanzia"),
        ("bambino", "Letture per bambini"),
        ("infansia", "Scuola d'infanzia"),
        ("spicologia", "Psicologia dell'età evolutiva"),
        ("consultorii", "Consultorio"),
        ("letura bambini", "Letture per bambini"),
        ("mensa", "Scuola d'infanzia"),
    ],
)
def test_words__are_found_as_italians_write_them(client, nuovo_servizio, scritto, trova):
    nuovo_servizio("Psicologia dell'età evolutiva")
    nuovo_servizio("Consultorio", testo="<p>Visite</p>")
    nuovo_servizio("Vivere la città")
    nuovo_servizio("Scuola d'infanzia", altri_nomi="materna", testo="<p>Con la<b>mensa</b></p>")
    nuovo_servizio("Letture per bambini")
    assert trova in trovati(client, q=scritto)


def test_words__must_all_be_there_and_the_title_comes_first(client, nuovo_servizio):
    nuovo_servizio("Aiuto", testo="<p>Anche il nido.</p>")
    nuovo_servizio("Zeta nido")
    nuovo_servizio("Nido", sommario="Con aiuto")
    assert trovati(client, q="nido") == ["Nido", "Zeta nido", "Aiuto"]
    assert trovati(client, q="nido aiuto") == ["Nido", "Aiuto"]


def test_words__a_synonym_of_the_manager_counts_at_once(client, nuovo_servizio):
    nuovo_servizio("Sportello sociale")
    assert trovati(client, q="segretariato") == []
    Sinonimo.objects.create(parola="segretariato", cerca_anche="sportello")
    assert trovati(client, q="Segretariati") == ["Sportello sociale"]


def test_words__a_correction_is_said(client, nuovo_servizio):
    nuovo_servizio("Ludoteca")
    html = client.get("/family-guide/", {"q": "ludotca"}).content.decode()
    assert "«ludotca»" in html and "«ludoteca»" in html


def test_words__without_results_there_are_near_ones_and_a_way_to_tell_us(client, nuovo_servizio):
    nuovo_servizio("Nido", comuni=["tenna"])
    nuovo_servizio("Ludoteca")
    assert vicini(client, q="nido zzzzz") == ["Nido"]
    assert vicini(client, q="nido", comune="bedollo") == ["Nido"]
    html = client.get("/family-guide/", {"q": "zzzzz"}).content.decode()
    assert "/segnala-un-problema/" in html and "Forse ti interessa" not in html


@pytest.mark.parametrize("q", ["'", "\x00", "a" * 300, "di la", "%", "<script>", "1 2 3", " ".join("abcdefghij")])
def test_words__whatever_they_are(client, nuovo_servizio, q):
    nuovo_servizio("Nido")
    risposta = client.get("/family-guide/", {"q": q, "pagina": "-", "eta": "\x00", "comune": "9" * 99})
    assert risposta.status_code == 200 and b"<script>" not in risposta.content


# Facets


def test_facets__each_finds_its_own(client, nuovo_servizio):
    nuovo_servizio(
        "Nido",
        eta_minima=3,
        eta_massima=36,
        fasi=["neonato"],
        bisogni=["nido"],
        comuni=["tenna"],
        costo="pagamento",
        icef=True,
        lingue=["mhn"],
        orari=[FasciaOraria(giorno=5, dalle=time(9), alle=time(12))],
    )
    nuovo_servizio(
        "Consulenza",
        eta_minima=216,
        on_line=True,
        costo="gratuito",
        convenzionato=True,
        luoghi=[Luogo(comune=Comune.objects.get(chiave="bedollo"), accessibilita="si")],
    )
    nuovo_servizio("Ovunque", a_domicilio=True, tutto_il_territorio=True)
    for dati, attesi in [
        ({"eta": "prima-infanzia"}, ["Nido"]),
        ({"eta": "infanzia"}, []),
        ({"eta": "adulti"}, ["Consulenza"]),
        ({"fase": "neonato"}, ["Nido"]),
        ({"bisogno": "nido"}, ["Nido"]),
        ({"bisogno": "cura-dei-piccoli"}, ["Nido"]),
        ({"comune": "tenna"}, ["Nido", "Ovunque"]),
        ({"comune": "fierozzo"}, ["Ovunque"]),
        ({"costo": "gratuito"}, ["Consulenza"]),
        ({"costo": "icef"}, ["Nido"]),
        ({"costo": "convenzionato"}, ["Consulenza"]),
        ({"giorno": "sab"}, ["Nido"]),
        ({"giorno": "lun"}, []),
        ({"modo": "online"}, ["Consulenza"]),
        ({"modo": "domicilio"}, ["Ovunque"]),
        ({"modo": "sede"}, ["Consulenza", "Nido"]),
        ({"lingua": "mhn"}, ["Nido"]),
        ({"accesso": "si"}, ["Consulenza"]),
        ({"comune": "tenna", "lingua": "mhn"}, ["Nido"]),
        ({"comune": "bedollo", "lingua": "mhn"}, []),
        ({"comune": "atlantide"}, ["Consulenza", "Nido", "Ovunque"]),
        ({}, ["Consulenza", "Nido", "Ovunque"]),
    ]:
        assert trovati(client, **dati) == attesi, dati


def test_facets__offer_what_would_be_found_with_its_count(client, nuovo_servizio):
    nuovo_servizio("Uno", comuni=["tenna"], lingue=["ita"])
    nuovo_servizio("Due", comuni=["tenna", "bedollo"], lingue=["ita", "deu"])
    html = client.get("/family-guide/", {"lingua": "deu"}).content.decode()
    assert "Tenna (1)" in html and "Bedollo (1)" in html and "Italiano (2)" in html and "Tedesco (1)" in html
    assert "Fornace" not in html
    assert 'value="deu" selected' in html and 'href="/family-guide/"' in html


def test_facets__chips_remove_one_at_a_time(client, nuovo_servizio):
    nuovo_servizio("Nido", comuni=["tenna"], lingue=["ita"])
    tolte = client.get("/family-guide/", {"q": "nido", "comune": "tenna", "lingua": "ita"}).context["tolte"]
    assert [senza for _, _, senza in tolte] == [
        "?comune=tenna&lingua=ita",
        "?q=nido&lingua=ita",
        "?q=nido&comune=tenna",
    ]


def test_section__lists_and_counts_only_its_own(client, nuovo_servizio):
    nuovo_servizio("Nido", comuni=["tenna"])
    nuovo_servizio("Compiti", di="cs4", comuni=["tenna"])
    assert trovati(client, "/family-guide/cs4/") == ["Compiti"]
    assert "Tenna (1)" in client.get("/family-guide/cs4/").content.decode()


# What never leaves


SEGRETI = (
    "Via Segreta 7",
    "Casa Rifugio",
    "Bedollo",
    "0461 000111",
    "riservata@example.org",
    "46.12345",
    "Numero interno",
)


def test_masked_places_and_hidden_contacts__are_in_no_public_answer(client, nuovo_servizio, client_di, manager):
    servizio = nuovo_servizio(
        "Rifugio",
        comuni=["tenna"],
        luoghi=[
            Luogo(
                nome="Casa Rifugio",
                indirizzo="Via Segreta 7",
                comune=Comune.objects.get(chiave="bedollo"),
                protetto=True,
                latitudine="46.12345",
                longitudine="11.2",
            )
        ],
        contatti=[
            Contatto(ruolo="Numero interno", telefono="0461 000111", email="riservata@example.org", nascosto=True),
            Contatto(ruolo="Segreteria", telefono="0461 000000"),
        ],
    )
    dati = json.dumps(cura_di(ServizioPage).voci.get().dati)
    pagine = [
        servizio.url,
        "/family-guide/",
        "/family-guide/asif-chimelli/",
        "/organizzazioni/asif-chimelli/",
        "/cerca/?q=rifugio",
        "/cerca/?q=segreta",
    ]
    for testo in [dati, *(client.get(pagina).content.decode() for pagina in pagine)]:
        assert not [segreto for segreto in SEGRETI if segreto in testo]
    for parola in ("segreta", "riservata", "casa", "interno"):
        assert trovati(client, q=parola) == []
    assert trovati(client, comune="bedollo") == [] and trovati(client, modo="sede") == ["Rifugio"]
    html = client.get(servizio.url).content.decode()
    assert "L'indirizzo è riservato" in html and "Segreteria" in html
    assert not [s for s in SEGRETI if s in servizio.make_preview_request().content.decode()]


def test_draft__is_not_in_the_guide_and_the_approved_version_stays(client, nuovo_servizio):
    servizio = nuovo_servizio("Nido")
    servizio.sommario = "Non ancora approvato"
    servizio.save_revision()
    assert "Non ancora approvato" not in client.get(servizio.url).content.decode()
    assert "Non ancora approvato" in servizio.get_latest_revision_as_object().make_preview_request().content.decode()


# The page of a service


def test_service__has_only_the_headings_that_are_filled(client, nuovo_servizio):
    def titoli(servizio):
        html = client.get(servizio.url).content.decode()
        return re.findall(r"<h2[^>]*>([^<]+)</h2>", html[html.index("<main") : html.index("</main>")])

    assert titoli(nuovo_servizio("Vuoto", slug="vuoto")) == ["In breve"]
    pieno = nuovo_servizio(
        "Pieno",
        slug="pieno",
        per_chi="Tutti",
        testo="<p>Che cosa</p>",
        come_accedere="<p>Così</p>",
        documenti="Uno\nDue",
        costo="gratuito",
        comuni=["tenna"],
        lingue=["ita"],
        sito="https://example.org",
        orari=[FasciaOraria(giorno=0, dalle=time(9), alle=time(12))],
        scadenze=[Scadenza(descrizione="Iscrizioni", data=timezone.localdate() + timedelta(days=3))],
    )
    assert titoli(pieno) == [
        "Dove",
        "Quando",
        "A chi è rivolto",
        "Descrizione",
        "Come fare",
        "Cosa serve",
        "Tempi e scadenze",
        "Quanto costa",
        "Contatti",
        "In breve",
    ]


def test_service__says_when_it_is_closed_for_a_while_and_until_when(client, nuovo_servizio):
    domani = timezone.localdate() + timedelta(days=1)
    servizio = nuovo_servizio("Nido", sospeso=True, sospeso_motivo="Lavori", sospeso_fino_al=domani)
    assert "Temporaneamente chiuso" in client.get(servizio.url).content.decode()
    servizio.sospeso_fino_al = timezone.localdate() - timedelta(days=1)
    servizio.save_revision().publish()
    assert "Temporaneamente chiuso" not in client.get(servizio.url).content.decode()
    assert "Temporaneamente chiuso" not in client.get("/family-guide/").content.decode()


def test_service__shows_no_amount_that_is_over_and_no_deadline_that_is_past(client, nuovo_servizio):
    servizio = nuovo_servizio(
        "Corso",
        costo="pagamento",
        tariffe=[Tariffa(importo=50, unita="mese", valida_fino_al=date(2020, 1, 1)), Tariffa(importo=60, unita="mese")],
        scadenze=[Scadenza(descrizione="Vecchia iscrizione", data=date(2020, 1, 1))],
    )
    html = client.get(servizio.url).content.decode()
    assert "60 euro" in html and "50 euro" not in html and "Vecchia iscrizione" not in html


def test_service__data_for_search_engines(client, nuovo_servizio):
    servizio = nuovo_servizio("</script>Nido", slug="nido", comuni=["tenna"], erogatore_esterno="Ente")
    html = client.get(servizio.url).content.decode()
    dati = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))
    assert dati["@type"] == "GovernmentService" and dati["name"] == "</script>Nido"
    assert dati["availableChannel"][0]["serviceLocation"]["address"]["addressLocality"] == "Tenna"


def test_emergency_numbers__are_on_the_home_of_the_guide_and_in_every_print(client, nuovo_servizio):
    servizio = nuovo_servizio("Nido")
    for indirizzo in ("/family-guide/", servizio.url):
        html = client.get(indirizzo).content.decode()
        assert all(f'href="tel:{numero}"' in html for numero in ("112", "1522", "114", "116117")), indirizzo


def test_organisation__shows_the_services_it_provides(client, nuovo_servizio, organizzazione_a):
    nuovo_servizio("Nido", erogatore=organizzazione_a)
    nuovo_servizio("Di un altro", erogatore_esterno="Associazione")
    html = client.get("/organizzazioni/asif-chimelli/").content.decode()
    assert "Nella Family Guide" in html and "Nido" in html and "Di un altro" not in html


# Cost


INDIRIZZI = [
    "/family-guide/",
    "/family-guide/?q=servizio",
    "/family-guide/?q=psicologo+sevizio",
    "/family-guide/asif-chimelli/",
    "/family-guide/?comune=tenna&lingua=ita&giorno=lun",
    "/family-guide/?q=servizio&comune=bedollo",
    "/family-guide/asif-chimelli/servizio-0/",
    "/organizzazioni/asif-chimelli/",
]


@pytest.mark.parametrize("indirizzo", INDIRIZZI)
def test_guide__costs_few_queries_whatever_the_entries(nuovo_servizio, organizzazione_a, indirizzo):
    def nuovi(primo, ultimo):
        for n in range(primo, ultimo):
            nuovo_servizio(
                f"Servizio {n}",
                slug=f"servizio-{n}",
                comuni=["tenna"],
                lingue=["ita"],
                bisogni=["nido"],
                erogatore=organizzazione_a,
                orari=[FasciaOraria(giorno=0, dalle=time(9), alle=time(12))],
                contatti=[Contatto(ruolo="Ufficio", telefono="0461 000000")],
            )

    nuovi(0, 1)
    con_uno, elenco = quante_query(indirizzo)
    assert con_uno <= MASSIMO, elenco
    nuovi(1, 12)
    con_dodici, elenco = quante_query(indirizzo)
    assert con_dodici == con_uno, elenco
