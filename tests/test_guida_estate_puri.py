"""The pure side of the summer: weeks, the same week of another year, coverage."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.estate.copertura import FasciaDelRapporto, Posto, caselle, scoperte, settimane_della_stagione
from guide.estate.settimane import (
    anno_da_preparare,
    anno_di,
    chiave_turno,
    gruppo_in_parole,
    in_breve,
    lunedi,
    nell_anno,
    settimane_tra,
    stessa_settimana,
)

GIORNI = st.dates(date(2000, 1, 3), date(2099, 12, 20))
ANNI = st.integers(2000, 2099)
PRIMARIA, RAGAZZI = FasciaDelRapporto("primaria", "6-11", 72, 132), FasciaDelRapporto("ragazzi", "11-14", 132, 168)
LUNEDI = date(2026, 6, 15)


@given(GIORNI, st.integers(0, 150))
def test_weeks__cover_every_working_day_once_and_no_weekend(dal, quanti):
    al = dal + timedelta(days=quanti)
    settimane = settimane_tra(dal, al)
    giorni = [primo + timedelta(days=n) for primo, ultimo in settimane for n in range((ultimo - primo).days + 1)]
    assert giorni == [dal + timedelta(days=n) for n in range(quanti + 1) if (dal + timedelta(days=n)).weekday() < 5]
    assert all(stessa_settimana(primo, ultimo) for primo, ultimo in settimane)


@given(GIORNI, ANNI)
def test_same_week__of_another_year_keeps_week_and_day(giorno, anno):
    spostato = nell_anno(giorno, anno)
    assert anno_di(spostato) == anno and spostato.weekday() == giorno.weekday()
    assert spostato.isocalendar().week == min(giorno.isocalendar().week, 52)


@given(GIORNI)
def test_same_week__of_its_own_year_is_itself(giorno):
    if giorno.isocalendar().week < 53:
        assert nell_anno(giorno, anno_di(giorno)) == giorno


DEL_SUO_ANNO = st.dates(date(2020, 5, 1), date(2080, 9, 20)).filter(lambda g: g.isocalendar().year == g.year)
"""Not the first of January, whose week is the last of the year before."""


@given(DEL_SUO_ANNO, st.integers(0, 100), ANNI)
def test_summer__moved_keeps_its_weeks_apart_and_in_order(dal, quanti, anno):
    settimane = settimane_tra(dal, min(dal + timedelta(days=quanti), date(dal.year, 12, 20)))
    spostate = [(nell_anno(primo, anno), nell_anno(ultimo, anno)) for primo, ultimo in settimane]
    assert spostate == sorted(spostate)
    assert len({lunedi(primo) for primo, _ in spostate}) == len(settimane)
    assert all(stessa_settimana(primo, ultimo) for primo, ultimo in spostate)


@pytest.mark.parametrize(
    ("dal", "al", "detto"),
    [
        (date(2026, 6, 15), date(2026, 6, 19), "15–19 giugno"),
        (date(2026, 6, 29), date(2026, 7, 3), "29 giugno–3 luglio"),
        (date(2026, 7, 1), date(2026, 7, 1), "1º luglio"),
        (date(2026, 7, 1), date(2026, 7, 3), "1–3 luglio"),
        (date(2026, 6, 15), date(2026, 6, 15), "15 giugno"),
        (date(2026, 7, 29), date(2026, 8, 1), "29 luglio–1º agosto"),
        (date(2026, 12, 28), date(2027, 1, 1), "28 dicembre–1º gennaio"),
    ],
)
def test_weeks__are_said_in_short(dal, al, detto):
    assert in_breve(dal, al) == detto


@pytest.mark.parametrize(
    ("anni", "anno"), [((), None), ((2025, 2026), 2027), ((2025,), 2026), ((2023,), 2026), ((2027,), None)]
)
def test_next_year__follows_the_last_and_is_never_past(anni, anno):
    assert anno_da_preparare(anni, date(2026, 2, 1)) == anno


@pytest.mark.parametrize(
    ("dalle", "alle", "minima", "massima", "detto"),
    [
        (time(8), time(16, 30), 72, 132, "da 6 a 11 anni, 8–16:30"),
        (time(8), None, 72, 132, "da 6 a 11 anni"),
        (None, time(16), None, None, ""),
        (time(8), time(16), None, None, "8–16"),
    ],
)
def test_turn__is_said_by_ages_and_by_both_hours(dalle, alle, minima, massima, detto):
    assert gruppo_in_parole(dalle, alle, minima, massima) == detto


def test_turn__has_a_key_that_never_changes_shape():
    assert chiave_turno(LUNEDI, time(8), None, 72, None) == "2026-06-15 0800- 72-"
    assert chiave_turno(LUNEDI, None, time(16, 30), 0, 132) == "2026-06-15 -1630 0-132"


def test_turn__is_told_apart_by_day_hours_and_ages():
    chiavi = {
        chiave_turno(giorno, dalle, alle, minima, massima)
        for giorno in (LUNEDI, LUNEDI + timedelta(days=7))
        for dalle, alle in ((None, None), (time(8), time(17)))
        for minima, massima in ((None, None), (72, 132), (72, None), (None, 72))
    }
    assert len(chiavi) == 16 and all(len(chiave) <= 60 for chiave in chiavi)


def test_coverage__counts_services_places_and_prices():
    posti = [
        Posto(1, LUNEDI, 72, 132, frozenset({"tenna"}), Decimal(100), 20),
        Posto(1, LUNEDI, 132, 168, frozenset({"tenna"}), Decimal(150), None),
        Posto(2, LUNEDI, 72, 168, frozenset({"levico"}), None, 15),
        Posto(3, LUNEDI, None, None, frozenset({"tenna"}), Decimal(1), 99),
        Posto(2, LUNEDI + timedelta(days=14), 72, 132, frozenset({"levico"}), Decimal("80.01"), 15),
    ]
    settimane = settimane_della_stagione(posti)
    assert settimane == [LUNEDI, LUNEDI + timedelta(days=7), LUNEDI + timedelta(days=14)]
    prima, _ = caselle(posti, [PRIMARIA, RAGAZZI], settimane)
    assert (prima[0].servizi, prima[0].posti, prima[0].prezzo_medio) == (2, 35, Decimal(100))
    assert prima[1].scoperta and prima[1].posti is None and prima[1].prezzo_medio is None
    (tenna, ragazzi) = caselle(posti, [PRIMARIA, RAGAZZI], settimane, "tenna")
    assert [c.servizi for c in tenna] == [1, 0, 0] and ragazzi[0].prezzo_massimo == Decimal(150)
    assert scoperte([tenna]) == [(PRIMARIA, settimane[1:])]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8), st.integers(0, 60)), max_size=30))
def test_coverage__mean_is_between_the_extremes_and_gaps_are_the_empty_cells(righe):
    posti = [Posto(s, LUNEDI + timedelta(days=7 * n), 72, 132, frozenset(), Decimal(p)) for s, n, p in righe]
    (riga,) = caselle(posti, [PRIMARIA], settimane_della_stagione(posti)) or ([],)
    for casella in riga:
        assert casella.scoperta == (casella.prezzo_medio is None)
        if not casella.scoperta:
            assert casella.prezzo_minimo <= casella.prezzo_medio <= casella.prezzo_massimo
    assert sum(len(giorni) for _, giorni in scoperte([riga])) == sum(casella.scoperta for casella in riga)
