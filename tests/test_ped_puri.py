"""The editorial plan without a database: what a recording must have, what a line of the calendar is, its files."""

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from base.formati import tabelle
from notizie.mese import Mese
from notizie.ped import esportazioni
from notizie.ped.requisiti import mancanze
from notizie.ped.voci import Voce, in_ordine

ATTESI = Path(__file__).parent / "attesi"
OGGI = datetime.date(2025, 10, 10)
ROMA = ZoneInfo("Europe/Rome")
POST = {"testo": "Vieni", "immagine": "x.png", "url": "https://facebook.com/1", "inviato_il": OGGI}
MAIL = {"testo": "Vieni", "destinatari": "gli aderenti", "inviato_il": OGGI}


def _voce(**campi):
    comuni = {
        "uid": "u1",
        "titolo": "La mostra",
        "giorno": OGGI,
        "canale": "facebook",
        "nome_canale": "Facebook",
        "stato": "idea",
        "nome_stato": "Idea",
        "organizzazione": "CS4",
        "url": "/admin/piano-editoriale/1/",
        "cambiato": datetime.datetime(2025, 10, 1, 9, tzinfo=datetime.UTC),
        "sequenza": 60,
        "zona": ROMA,
        "pezzo": 1,
    }
    return Voce(**{**comuni, **campi})


VOCI = [
    _voce(responsabile="Anna Bonelli", azione="L'impresa; in proprio", criterio="P2.3", dove="https://facebook.com/1"),
    _voce(uid="u2", titolo="=SOMMA(1)", stato="annullato", nome_stato="Annullato", canale="mail", nome_canale="Mail"),
]


def test_proof__a_post_and_a_mail_whole():
    assert not mancanze("facebook", POST, OGGI) and not mancanze("mail", MAIL, OGGI)


@pytest.mark.parametrize(
    ("canale", "valori", "campo"),
    [
        ("facebook", POST, "testo"),
        ("facebook", POST, "immagine"),
        ("facebook", POST, "url"),
        ("facebook", POST, "inviato_il"),
        ("mail", MAIL, "testo"),
        ("mail", MAIL, "destinatari"),
        ("mail", MAIL, "inviato_il"),
    ],
)
def test_proof__each_part_is_asked_for(canale, valori, campo):
    assert list(mancanze(canale, {**valori, campo: None}, OGGI)) == [campo]


def test_proof__is_not_of_tomorrow():
    domani = OGGI + datetime.timedelta(days=1)
    assert "futuro" in mancanze("mail", {**MAIL, "inviato_il": domani}, OGGI)["inviato_il"]


@pytest.mark.parametrize(
    ("campi", "spostabile", "in_ritardo"),
    [
        ({}, True, False),
        ({"giorno": datetime.date(2025, 10, 9)}, True, True),
        ({"stato": "pubblicato"}, False, False),
        ({"pezzo": None, "stato": "programmato"}, False, False),
        ({"stato": "annullato", "giorno": datetime.date(2025, 1, 1)}, False, False),
    ],
)
def test_line__moves_only_while_it_is_to_be_done(campi, spostabile, in_ritardo):
    voce = _voce(**campi)
    assert (voce.spostabile, voce.in_ritardo(OGGI)) == (spostabile, in_ritardo)


def test_month__has_each_line_on_its_day_in_order():
    voci = in_ordine([_voce(uid="u3", titolo="B"), _voce(uid="u4", titolo="A")])
    caselle = [casella for settimana in Mese(2025, 10).settimane(voci) for casella in settimana if casella.eventi]
    assert [(c.giorno, [v.titolo for v in c.eventi]) for c in caselle] == [(OGGI, ["A", "B"])]


def test_files__are_those_that_are_kept():
    csv = tabelle.csv_per_excel(*esportazioni.tabella(VOCI))
    assert csv == (ATTESI / "ped.csv").read_bytes()
    ics = esportazioni.calendario("Piano editoriale", VOCI, lambda p: f"https://portale.example.org{p}", "Portale")
    assert ics == (ATTESI / "ped.ics").read_bytes()
