"""The last day is a day like the others, and at half past midnight it is the day of Rome, not of UTC; of what nobody
verified nothing is said."""

import csv
import io
import re
from datetime import UTC, date, timedelta

import pytest
from django.test import Client

from guide import operazioni as guide
from guide.fascicoli.contenuto import leggi_contenuti
from guide.freschezza import GIORNI
from guide.models import Comune, Luogo, Scadenza, Tariffa
from home.demo.orologio import momento, orologio
from notizie.models import EventoPage, PezzoProgrammato, SezioneNotiziePage
from organizzazioni.operazioni import pubblica_nuova
from programma.selettori.punteggio import quadro_punteggio

from .scene.fascicoli import pubblica
from .test_gestione_coda import Coda, inviata  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
ULTIMO = date(2026, 3, 1)
ORE = [("2026-03-01 00:30", True), ("2026-03-01 23:30", True), ("2026-03-02 00:30", False)]
"""An hour of the last day, or of the day after: until when a thing is there."""


def alle(ora):
    """The clock at that hour of Rome, in UTC as Django has it."""
    return orologio(momento(ora).astimezone(UTC))


@pytest.fixture
def corso():
    """An entry whose amount and deadline end on the last day."""
    return pubblica(
        "Corso",
        costo="pagamento",
        tariffe=[Tariffa(importo=50, unita="mese", valida_fino_al=ULTIMO)],
        scadenze=[Scadenza(descrizione="Iscrizioni", data=ULTIMO)],
    )


@pytest.mark.parametrize(("ora", "c_e"), ORE)
def test_service__deadline_and_amount_on_their_last_day(corso, client, ora, c_e):
    with alle(ora):
        html = client.get(corso.get_url()).content.decode()
        assert ("Iscrizioni: entro" in html, "50 euro" in html) == (c_e, c_e)
        assert client.get(f"{corso.get_url()}scadenze/").status_code == (200 if c_e else 404)


@pytest.mark.parametrize(("giorno", "c_e"), [(ULTIMO, True), (date(2026, 3, 2), False)])
def test_booklet__deadline_and_amount_on_their_last_day(corso, giorno, c_e):
    (voce,) = leggi_contenuti(giorno)[0].voci
    assert (bool(voce.scheda.scadenze), any("50" in costo for costo in voce.costi)) == (c_e, c_e)


def test_changed_after_midnight__is_of_that_day_on_paper_and_in_the_open_data():
    with alle("2026-03-01 00:30"):
        pubblica("Corso")
        (riga,) = csv.DictReader(io.StringIO(Client().get("/api/guida.csv").content.decode()))
    (voce,) = leggi_contenuti(ULTIMO)[0].voci
    assert voce.aggiornata == ULTIMO and "2026-03-01" in riga.values()


def test_verified_after_midnight__is_to_be_confirmed_so_many_days_from_that_day(corso, manager):
    with alle("2026-03-01 00:30"):
        assert guide.conferma(type(corso).objects.get(), manager).scade_il == ULTIMO + timedelta(days=GIORNI)


@pytest.mark.parametrize(("ora", "in_tempo"), [("2025-12-31 23:30", True), ("2026-01-01 00:30", False)])
def test_evidence__is_late_from_the_day_after(inviata, ora, in_tempo):  # noqa: F811
    with alle(ora):
        assert inviata().tardiva is not in_tempo


@pytest.mark.parametrize(("ora", "in_tempo"), ORE)
def test_piece__is_late_from_the_day_after(pianifica, ora, in_tempo):
    pezzo, oggi = pianifica(data=ULTIMO), momento(ora).date()
    assert pezzo.in_ritardo_il(oggi) is not in_tempo
    assert PezzoProgrammato.objects.in_ritardo(oggi).exists() is not in_tempo


@pytest.mark.parametrize(("ora", "c_e"), ORE)
def test_event__is_next_until_its_day_is_over(organizzazione_a, ora, c_e):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    pubblica_nuova(sezione, EventoPage(title="Festa", data=ULTIMO))
    with alle(ora):
        assert EventoPage.objects.prossimi(momento(ora).astimezone(UTC)).exists() is c_e


@pytest.mark.parametrize(("giorno", "passato"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_score__the_term_has_passed_from_the_day_after(programma, giorno, passato):
    assert quadro_punteggio(programma, giorno).termine_passato is passato


def test_queue__counts_the_days_of_rome(inviata, manager):  # noqa: F811
    with alle("2026-03-01 00:30"):
        inviata()
    with alle("2026-03-02 13:00"):
        assert [voce.da_quanto for voce in Coda(manager)] == ["da ieri"]


@pytest.mark.parametrize(
    ("accessibilita", "detto"),
    [
        ("si", "Accessibile in carrozzina e con passeggino"),
        ("no", "Non accessibile in carrozzina, o solo con aiuto"),
        ("da_verificare", "Accessibilità non ancora verificata"),
    ],
)
def test_place__is_accessible_only_where_somebody_looked(client, accessibilita, detto):
    luogo = Luogo(comune=Comune.objects.get(chiave="tenna"), accessibilita=accessibilita)
    servizio = pubblica("Corso", luoghi=[luogo])
    html = client.get(servizio.get_url()).content.decode()
    assert re.findall(r'<p class="piccolo">\s*((?:Non a|A)ccessibil[^:<]+?)\s*[:<]', html) == [detto]
    trovati = client.get("/family-guide/", {"accesso": "si"}).context
    assert (bool(trovati["voci"]) and not trovati["vicini"]) is (accessibilita == "si")
    (sede,) = client.get("/api/hsds/service_at_locations?full=true").json()["contents"]
    aperta = sede["location"].get("accessibility", [])
    assert [voce["description"] for voce in aperta] == ([] if accessibilita == "da_verificare" else [detto])
