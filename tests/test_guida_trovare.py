"""Finding in other ways: deadlines for the calendar, the map, the personal list, searches in vain."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from base.formati.calendario import Evento, scrivi_ics
from base.limiti import Limite
from cura import mappa
from cura.models import RicercaVana, Sinonimo
from cura.operazioni import annota_vana, ricerche
from cura.ricerca import da_annotare
from cura.views import ricerche as views
from guide.esportazioni import calendario
from guide.models import Comune, Luogo, Scadenza, ServizioPage, SezioneGuidaPage
from guide.scheda import Scadenza as ScadenzaPubblica
from guide.scheda import Scheda
from organizzazioni.operazioni import pubblica_nuova

ATTESI = Path(__file__).parent / "attesi"
GUIDA = "/family-guide/"
LISTA = "/family-guide/la-mia-lista/"
INVANO = "/guida/cercato-invano/"


@pytest.fixture
def nuovo_servizio(db):
    def nuovo(titolo, di="asif-chimelli", luoghi=(), scadenze=(), **campi):
        servizio = ServizioPage(title=titolo, sommario="In breve", natura="pubblico", **campi)
        servizio.luoghi, servizio.scadenze = list(luoghi), list(scadenze)
        return pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave=di), servizio)

    return nuovo


def conta_vana(parole, oggi):
    return annota_vana("guide", parole, oggi)


def comune(chiave):
    return Comune.objects.get(chiave=chiave)


def domani():
    return timezone.localdate() + timedelta(days=1)


# The calendar


def test_ics__is_the_one_kept():
    scheda = Scheda(
        "Nido; d'infanzia, comunale",
        sommario="Accoglie i bambini da tre mesi a tre anni.",
        scadenze=(
            ScadenzaPubblica("Finita", date(2026, 1, 31), "0"),
            ScadenzaPubblica("Fine delle iscrizioni", date(2026, 3, 1), "6f0c"),
            ScadenzaPubblica("Conferma del posto", date(2026, 12, 31), "9a1d"),
        ),
    )
    cambiata = datetime(2026, 1, 9, 8, 30, tzinfo=UTC)
    url = "https://portale.example.org/family-guide/asif/nido/"
    contenuto = calendario(scheda, url, UUID(int=7), cambiata, date(2026, 2, 1))
    assert contenuto == (ATTESI / "scadenze.ics").read_bytes()


def test_ics__of_an_event_with_hours_keeps_its_instants():
    inizio = datetime(2026, 5, 1, 16, tzinfo=UTC)
    evento = Evento("a@b", "Festa", inizio, inizio, inizio + timedelta(hours=2), luogo="Parco")
    letto = Calendar.from_ical(scrivi_ics([evento], "Eventi", "prova")).events[0]
    assert (letto.start, letto.end) == (evento.inizio, evento.fine)
    assert (letto["LOCATION"], letto["TRANSP"]) == ("Parco", "OPAQUE")


def test_ics__without_deadlines_to_come_is_nothing():
    scheda = Scheda("Nido", scadenze=(ScadenzaPubblica("Finita", date(2026, 1, 31), "0"),))
    cambiata = datetime(2026, 1, 9, tzinfo=UTC)
    assert calendario(scheda, "https://x.example/", UUID(int=7), cambiata, date(2026, 2, 1)) is None


def test_deadlines__keep_their_identity_when_published_again_and_a_copy_has_its_own(client, nuovo_servizio):
    servizio = nuovo_servizio("Nido", scadenze=[Scadenza(descrizione="Iscrizioni", data=domani())])
    copia = nuovo_servizio("Altro nido", scadenze=[Scadenza(descrizione="Iscrizioni", data=domani())])

    def uid(pagina):
        risposta = client.get(f"{pagina.get_url()}scadenze/")
        assert risposta["Content-Type"] == "text/calendar; charset=utf-8"
        assert risposta["Content-Disposition"] == f'attachment; filename="{pagina.slug}.ics"'
        return [str(evento["UID"]) for evento in Calendar.from_ical(risposta.content).events]

    prima = uid(servizio)
    bozza = servizio.get_latest_revision_as_object()
    bozza.scadenze.get().data = domani() + timedelta(days=30)
    bozza.save_revision().publish()
    assert uid(servizio) == prima != uid(copia)


def test_deadlines__of_a_draft_of_the_past_or_of_nobody_are_not_found(client, nuovo_servizio):
    passata = nuovo_servizio("Nido", scadenze=[Scadenza(descrizione="Iscrizioni", data=date(2020, 1, 1))])
    assert client.get(f"{passata.get_url()}scadenze/").status_code == 404
    assert "scadenze/" not in client.get(passata.get_url()).content.decode()
    servizio = nuovo_servizio("Altro", scadenze=[Scadenza(descrizione="Iscrizioni", data=domani())])
    assert f'{servizio.get_url()}scadenze/"' in client.get(servizio.get_url()).content.decode()
    servizio.unpublish()
    assert client.get(f"{servizio.get_url()}scadenze/").status_code == 404


# The map, over tiles


@pytest.fixture
def tessere(settings):
    settings.MAPPA_TILES_URL = "https://tile.example.org/{z}/{x}/{y}.png"


def punti(client, **dati):
    html = client.get(GUIDA, {"vista": "mappa", **dati}).content.decode()
    trovati = re.search(r'<script id="mappa-dati" type="application/json">(.*?)</script>', html)
    return json.loads(trovati[1])["punti"] if trovati else None


def test_tiles__have_every_entry_found_at_its_point_or_at_its_municipality(client, nuovo_servizio, tessere):
    nuovo_servizio("Preciso", luoghi=[Luogo(comune=comune("tenna"), latitudine="46.01500", longitudine="11.26000")])
    nuovo_servizio("Circa", luoghi=[Luogo(comune=comune("bedollo")), Luogo(comune=comune("bedollo"), nome="Sala")])
    nuovo_servizio("Senza luogo", on_line=True)
    letti = {(p["nome"], p["dove"], p["circa"], p["latitudine"]) for p in punti(client)}
    assert letti == {("Preciso", "Tenna", False, 46.015), ("Circa", "Bedollo", True, 46.167)}
    assert {p["nome"] for p in punti(client, comune="tenna")} == {"Preciso"}


def test_tiles__of_more_than_a_page_have_them_all_and_cost_the_same(client, nuovo_servizio, tessere):
    nuovo_servizio("Uno", luoghi=[Luogo(comune=comune("tenna"))])
    client.get(GUIDA, {"vista": "mappa"})
    with CaptureQueriesContext(connection) as con_uno:
        punti(client)
    for n in range(24):
        nuovo_servizio(f"Servizio {n}", luoghi=[Luogo(comune=comune("tenna"))])
    with CaptureQueriesContext(connection) as con_tanti:
        assert len(punti(client)) == 25
    assert len(con_tanti) == len(con_uno) <= 15


def test_tiles__of_too_many_count_them_by_municipality(client, nuovo_servizio, tessere, monkeypatch):
    monkeypatch.setattr(mappa, "PUNTI_MASSIMO", 2)
    for n in range(2):
        nuovo_servizio(f"A Tenna {n}", luoghi=[Luogo(comune=comune("tenna"))])
    nuovo_servizio("A Bedollo", luoghi=[Luogo(comune=comune("bedollo"))])
    letti = {p["dove"]: (p["quanti"], p["url"]) for p in punti(client)}
    assert letti == {"Tenna": (2, "?comune=tenna&vista=mappa"), "Bedollo": (1, "?comune=bedollo&vista=mappa")}


def test_map__says_nothing_of_a_protected_place(client, nuovo_servizio, tessere):
    nuovo_servizio(
        "Casa rifugio",
        luoghi=[Luogo(comune=comune("tenna"), protetto=True, latitudine="46.01234", longitudine="11.26543")],
    )
    assert punti(client) is None and client.get(GUIDA, {"vista": "mappa"}).context["disegno"].in_elenco == []


def test_map__calls_nobody_and_carries_no_script_of_its_own_without_a_tile_server(client, nuovo_servizio, settings):
    nuovo_servizio("Biblioteca", luoghi=[Luogo(comune=comune("tenna"))])
    senza = client.get(GUIDA, {"vista": "mappa"}).content.decode()
    assert "leaflet" not in senza and "mappa-dati" not in senza and punti(client) is None
    settings.MAPPA_TILES_URL = "https://tile.example.org/{z}/{x}/{y}.png"
    con = client.get(GUIDA, {"vista": "mappa"}).content.decode()
    assert "tile.example.org" in con and "leaflet" in con and "leaflet" not in client.get(GUIDA).content.decode()


# The personal list


def test_list__shows_fresh_facts_in_the_order_asked_and_says_what_is_gone(client, nuovo_servizio):
    uno, due, via = (nuovo_servizio(nome) for nome in ("Uno", "Due", "Tolto"))
    via.unpublish()
    risposta = client.get(LISTA, {"v": f"{due.pk},{uno.pk},{via.pk},{due.pk}"})
    assert [scheda.nome for _, scheda in risposta.context["voci"]] == ["Due", "Uno"]
    assert risposta.context["perdute"] == [via.pk]
    assert re.search(r"1 servizio della lista non è più nella\s+guida", risposta.content.decode())
    assert "Tolto" not in risposta.content.decode()


@pytest.mark.parametrize("chieste", ["", "x", "-1", "1;2", "²", "9" * 40, ",,,", "1 or 1=1", "\x00", "1," * 5000])
@pytest.mark.django_db
def test_list__takes_any_text(client, chieste):
    assert client.get(LISTA, {"v": chieste}).status_code == 200


def test_list__costs_the_same_with_one_and_with_many(client, nuovo_servizio):
    servizi = [nuovo_servizio(f"Servizio {n}", luoghi=[Luogo(comune=comune("tenna"))]) for n in range(6)]
    conti = []
    for quali in (servizi[:1], servizi[:1], servizi):
        with CaptureQueriesContext(connection) as fatte:
            client.get(LISTA, {"v": ",".join(str(s.pk) for s in quali)})
        conti.append(len(fatte))
    assert conti[1] == conti[2] <= 10


def test_list__without_javascript_offers_no_button_and_sets_no_cookie(client, nuovo_servizio):
    servizio = nuovo_servizio("Uno")
    for indirizzo in (GUIDA, servizio.get_url(), f"{LISTA}?v={servizio.pk}"):
        risposta = client.get(indirizzo)
        bottoni = re.findall(r"<button[^>]*data-lista=[^>]*>", risposta.content.decode())
        assert bottoni and all("hidden" in bottone for bottone in bottoni)
        assert not risposta.cookies and "Cookie" not in risposta.get("Vary", "")


# Searches in vain


@pytest.mark.parametrize(
    ("scritto", "annotato"),
    [
        ("Zùfolo per bambini", "zufolo bambini"),
        ("3331234567", ""),
        ("anna@example.org", ""),
        ("via Roma 3", ""),
        ("", ""),
        ("di", ""),
        ("ab", ""),
        ("uno due tre quattro cinque sei", ""),
        ("a" * 23, ""),
        ("www/sito", ""),
    ],
)
def test_words_in_vain__keep_nothing_that_tells_of_a_person(scritto, annotato):
    assert da_annotare(scritto) == annotato


def test_words_in_vain__are_counted_by_month_and_those_that_find_are_not(nuovo_servizio):
    nuovo_servizio("Biblioteca")
    assert conta_vana("zufolo", date(2026, 3, 2)) and conta_vana("Zùfolo", date(2026, 3, 9))
    assert conta_vana("zufolo", date(2026, 4, 1))
    assert not conta_vana("biblioteca", date(2026, 3, 2))
    assert list(RicercaVana.objects.order_by("mese").values_list("parole", "volte", "ultima")) == [
        ("zufolo", 2, date(2026, 3, 9)),
        ("zufolo", 1, date(2026, 4, 1)),
    ]


@pytest.mark.django_db
def test_words_in_vain__are_forgotten_after_a_year_and_never_fill_the_table(monkeypatch):
    conta_vana("zufolo", date(2025, 3, 2))
    conta_vana("zampogna", date(2026, 4, 2))
    assert [riga.parole for riga in RicercaVana.objects.all()] == ["zampogna"]
    monkeypatch.setattr(ricerche, "MASSIMO_AL_MESE", 1)
    assert not conta_vana("ocarina", date(2026, 4, 2)) and conta_vana("zampogna", date(2026, 4, 2))


def test_reading__never_writes_and_the_page_says_what_to_count(client, nuovo_servizio):
    nuovo_servizio("Biblioteca")
    assert 'data-cercato="zufolo"' in client.get(GUIDA, {"q": "zufolo"}).content.decode()
    for dati in ({"q": "biblioteca"}, {"q": "biblioteca", "comune": "tenna"}, {"comune": "tenna"}):
        assert "data-cercato" not in client.get(GUIDA, dati).content.decode()
    assert not RicercaVana.objects.exists()


@pytest.mark.django_db
def test_counting__asks_no_cookie_and_answers_the_same_whatever_it_is_told():
    severo = Client(enforce_csrf_checks=True)
    for parole in ("zufolo", "", "x" * 5000, "333 12", "\x00"):
        risposta = severo.post(INVANO, {"parole": parole})
        assert (risposta.status_code, risposta.content, dict(risposta.cookies)) == (204, b"", {})
    assert RicercaVana.objects.get().parole == "zufolo"
    assert severo.get(INVANO).status_code == 405


@pytest.mark.django_db
def test_counting__looks_before_it_locks_and_stops_who_insists(monkeypatch):
    cache.clear()
    monkeypatch.setattr(views, "CERCATO_INVANO", Limite("prova", quante=2, secondi=60))
    with CaptureQueriesContext(connection) as fatte:
        Client().post(INVANO, {"parole": "zufolo"})
    dette = [query["sql"] for query in fatte]
    bloccate = next(n for n, sql in enumerate(dette) if sql.startswith("SAVEPOINT"))
    cercate = [n for n, sql in enumerate(dette) if '"cura_parola"' in sql or '"cura_sinonimo"' in sql]
    assert cercate and max(cercate) < bloccate
    Client().post(INVANO, {"parole": "zampogna"})
    with CaptureQueriesContext(connection) as fatte:
        assert Client().post(INVANO, {"parole": "ocarina"}).status_code == 204
    assert not len(fatte) and RicercaVana.objects.count() == 2


def test_report__is_the_managers_and_leads_to_a_synonym(client_di, manager, referente_a, nuovo_servizio):
    nuovo_servizio("Biblioteca")
    for parole in ("zufolo", "zufolo", "biblioteca zampogna"):
        conta_vana(parole, timezone.localdate())
    risposta = client_di(manager).get("/admin/cercato_invano/")
    assert [(riga.parole, riga.volte, riga.ignote) for riga in risposta.context["righe"]] == [
        ("zufolo", 2, ["zufolo"]),
        ("biblioteca zampogna", 1, ["zampogna"]),
    ]
    assert 'value="zufolo"' in client_di(manager).get("/admin/sinonimo/new/?parola=zufolo").content.decode()
    Sinonimo.objects.create(parola="zufolo", cerca_anche="biblioteca")
    assert client_di(manager).get("/admin/cercato_invano/").context["righe"][0].ignote == []
    assert client_di(referente_a).get("/admin/cercato_invano/").status_code in (302, 403)
