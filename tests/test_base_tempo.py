"""Days in Italian words, in code and in templates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from base.tempo import da_quanto, giorno_in_parole, quanto_manca


@pytest.mark.parametrize(
    ("giorno", "dopo", "attesa"),
    [
        (date(2026, 1, 1), "", "1º gennaio 2026"),
        (date(2026, 1, 21), "", "21 gennaio 2026"),
        (date(2026, 5, 1), "dal", "dal 1º maggio 2026"),
        (date(2026, 3, 8), "dal", "dall'8 marzo 2026"),
        (date(2026, 3, 11), "entro il", "entro l'11 marzo 2026"),
        (date(2026, 3, 8), "Il", "L'8 marzo 2026"),
        (date(2026, 3, 18), "del", "del 18 marzo 2026"),
    ],
)
def test_day__as_it_is_written(giorno, dopo, attesa):
    assert giorno_in_parole(giorno, dopo=dopo) == attesa


def test_day__without_its_year():
    assert giorno_in_parole(date(2026, 5, 1), con_anno=False) == "1º maggio"


@pytest.mark.parametrize(
    ("valore", "attesa"),
    [
        (date(2026, 1, 1), "al 1º gennaio 2026"),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "al 1º gennaio 2026"),
        (None, "mai"),
    ],
)
def test_filter__has_the_hour_of_here_and_leaves_the_empty_empty(valore, attesa):
    modello = Template('{% load tempo %}{{ valore|giorno:"al"|default:"mai" }}')
    assert modello.render(Context({"valore": valore})) == attesa


@pytest.mark.parametrize(
    ("giorni", "attesa"),
    [(-1, ""), (0, "oggi è l'ultimo giorno"), (1, "manca 1 giorno"), (2, "mancano 2 giorni")],
)
def test_days_left__until_the_last_one_included(giorni, attesa):
    assert quanto_manca(date(2026, 3, 1) + timedelta(days=giorni), date(2026, 3, 1)) == attesa


@pytest.mark.parametrize(
    ("fa", "attesa"),
    [
        (timedelta(hours=-30), "da meno di un'ora"),
        (timedelta(minutes=59, seconds=59), "da meno di un'ora"),
        (timedelta(hours=1), "da un'ora"),
        (timedelta(hours=2), "da 2 ore"),
        (timedelta(hours=11), "da 11 ore"),
        (timedelta(hours=12), "da ieri"),
        (timedelta(days=1, hours=9), "da ieri"),
        (timedelta(days=1, hours=11), "da 2 giorni"),
        (timedelta(days=13), "da 13 giorni"),
        (timedelta(days=14), "da 2 settimane"),
        (timedelta(days=59), "da 8 settimane"),
        (timedelta(days=60), "da 2 mesi"),
        (timedelta(days=89), "da 2 mesi"),
        (timedelta(days=90), "da 3 mesi"),
    ],
)
def test_age__in_words(fa, attesa):
    adesso = datetime(2026, 3, 5, 10, 0)
    assert da_quanto(adesso - fa, adesso) == attesa


def test_age__of_the_same_day_is_always_in_hours():
    mezzanotte = datetime(2026, 3, 5)
    assert da_quanto(mezzanotte, mezzanotte.replace(hour=23, minute=59)) == "da 23 ore"
