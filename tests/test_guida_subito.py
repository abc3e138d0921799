"""What a sheet answers at once: open now, a call, the way, the cost, the next deadline."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cura.scheda import Luogo as LuogoDetto
from cura.scheda import Nome, subito
from guide.models import (
    Bisogno,
    Comune,
    Contatto,
    FasciaOraria,
    Luogo,
    Scadenza,
    ServizioPage,
    SezioneGuidaPage,
    Tariffa,
)
from guide.orari import Fascia, Orario, stato
from guide.scheda import Scheda
from guide.scheda import Tariffa as TariffaDetta
from organizzazioni.operazioni import pubblica_nuova

from .scene.costo import quante_query

ROMA = ZoneInfo("Europe/Rome")
OGGI = date(2026, 3, 4)


def pubblica(titolo="Nido", di="asif-chimelli", bisogni=("nido",), **campi):
    servizio = ServizioPage(title=titolo, **{"sommario": "In breve", "natura": "pubblico", **campi})
    servizio.bisogni = Bisogno.objects.filter(chiave__in=bisogni)
    return pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave=di), servizio)


# Open now


@pytest.mark.parametrize(
    ("istante", "attesa"),
    [
        ("2026-03-04T10:00", "2026-03-04T12:00"),  # open: until it closes
        ("2026-03-04T08:00", "2026-03-04T09:00"),  # closed: until it opens
        ("2026-03-04T13:00", "2026-03-05T00:00"),  # "domani" is another day after midnight
    ],
)
def test_state__says_until_when_it_is_true(istante, attesa):
    orario = Orario(tuple(Fascia(giorno, time(9), time(12)) for giorno in range(5)))
    trovato = stato(orario, datetime.fromisoformat(istante).replace(tzinfo=ROMA))
    assert trovato.fino_a == datetime.fromisoformat(attesa).replace(tzinfo=ROMA)


def test_state__in_the_time_of_rome_whatever_the_clock_of_who_asks():
    orario = Orario((Fascia(2, time(9), time(12)),))
    assert stato(orario, datetime(2026, 3, 4, 8, 30, tzinfo=ZoneInfo("UTC"))).testo == "Aperto ora, fino alle 12"


# The way


def test_way__from_the_point_or_from_the_address_or_not_at_all():
    pergine = Nome("pergine-valsugana", "Pergine Valsugana")
    punto = LuogoDetto("Sede", "Via Roma 1", pergine, "46.06", "11.24")
    assert punto.geo == "geo:46.06,11.24?q=46.06,11.24(Sede)" and "to=46.06%2C11.24" in punto.strada
    via = LuogoDetto("", "Via Roma 1", pergine)
    assert via.geo == "geo:0,0?q=Via%20Roma%201%2C%20Pergine%20Valsugana" and "query=Via+Roma+1" in via.strada
    solo_comune = LuogoDetto("", "", pergine)
    assert solo_comune.geo == solo_comune.strada == "" and solo_comune.via == "Pergine Valsugana"
    assert subito(["", "0461 111111, 0461 222222"], ["", "a@example.org"], [solo_comune, via])["luogo"] == via


# The cost


@pytest.mark.parametrize(
    ("campi", "breve", "frasi"),
    [
        ({}, "", []),
        ({"costo": "gratuito", "costo_nome": "Gratuito"}, "Gratuito", ["È gratuito."]),
        ({"costo": "pagamento", "costo_nome": "A pagamento"}, "A pagamento", ["È a pagamento."]),
        (
            {"costo": "pagamento", "tariffe": (TariffaDetta("20.00", "al mese"), TariffaDetta("8.50", "al mese"))},
            "da 8,50 euro al mese",
            ["20 euro al mese", "8,50 euro al mese"],
        ),
        (
            {"costo": "pagamento", "icef": True, "tariffe": (TariffaDetta("310.00", "al mese", "Tempo pieno"),)},
            "Secondo ICEF o ISEE",
            [
                "Tempo pieno: 310 euro al mese",
                "Quanto si paga dipende dalla condizione economica della famiglia (ICEF o ISEE).",
            ],
        ),
    ],
)
def test_cost__never_says_more_than_is_true(campi, breve, frasi):
    scheda = Scheda("Nido", **campi)
    assert (scheda.costo_in_breve(OGGI), scheda.costi(OGGI)) == (breve, frasi)


def test_cost__a_rent_or_a_benefit_that_depends_on_the_income_is_not_free():
    scheda = Scheda("Alloggi", costo="gratuito", costo_nome="Gratuito", icef=True)
    assert not scheda.gratuito and scheda.costo_in_breve(OGGI) == "Secondo ICEF o ISEE"
    assert scheda.costi(OGGI)[0].startswith("Fare domanda non costa niente.")


# The page


def scheda_intera():
    domani = timezone.localdate() + timedelta(days=30)
    return pubblica(
        contatti=[Contatto(ruolo="Segreteria", telefono="0461 111111", email="nido@example.org")],
        luoghi=[Luogo(comune=Comune.objects.get(chiave="tenna"), indirizzo="Via Roma 1")],
        orari=[FasciaOraria(giorno=giorno, dalle=time(0), alle=time(0)) for giorno in range(7)],
        tariffe=[Tariffa(importo=310, unita=Tariffa.Unita.MESE)],
        scadenze=[Scadenza(descrizione="Iscrizioni", data=domani)],
    )


def test_sheet__answers_at_once(client, db):
    html = client.get(scheda_intera().url).content.decode()
    prima, _, dopo = html.partition("<h2>Dove</h2>")
    subito_ = prima[prima.index('class="riquadro subito"') :]
    for atteso in (
        "Sempre aperto",
        'href="tel:+390461111111"',
        'href="mailto:nido@example.org"',
        "openstreetmap.org/search?query=Via+Roma+1",
        "310 euro al mese",
        "mancano 30 giorni",
    ):
        assert atteso in subito_, atteso
    assert dopo.index("<h2>Quando</h2>") < dopo.index("Quanto costa") and "geo:0,0?q=Via%20Roma%201" in dopo


def test_sheet__a_protected_place_has_no_way_to_it(client, db):
    luogo = Luogo(comune=Comune.objects.get(chiave="tenna"), indirizzo="Via Segreta 7", protetto=True)
    html = client.get(pubblica(luoghi=[luogo]).url).content.decode()
    assert "Segreta" not in html and "openstreetmap" not in html and "geo:" not in html


def test_sheet__is_shared_without_calling_anybody(client, db):
    html = client.get(pubblica().url).content.decode()
    assert 'href="https://wa.me/?text=Nido%20http' in html and "data-condividi" in html
    assert not re.findall(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="https://(?:wa\.me|www\.openstreetmap)', html)


def test_related__are_those_that_answer_the_same_needs(client, db):
    nido = pubblica(bisogni=["nido", "baby-sitter"])
    pubblica("Altro ente", "cs4", ["nido"])
    pubblica("Stesso ente", bisogni=["nido"])
    pubblica("Due bisogni", "cs4", ["nido", "baby-sitter"])
    pubblica("Palestra", bisogni=["sport"])
    pubblica("Tolto").unpublish()
    assert [s.title for s in client.get(nido.url).context["collegati"]] == ["Due bisogni", "Stesso ente", "Altro ente"]


def test_sheet__costs_the_same_whatever_is_related(db):
    nido = scheda_intera()
    con_nessuno, elenco = quante_query(nido.url)
    assert con_nessuno <= 12, elenco
    for n in range(6):
        pubblica(f"Altro {n}")
    con_molti, elenco = quante_query(nido.url)
    assert con_molti == con_nessuno, elenco
