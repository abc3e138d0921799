"""Calendars as programs read them."""

import pytest
from icalendar import Calendar

from base.formati.calendario import scrivi_ics


def test_calendar_without_events__holds_something_all_the_same():
    letto = Calendar.from_ical(scrivi_ics([], "Vuoto", "Prova"))
    assert [parte.name for parte in letto.subcomponents] == ["VTIMEZONE"]  # RFC 5545, 3.6: at least one component


@pytest.mark.django_db
def test_public_calendar__without_events_is_valid(client):
    risposta = client.get("/notizie/calendario/ics/")
    assert risposta.status_code == 200
    assert Calendar.from_ical(risposta.content).subcomponents
