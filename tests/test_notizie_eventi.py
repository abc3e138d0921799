"""Events: when they are, what they are part of, what a calendar and a search engine read of them."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Page

from notizie.models import (
    EventoPage,
    NotiziaPage,
    SezioneNotiziePage,
)
from programma.models import Evidenza

from .scene.notizie import approva, dati_di, ripubblica

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "campi, campo",
    [
        ({"data_fine": date(2026, 3, 1)}, "data_fine"),
        ({"ora_fine": time(12)}, "ora_inizio"),
        ({"ora_inizio": time(12), "ora_fine": time(11)}, "ora_fine"),
        ({"ora_inizio": time(2, 30)}, "ora_inizio"),
        ({"stato": "spostato"}, "data_prima"),
        ({"gratuito": True, "costo": "5 euro"}, "costo"),
    ],
)
def test_event__that_makes_no_sense_is_refused(campi, campo):
    evento = EventoPage(title="Festa", slug="festa", data=date(2026, 3, 29), path="0001", depth=1, **campi)
    with pytest.raises(ValidationError) as errore:
        evento.clean()
    assert list(errore.value.message_dict) == [campo]


def test_event__is_part_of_one_that_is_part_of_none(nuovo_pezzo):
    mostra = nuovo_pezzo(EventoPage, "Mostra", di="distretto-family-audit", data=date(2025, 10, 3))
    visita = nuovo_pezzo(EventoPage, "Visita", data=date(2025, 10, 10), parte_di=mostra)
    visita.clean()
    for evento, parte_di in ((mostra, mostra), (mostra, visita), (EventoPage(data=date(2025, 1, 1)), visita)):
        evento.parte_di = parte_di
        with pytest.raises(ValidationError, match="parte"):
            evento.clean()


def test_event__shows_those_that_are_part_of_it_and_they_lead_back(client, nuovo_pezzo):
    mostra = nuovo_pezzo(EventoPage, "Mostra", di="distretto-family-audit", data=date(2025, 10, 3))
    visita = nuovo_pezzo(EventoPage, "Visita", data=date(2025, 10, 10), parte_di=mostra)
    nuovo_pezzo(EventoPage, "Segreta", data=date(2025, 10, 11), parte_di=mostra, live=False)
    html = client.get(mostra.url).content.decode()
    assert "Gli appuntamenti" in html and visita.url in html and "Segreta" not in html
    assert f'<a href="{mostra.url}">Mostra</a>' in client.get(visita.url).content.decode()


def test_piece__leads_to_others_and_to_nothing_that_is_not_public(client, nuovo_pezzo):
    mostra = nuovo_pezzo(EventoPage, "Mostra", live=False)
    visita, altra = nuovo_pezzo(EventoPage, "Visita", parte_di=mostra), nuovo_pezzo(NotiziaPage, "Altra")
    letta = client.get(visita.url)
    assert "Fa parte di" not in letta.content.decode()
    assert [pezzo.pk for pezzo in letta.context["correlati"]] == [altra.pk]


@pytest.mark.parametrize(
    "adesso",
    [
        datetime(2025, 10, 26, 18, 59),
        datetime(2025, 10, 26, 19),
        datetime(2025, 10, 26, 23, 59),
        datetime(2025, 10, 27),
    ],
)
def test_event__that_is_over_is_no_longer_next(nuovo_pezzo, adesso):
    """The database's rule and the one in memory agree, on the day when the clocks go back."""
    domenica = date(2025, 10, 26)
    nuovo_pezzo(EventoPage, "Con ore", data=domenica, ora_inizio=time(17), ora_fine=time(19))
    nuovo_pezzo(EventoPage, "Senza fine", data=domenica, ora_inizio=time(17))
    nuovo_pezzo(EventoPage, "Tutto il giorno", data=date(2025, 10, 20), data_fine=domenica)
    adesso = timezone.make_aware(adesso)
    trovati = set(EventoPage.objects.prossimi(adesso))
    assert trovati == {e for e in EventoPage.objects.all() if not e.quando.finito(adesso)}


def test_event__called_off_proves_nothing(programma, nuovo_pezzo, referente_a, manager):
    criterio = programma.criteri.get(codice="P1.1")
    evento = EventoPage(title="Tavolo", data=date(2025, 6, 10), live=False, owner=referente_a)
    evento.criteri_serviti = [criterio]
    evento = approva(evento, referente_a, manager)
    assert Evidenza.objects.nate_da(evento).get().stato == "approvata"
    ripubblica(evento, stato="annullato")
    assert Evidenza.objects.nate_da(evento).filter(stato="approvata").count() == 0


def test_event__in_a_calendar_keeps_its_identity_and_says_what_became_of_it(client, nuovo_pezzo):
    evento = nuovo_pezzo(EventoPage, "Festa", data=timezone.localdate(), ora_inizio=time(22), live=False)
    evento = ripubblica(evento, ora_fine=time(23))
    prima = Calendar.from_ical(client.get(f"{evento.url}ics/").content).events[0]
    assert (prima["SEQUENCE"], prima["STATUS"]) == (0, "CONFIRMED")
    Page.objects.filter(pk=evento.pk).update(first_published_at=timezone.now() - timedelta(hours=1))
    evento.move(SezioneNotiziePage.objects.get(organizzazione__chiave="cs4"), pos="last-child")
    evento = ripubblica(evento, stato="annullato", title="Festa grande")
    for indirizzo in (f"{evento.url}ics/", "/notizie/cs4/calendario/ics/"):
        risposta = client.get(indirizzo)
        assert risposta["Content-Type"] == "text/calendar; charset=utf-8"
        dopo = next(e for e in Calendar.from_ical(risposta.content).events if e["UID"] == prima["UID"])
        assert (dopo["STATUS"], dopo["SUMMARY"], dopo["TRANSP"]) == (
            "CANCELLED",
            "Annullato: Festa grande",
            "TRANSPARENT",
        )
        assert dopo["SEQUENCE"] > prima["SEQUENCE"]
        assert dopo.start == prima.start == evento.quando.inizio


def test_event__that_is_not_public_has_no_file(client, nuovo_pezzo):
    evento = nuovo_pezzo(EventoPage, "Bozza", slug="bozza", data=timezone.localdate(), live=False)
    assert client.get(f"/notizie/asif-chimelli/{evento.slug}/ics/").status_code == 404
    assert b"Bozza" not in client.get("/notizie/calendario/ics/").content + client.get("/notizie/calendario/").content


def test_event__as_data_for_search_engines(client, nuovo_pezzo):
    evento = nuovo_pezzo(
        EventoPage,
        "Festa",
        data=date(2025, 12, 6),
        ora_inizio=time(17),
        stato="spostato",
        data_prima=date(2025, 11, 6),
        comune="Pergine Valsugana",
        luogo="Sala",
        gratuito=True,
        collegamento="https://video.example.org/",
    )
    dati = dati_di(client.get(evento.url).content.decode())
    assert dati["@type"] == "Event" and dati["startDate"] == "2025-12-06T17:00:00+01:00" and "endDate" not in dati
    assert dati["eventStatus"].endswith("EventRescheduled") and dati["previousStartDate"] == "2025-11-06"
    assert dati["eventAttendanceMode"].endswith("MixedEventAttendanceMode") and dati["isAccessibleForFree"] is True
    assert [luogo["@type"] for luogo in dati["location"]] == ["Place", "VirtualLocation"]
    assert dati["organizer"]["name"] == "ASIF Chimelli" and dati["url"].startswith("http")


# The list
