"""The calendar of a year: what each reads in it, one file, and what the home says of meetings that ask something."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from notizie.models import EventoPage, SezioneNotiziePage
from organizzazioni.models import Organizzazione
from programma import operazioni
from programma.models import AvvisiPersonali, AzionePage, TermineInterno
from registri.models import Riunione, Seguito
from registri.riunioni import selettori

from .scene.riunioni import GIORNO, tipo

pytestmark = pytest.mark.django_db
ANNO = reverse("agenda:anno", args=[2025])


@pytest.fixture
def anno_pieno(tieni, organizzazione_b, programma):
    """A meeting of CS4, one of the Comune, a public event, an internal deadline."""
    cs4, comune = (Organizzazione.objects.get(chiave=chiave) for chiave in ("cs4", "comune-pergine"))
    tieni("operativo", [("Gina Bruni", "cs4", "")], titolo="Riunione di CS4", sede=cs4)
    tieni("sotto-gruppo", [("Tea", "comune-pergine", "")], titolo="Riunione del Comune", sede=comune)
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_b)
    sezione.add_child(instance=EventoPage(title="Festa della rete", slug="festa", data=datetime.date(2025, 6, 7)))
    TermineInterno.objects.create(
        azione=AzionePage.objects.first(), giorno=datetime.date(2025, 5, 30), che_cosa="Chiedere la relazione"
    )
    return programma


def test_table__has_meetings_events_and_deadlines_each_for_who_reads_them(
    anno_pieno, manager, referente_b, acs, client_di
):
    letto = {u.username: client_di(u).get(ANNO).content.decode() for u in (manager, referente_b, acs)}
    for chi in ("manager", "acs"):
        for detto in ("Riunione di CS4", "Riunione del Comune", "Festa della rete", "Chiedere la relazione"):
            assert detto in letto[chi], (chi, detto)
        assert "ultimo giorno dei fatti" in letto[chi] and "Sedi, e presenze del manager" in letto[chi]
    assert "Riunione di CS4" in letto["referente_b"] and "Festa della rete" in letto["referente_b"]
    assert "Riunione del Comune" not in letto["referente_b"] and "Gina" not in letto["referente_b"]
    assert "presenze del manager" not in letto["referente_b"]


def test_file__is_the_same_as_the_table(anno_pieno, referente_b, client_di, client):
    risposta = client_di(referente_b).get(reverse("agenda:ics", args=[2025]))
    eventi = {str(e["summary"]): str(e["uid"]) for e in Calendar.from_ical(risposta.content).walk("VEVENT")}
    assert {"Riunione di CS4", "Festa della rete"} <= set(eventi) and "Riunione del Comune" not in eventi
    chiave = Riunione.objects.get(titolo="Riunione di CS4").chiave
    assert eventi["Riunione di CS4"].startswith(f"riunione-{chiave}@")
    assert "no-store" in risposta["Cache-Control"] and client.get(ANNO).status_code == 302


def test_deadlines__are_the_same_in_every_calendar(anno_pieno, referente_b, client_di, settings, nel):
    settings.WAGTAILADMIN_BASE_URL = "https://portale.example.org:8443"
    nel(datetime.date(2025, 5, 1))
    operazioni.cambia_indirizzo(referente_b)
    client = client_di(referente_b)
    TermineInterno.objects.update(azione=AzionePage.objects.filter(referenti__organizzazione__chiave="cs4").first())
    propria = client.get(reverse("scadenze", args=[AvvisiPersonali.objects.get(persona=referente_b).chiave]))
    detti = [
        {str(e["uid"]): (e.decoded("dtstart"), e.decoded("dtstamp")) for e in Calendar.from_ical(file).walk("VEVENT")}
        for file in (propria.content, client.get(reverse("agenda:ics", args=[2025])).content)
    ]
    assert len(detti[0]) == 2 and detti[0].items() <= detti[1].items()


def test_years__beyond_the_calendar_are_not_there(manager, client_di, programma):
    client = client_di(manager)
    quest_anno = timezone.localdate().year
    assert client.get(reverse("agenda:quest_anno"))["Location"] == reverse("agenda:anno", args=[quest_anno])
    for anno in (0, 1969, 2100, 99999999999):
        assert client.get(reverse("agenda:anno", args=[anno])).status_code == 404
    assert "Niente in calendario nel 2031" in client.get(reverse("agenda:anno", args=[2031])).content.decode()


def test_glance__seats_cadence_and_the_manager(anno_pieno, tieni):
    tieni(
        "operativo",
        titolo="Senza il manager",
        assenti=["Manager Manager"],
        sede=Organizzazione.objects.get(chiave="cs4"),
    )
    sedi = {sede.dove: (sede.quante, sede.col_manager) for sede in selettori.sedi_dell_anno(2025)}
    assert sedi == {"Cooperativa CS4": (2, 1), "Comune di Pergine": (1, 1)}
    cadenze = {c.tipo.chiave: (c.quante, c.in_ritardo) for c in selettori.cadenze_dell_anno(2025, GIORNO)}
    assert cadenze["operativo"] == (2, False) and cadenze["gruppo-di-lavoro"] == (0, True)


def test_presences__fall_in_the_seats_of_the_act(anno_pieno, tieni):
    fuori = Organizzazione.objects.get(chiave="cciaa-trento")
    for luogo, sede in (
        ("Centro Kairos, sala 2", None),
        ("Sala rossa", fuori),
        ("Trento, via Gilli", None),
        ("Levico", None),
    ):
        tieni("operativo", luogo=luogo, sede=sede)
    tieni("operativo", luogo="Trento", assenti=["Manager Manager"])
    trovate = {uno.dove: uno.quante for uno in selettori.presenze_del_manager(2025)}
    assert trovate == {"Centro #Kairos": 1, "Ente capofila": 1, "Sedi degli aderenti": 1, "Trento": 2, "Altrove": 1}
    assert list({uno.dove for uno in selettori.presenze_del_manager(2031)} ^ {*trovate}) == ["Altrove"]


def test_year__is_behind_the_secret_address_of_who_reads_it_and_no_more(
    anno_pieno, referente_b, client_di, client, nel
):
    nel(datetime.date(2025, 5, 1))
    mia = client_di(referente_b)
    assert 'value="crea"' in mia.get(ANNO).content.decode()
    assert mia.post(reverse("agenda:indirizzo"), {"azione": "crea"}).status_code == 302
    segreto = reverse("calendario", args=[AvvisiPersonali.objects.get(persona=referente_b).chiave])
    assert segreto in mia.get(ANNO).content.decode()
    with CaptureQueriesContext(connection) as prima:
        risposta = client.get(segreto)
    eventi = {str(e["summary"]) for e in Calendar.from_ical(risposta.content).walk("VEVENT")}
    assert {"Riunione di CS4", "Festa della rete"} <= eventi and "Riunione del Comune" not in eventi
    assert "Gina" not in risposta.content.decode() and risposta["X-Robots-Tag"] == "noindex"
    for n in range(3):
        Riunione.objects.create(tipo=tipo("operativo"), titolo=f"Altra {n}", giorno=GIORNO, stato="convocata")
    with CaptureQueriesContext(connection) as dopo:
        client.get(segreto)
    assert len(prima) == len(dopo)
    mia.post(reverse("agenda:indirizzo"), {"azione": "togli"})
    referente_b.is_active = False
    for chiave in (segreto, reverse("calendario", args=["x" * 43]), reverse("calendario", args=["a\0b"])):
        assert client.get(chiave).status_code == 404


def test_cadence__is_late_after_its_months_and_not_before(prepara):
    prepara("gruppo-di-lavoro", giorno=GIORNO)

    def tardi(giorno):
        return tipo("gruppo-di-lavoro") in [uno.tipo for uno in selettori.in_ritardo(giorno)]

    assert not tardi(GIORNO + datetime.timedelta(days=91)) and tardi(GIORNO + datetime.timedelta(days=93))


def test_home__says_what_meetings_ask_to_the_manager_alone(tieni, manager, coordinamento, referente_b, client_di):
    riunione = tieni("operativo", [("Gina", "cs4", "")], titolo="Da chiudere")
    Seguito.objects.create(riunione=riunione, che_cosa="Chiedere i preventivi", entro=GIORNO)
    casa = reverse("wagtailadmin_home")
    html = client_di(manager).get(casa).content.decode()
    assert "Riunioni da seguire" in html and "Da chiudere" in html and "Chiedere i preventivi" in html
    for altro in (coordinamento, referente_b):
        assert "Riunioni da seguire" not in client_di(altro).get(casa).content.decode()


def test_table__costs_the_same_with_many(anno_pieno, tieni, manager, client_di):
    client = client_di(manager)

    def quante():
        client.get(ANNO)
        with CaptureQueriesContext(connection) as fatte:
            client.get(ANNO)
        return len(fatte)

    prima = quante()
    for n in range(8):
        tieni("operativo", [("Ugo", "soste", "")], titolo=f"Riunione {n}", giorno=datetime.date(2025, 4, n + 1))
    assert quante() == prima
