"""When a content still says the same fact, and when its approval is one of the fact: by tables, with nothing stored."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from programma import alimentazione, flusso
from programma.fatti import Fatto, Provenienza

QUANDO = date(2025, 6, 10)
ENTE, ALTRO_ENTE, SCHEDA = (SimpleNamespace(pk=pk) for pk in (1, 2, 3))
LINK = "https://example.org/a"


def fatto(**campi):
    detto = {
        "quantita": Decimal(2),
        "organizzazioni": (ENTE,),
        "link": (LINK,),
        "argomento": "Estate",
        "persone": "Ada",
    }
    return Fatto(SimpleNamespace(pk=9), **{"data": QUANDO, "scheda": SCHEDA, **detto, **campi})


def evidenza(**campi):
    detta = {"data": QUANDO, "quantita_dichiarata": 2, "argomento": "Estate", "persone_coinvolte": "Ada"}
    altro = {"progettualita_id": 3, "link": [LINK], "perche_insieme": "Perché sì"}
    enti = SimpleNamespace(all=lambda: [ENTE])
    return SimpleNamespace(**{**detta, **altro, "organizzazioni": enti, **campi})


@pytest.mark.parametrize(
    "altro",
    [
        {"data": QUANDO + timedelta(days=1)},
        {"data": QUANDO - timedelta(days=1)},
        {"quantita": Decimal(3)},
        {"quantita": Decimal(1)},
        {"argomento": "Inverno"},
        {"persone": "Bea"},
        {"scheda": None},
        {"scheda": SimpleNamespace(pk=4)},
        {"link": ()},
        {"link": (LINK, f"{LINK}/b")},
        {"perche_insieme": "Un altro perché"},
        {"organizzazioni": ()},
        {"organizzazioni": (ALTRO_ENTE,)},
        {"organizzazioni": (ENTE, ALTRO_ENTE)},
    ],
    ids=str,
)
def test_fact__is_another_when_one_thing_of_it_changes(altro):
    assert not alimentazione._uguale(evidenza(), fatto(**altro))


@pytest.mark.parametrize(
    ("sua", "suo"),
    [
        ({}, {}),
        ({}, {"perche_insieme": "perché  SI'!"}),
        ({"link": ["https://portale.example/a/", LINK]}, {"dove": ("https://portale.example/b/",)}),
        ({"progettualita_id": None}, {"scheda": None}),
        ({}, {"novita": "nuova", "a_parte": True}),
    ],
)
def test_fact__is_the_same_wherever_it_is_read(sua, suo):
    assert alimentazione._uguale(evidenza(**sua), fatto(**suo))


def no(a=flusso.REVOCATA, caduta=False, quando=None, **campi):
    return SimpleNamespace(a=a, caduta=caduta, quando=quando, evidenza=evidenza(**campi))


@pytest.mark.parametrize(
    ("passaggi", "revocata"),
    [
        ([], False),
        ([no()], True),
        ([no(), no(caduta=True)], True),
        ([no(caduta=True), no()], False),
        ([no(flusso.DA_INTEGRARE)], False),
        ([no(argomento="Inverno")], False),
    ],
)
def test_revocation__holds_while_a_person_said_it_last_and_of_this_fact(passaggi, revocata):
    assert alimentazione._revocata_da_una_persona(passaggi, fatto()) is revocata


ADESSO = timezone.now()
CHI = SimpleNamespace(pk=7)


@pytest.mark.parametrize(
    ("provenienza", "suo", "passaggi", "puo", "approvata"),
    [
        ({}, {}, [], True, True),
        ({"approvata_da": None}, {}, [], True, False),
        ({}, {"a_parte": True}, [], True, False),
        ({}, {}, [no(quando=ADESSO - timedelta(hours=1))], True, True),
        ({}, {}, [no(quando=ADESSO - timedelta(hours=1))], False, False),
        ({}, {}, [no(quando=ADESSO)], True, False),
        ({}, {}, [no(quando=ADESSO + timedelta(hours=1)), no(quando=ADESSO - timedelta(hours=1))], True, False),
        ({}, {}, [], False, True),
    ],
)
def test_approval_of_a_content__is_of_the_fact_when_it_comes_after_the_last_no(
    provenienza, suo, passaggi, puo, approvata, monkeypatch
):
    monkeypatch.setattr(alimentazione, "chi_decide_per_le_organizzazioni", set)
    monkeypatch.setattr(alimentazione, "puo_decidere_su", lambda chi, autori, decisori: puo)
    detta = Provenienza(ENTE, "T", **{"approvata_da": CHI, "approvata_il": ADESSO, **provenienza})
    assert alimentazione._approvata(fatto(**suo), detta, set(), passaggi) is approvata
