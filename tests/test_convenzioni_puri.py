"""The pure side of conventions: states, days and sheets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenzioni import validita
from convenzioni.scheda import Offerta, Scheda
from convenzioni.validita import Stato, Vigenza
from cura.scheda import Luogo, Nome

DAL, AL = date(2025, 3, 1), date(2026, 2, 28)
GIORNI = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@st.composite
def vigenza(disegna):
    inizio = disegna(GIORNI)
    fine = disegna(st.none() | st.integers(0, 1200).map(lambda n: inizio + timedelta(days=n)))
    return Vigenza(
        inizio,
        fine,
        disegna(st.booleans()) and fine is not None,
        disegna(st.integers(0, 120)),
        disegna(st.none() | GIORNI),
        disegna(st.none() | GIORNI),
    )


@pytest.mark.parametrize(
    ("oggi", "campi", "atteso"),
    [
        (DAL, {}, Stato.PROPOSTA),
        (date(2025, 2, 20), {"firmata_il": date(2025, 2, 21)}, Stato.PROPOSTA),
        (date(2025, 2, 28), {"firmata_il": date(2025, 2, 20)}, Stato.FIRMATA),
        (DAL, {"firmata_il": date(2025, 2, 20)}, Stato.ATTIVA),
        (DAL, {"firmata_il": DAL}, Stato.ATTIVA),
        (AL, {"firmata_il": DAL}, Stato.ATTIVA),
        (AL + timedelta(days=1), {"firmata_il": DAL}, Stato.SCADUTA),
        (AL + timedelta(days=1), {"firmata_il": DAL, "tacito": True}, Stato.ATTIVA),
        (date(2025, 6, 1), {"firmata_il": DAL, "cessata_il": date(2025, 6, 1)}, Stato.CESSATA),
        (date(2025, 6, 2), {"firmata_il": DAL, "cessata_il": date(2025, 6, 1)}, Stato.CESSATA),
        (date(2025, 5, 31), {"firmata_il": DAL, "cessata_il": date(2025, 6, 1)}, Stato.ATTIVA),
        (AL + timedelta(days=9), {}, Stato.PROPOSTA),
    ],
)
def test_state__day_by_day(oggi, campi, atteso):
    assert validita.stato(Vigenza(DAL, AL, **campi), oggi) == atteso


@given(vigenza(), GIORNI)
def test_state__goes_only_forward(t, oggi):
    ordine = [Stato.PROPOSTA, Stato.FIRMATA, Stato.ATTIVA, Stato.SCADUTA, Stato.CESSATA]
    prima, dopo = validita.stato(t, oggi), validita.stato(t, oggi + timedelta(days=1))
    assert ordine.index(dopo) >= ordine.index(prima)


@given(vigenza())
def test_first_day__is_the_first_active_one(t):
    primo = validita.attiva_dal(t)
    if primo is None:
        giorni = [t.inizio, t.firmata_il or t.inizio, max(t.inizio, t.firmata_il or t.inizio)]
        assert all(validita.stato(t, giorno) != Stato.ATTIVA for giorno in giorni)
    else:
        assert validita.stato(t, primo) == Stato.ATTIVA
        assert validita.stato(t, primo - timedelta(days=1)) in (Stato.PROPOSTA, Stato.FIRMATA)


@given(vigenza(), GIORNI)
def test_end__of_a_tacit_renewal_is_never_past_and_within_a_year(t, oggi):
    fine = validita.scadenza(t, oggi)
    if t.tacito and oggi > t.fine:
        assert oggi <= fine <= oggi + timedelta(days=366)
    else:
        assert fine == t.fine


@pytest.mark.parametrize(
    ("fine", "oggi", "attesa"),
    [
        (AL, AL, AL),
        (AL, date(2026, 3, 1), date(2027, 2, 28)),
        (AL, date(2027, 2, 28), date(2027, 2, 28)),
        (AL, date(2027, 3, 1), date(2028, 2, 28)),
        (date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_end__of_a_tacit_renewal_is_the_same_day_of_a_following_year(fine, oggi, attesa):
    assert validita.scadenza(Vigenza(DAL, fine, tacito=True), oggi) == attesa


@pytest.mark.parametrize(
    ("oggi", "disdetta", "soglia"),
    [
        (DAL, date(2026, 1, 29), None),
        (date(2026, 1, 28), date(2026, 1, 29), 7),
        (date(2026, 1, 29), date(2026, 1, 29), 7),
        (date(2026, 1, 30), date(2026, 1, 29), None),
        (date(2026, 3, 1), date(2027, 1, 29), None),
        (date(2026, 12, 1), date(2027, 1, 29), 60),
    ],
)
def test_tacit_renewal__is_reminded_before_the_last_day_for_withdrawing(oggi, disdetta, soglia):
    t = Vigenza(DAL, AL, tacito=True, preavviso=30, firmata_il=DAL)
    assert (validita.ultimo_giorno_di_disdetta(t, oggi), validita.promemoria(t, oggi)) == (disdetta, soglia)


def test_tacit_renewal__only_of_what_has_one_and_an_end():
    for senza in (Vigenza(DAL, AL, preavviso=30), Vigenza(DAL, None, tacito=True, preavviso=30)):
        assert validita.ultimo_giorno_di_disdetta(senza, DAL) is None


@pytest.mark.parametrize(
    ("campi", "risposta", "giorni", "attesa"),
    [
        ({}, None, 0, date(2026, 3, 1)),
        ({"firmata_il": date(2025, 3, 9)}, None, 30, date(2026, 3, 9)),
        ({}, date(2025, 2, 1), 30, date(2026, 3, 1)),
        ({}, date(2025, 6, 1), 120, date(2026, 6, 1)),
        ({}, None, 364 - 61, date(2026, 3, 1)),
        ({}, None, 364 - 60, None),
        ({"tacito": True}, None, 364 - 60, date(2026, 3, 1)),
        ({"fine": None}, None, 1000, date(2026, 3, 1)),
        ({}, None, -1, None),
        ({}, None, 365, None),
        ({"cessata_il": date(2025, 5, 1)}, None, 61, None),
        ({"firmata_il": None}, None, 30, None),
    ],
)
def test_confirmation__is_asked_a_year_after_the_last_word_and_not_near_the_end(campi, risposta, giorni, attesa):
    t = Vigenza(**{"inizio": DAL, "fine": AL, "firmata_il": DAL, **campi})
    assert validita.da_confermare_dal(t, risposta, DAL + timedelta(days=giorni)) == attesa


@given(vigenza(), GIORNI)
def test_reminder__only_of_what_is_active_and_ends_soon(t, oggi):
    soglia = validita.promemoria(t, oggi)
    if soglia is not None:
        assert soglia in validita.SOGLIE and validita.stato(t, oggi) == Stato.ATTIVA
        entro = validita.ultimo_giorno_di_disdetta(t, oggi) if t.tacito else t.fine
        assert timedelta() <= entro - oggi <= timedelta(days=soglia)


@pytest.mark.parametrize(("giorni", "soglia"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7)])
def test_reminder__the_nearest_that_was_reached(giorni, soglia):
    t = Vigenza(DAL, AL, firmata_il=DAL)
    assert validita.promemoria(t, AL - timedelta(days=giorni)) == soglia


def test_reminder__a_nearer_one_makes_the_others_useless():
    assert validita.da_avvisare(30, []) and validita.da_avvisare(7, [60, 30])
    assert not validita.da_avvisare(60, [30]) and not validita.da_avvisare(30, [30])


@pytest.mark.parametrize(
    ("inizio", "fine", "dopo"),
    [
        (date(2025, 3, 1), date(2026, 2, 28), (date(2026, 3, 1), date(2027, 2, 28))),
        (date(2025, 3, 1), date(2027, 2, 28), (date(2027, 3, 1), date(2029, 2, 28))),
        (date(2025, 1, 1), date(2025, 12, 31), (date(2026, 1, 1), date(2026, 12, 31))),
        (date(2025, 1, 1), date(2025, 1, 10), (date(2025, 1, 11), date(2025, 1, 20))),
        (date(2025, 1, 1), None, (date(2025, 6, 1), None)),
    ],
)
def test_renewal__follows_and_lasts_as_long(inizio, fine, dopo):
    assert validita.rinnovo(Vigenza(inizio, fine), date(2025, 6, 1)) == dopo


@given(vigenza(), GIORNI)
def test_renewal__leaves_no_hole_and_does_not_overlap(t, oggi):
    inizio, fine = validita.rinnovo(t, oggi)
    scadenza = validita.scadenza(t, oggi)
    if scadenza is not None:
        assert inizio == scadenza + timedelta(days=1) and fine >= inizio
        assert abs((fine - inizio) - (t.fine - t.inizio)) <= timedelta(days=2)


def test_sheet__goes_through_json_and_back():
    import json

    from django.core.serializers.json import DjangoJSONEncoder

    scheda = Scheda(
        "X",
        offerte=(Offerta("10% di sconto", "gli occhiali"),),
        luoghi=(Luogo(comune=Nome("tenna", "Tenna")),),
        inizio=DAL,
        fine=None,
    )
    assert Scheda.da_dati(json.loads(json.dumps(scheda.come_dati(), cls=DjangoJSONEncoder))) == scheda
    assert scheda.in_breve == "10% di sconto sugli occhiali"


@pytest.mark.parametrize(
    ("offerta", "detta"),
    [
        (Offerta("10% di sconto", "le cure"), "10% di sconto sulle cure"),
        (Offerta("10% di sconto", "il noleggio"), "10% di sconto sul noleggio"),
        (Offerta("10% di sconto", "l'abbonamento"), "10% di sconto sull'abbonamento"),
        (Offerta("10% di sconto", "Gli occhiali da vista"), "10% di sconto sugli occhiali da vista"),
        (Offerta("10% di sconto", "occhiali da vista"), "10% di sconto su occhiali da vista"),
        (Offerta("10% di sconto", "lenti"), "10% di sconto su lenti"),
        (Offerta("10% di sconto", "il"), "10% di sconto su il"),
        (Offerta("12 euro di sconto", "ogni corso"), "12 euro di sconto su ogni corso"),
        (Offerta("40 euro", "ogni incontro", "per"), "40 euro per ogni incontro"),
        (Offerta("gratis", "il primo colloquio", ""), "gratis il primo colloquio"),
        (Offerta("gratis"), "gratis"),
    ],
)
def test_offer__is_said_in_italian(offerta, detta):
    assert str(offerta) == detta


@pytest.mark.parametrize(
    ("detto", "oggi", "vale"),
    [
        (date(2025, 3, 1), date(2026, 2, 28), True),
        (date(2025, 3, 1), date(2026, 3, 1), False),
        (date(2024, 2, 29), date(2025, 2, 27), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
    ],
)
def test_confirmed__for_a_year_to_the_day(detto, oggi, vale):
    assert validita.entro_l_anno(detto, oggi) is vale
