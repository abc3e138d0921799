"""Days and hours of an event, and the month that shows them: no database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from base.formati.calendario import Evento, scrivi_ics
from notizie.mese import Mese
from notizie.quando import Quando, esiste

ROMA = ZoneInfo("Europe/Rome")
ATTESI = Path(__file__).parent / "attesi"


@pytest.mark.parametrize(
    "campi, detto",
    [
        ({"giorno": date(2025, 12, 6)}, "sabato 6 dicembre 2025"),
        ({"giorno": date(2025, 12, 6), "dalle": time(17)}, "sabato 6 dicembre 2025, alle 17:00"),
        (
            {"giorno": date(2025, 12, 6), "dalle": time(9, 30), "alle": time(13)},
            "sabato 6 dicembre 2025, dalle 9:30 alle 13:00",
        ),
        (
            {"giorno": date(2025, 12, 6), "dalle": time(0), "alle": time(1)},
            "sabato 6 dicembre 2025, dalle 0:00 all'1:00",
        ),
        ({"giorno": date(2025, 10, 3), "ultimo": date(2025, 10, 20)}, "dal 3 al 20 ottobre 2025"),
        ({"giorno": date(2025, 10, 8), "ultimo": date(2025, 11, 1)}, "dall'8 ottobre al 1º novembre 2025"),
        ({"giorno": date(2025, 12, 29), "ultimo": date(2026, 1, 11)}, "dal 29 dicembre 2025 all'11 gennaio 2026"),
        ({"giorno": date(2025, 10, 3), "ultimo": date(2026, 10, 5)}, "dal 3 ottobre 2025 al 5 ottobre 2026"),
        (
            {"giorno": date(2025, 10, 3), "ultimo": date(2025, 10, 4), "dalle": time(13, 5)},
            "dal 3 al 4 ottobre 2025, alle 13:05",
        ),
    ],
)
def test_when__in_words(campi, detto):
    assert str(Quando(zona=ROMA, **campi)) == detto


def test_when__the_hour_that_the_clocks_skip_does_not_exist():
    assert not esiste(date(2026, 3, 29), time(2, 30), ROMA)
    assert esiste(date(2026, 3, 29), time(3), ROMA) and esiste(date(2025, 10, 26), time(2, 30), ROMA)


@pytest.mark.parametrize(
    "alle, adesso, finito",
    [
        (time(19), datetime(2025, 10, 26, 17, 59, tzinfo=UTC), False),  # winter time since that morning: 18:59 in Rome
        (time(19), datetime(2025, 10, 26, 18, 0, tzinfo=UTC), True),
        (None, datetime(2025, 10, 26, 22, 59, tzinfo=UTC), False),
        (None, datetime(2025, 10, 26, 23, 0, tzinfo=UTC), True),
    ],
)
def test_when__it_is_over_at_its_hour_or_at_midnight(alle, adesso, finito):
    assert Quando(date(2025, 10, 26), ROMA, dalle=time(17), alle=alle).finito(adesso) is finito


OTTOBRE = [date(2025, 10, giorno) for giorno in range(1, 7)]


@pytest.mark.parametrize(
    ("ore", "inizio", "termine"),
    [
        ({}, OTTOBRE[1], OTTOBRE[3]),
        ({"dalle": time(17)}, datetime(2025, 10, 2, 17, tzinfo=ROMA), None),
        (
            {"dalle": time(17), "alle": time(19)},
            datetime(2025, 10, 2, 17, tzinfo=ROMA),
            datetime(2025, 10, 4, 19, tzinfo=ROMA),
        ),
    ],
)
def test_when__it_begins_on_its_first_day_and_ends_on_the_last(ore, inizio, termine):
    detto = Quando(OTTOBRE[1], ROMA, OTTOBRE[3], **ore)
    assert (detto.inizio, detto.termine, detto.tutto_il_giorno) == (inizio, termine, not ore)


@pytest.mark.parametrize(
    ("dal", "al", "giorni"),
    [(0, 5, (1, 4)), (1, 3, (1, 4)), (2, 2, (2, 3)), (3, 5, (3, 4)), (4, 5, (0, 0)), (0, 0, (0, 0))],
)
def test_when__its_days_are_those_between_two_included(dal, al, giorni):
    detto = Quando(OTTOBRE[1], ROMA, OTTOBRE[3])
    assert detto.giorni(OTTOBRE[dal], OTTOBRE[al]) == OTTOBRE[slice(*giorni)]


def test_ics__across_daylight_saving_is_the_one_kept():
    """The night when the clocks go back, whole days around the day when they go forward, one called off."""

    def evento(numero, titolo, quando, **campi):
        return Evento(
            f"0000000{numero}",
            titolo,
            quando.inizio,
            datetime(2025, 9, 1, 8, tzinfo=UTC),
            quando.termine,
            sequenza=0,
            **campi,
        )

    contenuto = scrivi_ics(
        [
            evento(
                1,
                "Notte dei libri",
                Quando(date(2025, 10, 25), ROMA, date(2025, 10, 26), time(22), time(4)),
                luogo="Biblioteca, sala grande",
                descrizione="Si legge; si ascolta.\nFino all'alba",
            ),
            evento(2, "Incontro d'inverno", Quando(date(2025, 12, 6), ROMA, dalle=time(17), alle=time(19))),
            evento(3, "Mostra", Quando(date(2026, 3, 27), ROMA, date(2026, 3, 30))),
            evento(4, "Annullato: Festa", Quando(date(2026, 3, 29), ROMA, dalle=time(3)), annullato=True),
        ],
        "Eventi: Notizie",
        "prova",
    )
    assert contenuto == (ATTESI / "eventi.ics").read_bytes()


def test_ics__the_zone_that_it_explains_is_the_one_of_the_clocks():
    evento = Evento("1", "x", datetime(2026, 5, 1, 12, tzinfo=ROMA), datetime(2026, 1, 1, tzinfo=UTC))
    calendario = Calendar.from_ical(scrivi_ics([evento], "x", "prova"))
    zona = calendario.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for giorno in (datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2030, 3, 31)):
        for ora in (0, 1, 4, 12):
            istante = giorno.replace(hour=ora)
            assert istante.replace(tzinfo=zona).utcoffset() == istante.replace(tzinfo=ROMA).utcoffset(), istante


@dataclass(frozen=True)
class Finto:
    quando: Quando


@pytest.mark.parametrize(
    "testo", ["", "2025", "2025-13", "2025-00", "1900-01", "2025-1", "x025-01", "2025-²1", "2100-01"]
)
def test_month__of_what_is_no_month_is_none(testo):
    assert Mese.da_testo(testo) is None


def test_month__has_whole_weeks_and_an_event_on_each_of_its_days():
    mese = Mese.da_testo("2025-02")
    corto = Finto(Quando(date(2025, 1, 31), ROMA, date(2025, 2, 2)))
    lungo = Finto(Quando(date(2025, 2, 10), ROMA, date(2025, 3, 10)))
    settimane = mese.settimane([corto, lungo])
    assert [len(settimana) for settimana in settimane] == [7] * 5
    assert [g.giorno for g in settimane[0]] == [None] * 5 + [date(2025, 2, 1), date(2025, 2, 2)]
    assert [g.giorno.day for settimana in settimane for g in settimana if g.eventi] == [1, 2]
    assert mese.lunghi([corto, lungo]) == [lungo]
    assert (mese.prima.chiave, mese.dopo.chiave, str(mese)) == ("2025-01", "2025-03", "febbraio 2025")


@pytest.mark.parametrize(
    ("testo", "anno"),
    [("1969-12", None), ("1970-01", 1970), ("2099-12", 2099), ("2100-01", None), ("2026-00", None), ("2026-13", None)],
)
def test_month__of_an_address_is_one_that_can_be_shown(testo, anno):
    mese = Mese.da_testo(testo)
    assert (mese and mese.anno) == anno
