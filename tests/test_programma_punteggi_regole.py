"""The rules of the score, by tables: every criterion of the 2025 act, and the words of each sum."""

import dataclasses
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from programma.punteggi import CriterioPunteggio, Raccolta, media_indicativa, riconosciuto, valuta
from programma.punteggi.lingua import EVIDENZA, Sostantivo, nome_dell_unita, numero, participio, quanti

FATTI = yaml.safe_load((Path(__file__).parent.parent / "home/dati/programma-2025.yaml").read_text(encoding="utf-8"))


def criteri_dell_atto():
    """The 31 criteria of the set-up file, by code."""
    righe = [c for area in FATTI["azioni_vamt"] for azione in area["azioni"] for c in azione["criteri"]]
    righe += [c for azione in FATTI["progettualita"] for c in azione["criteri"]]
    return {
        r["codice"]: CriterioPunteggio(
            codice=r["codice"],
            regola=r["regola"],
            percentuale=Decimal(r["percentuale"]) if r.get("percentuale") else None,
            unita=r.get("unita", ""),
            unita_plurale=r.get("unita_plurale", ""),
            unita_femminile=r.get("unita_genere") == "femminile",
            distinte=r.get("distinte", False),
            offerto=r.get("offerto"),
            scadenza=FATTI["programma"]["scadenza"],
        )
        for r in righe
    }


CRITERI = criteri_dell_atto()
ENTRO = " entro il 31 dicembre 2025"

# code -> the sum in words after one evidence of one unit, and after enough of them to pass the cap by one unit
ATTESI = {
    "M1": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "M2": ("1 incontro approvato × 20% = 20%", "6 incontri approvati × 20% = 120%, vale 100%"),
    "M3": ("1 incontro approvato × 20% = 20%", "6 incontri approvati × 20% = 120%, vale 100%"),
    "M4": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "M5": (
        "1 organizzazione aderente distinta × 50% = 50%",
        "3 organizzazioni aderenti distinte × 50% = 150%, vale 100%",
    ),
    "M6": ("1 comunicato approvato × 25% = 25%", "5 comunicati approvati × 25% = 125%, vale 100%"),
    "M7": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "M8": ("1 comunicazione approvata × 50% = 50%", "3 comunicazioni approvate × 50% = 150%, vale 100%"),
    "M9": (
        "Non calcolabile: manca il totale offerto; finora 1 ora frequentata",
        "Non calcolabile: manca il totale offerto; finora 2 ore frequentate",
    ),
    "P1.1": ("1 incontro approvato × 50% = 50%", "3 incontri approvati × 50% = 150%, vale 100%"),
    "P1.2": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "P1.3": (
        "1 mail o post condiviso approvato × 50% = 50%",
        "3 mail o post condivisi approvati × 50% = 150%, vale 100%",
    ),
    "P2.1": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "P2.2": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "P2.3": ("1 post approvato × 50% = 50%", "3 post approvati × 50% = 150%, vale 100%"),
    "P3.1": ("1 incontro approvato × 50% = 50%", "3 incontri approvati × 50% = 150%, vale 100%"),
    "P3.2": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "P3.3": ("1 mail o post approvato × 50% = 50%", "3 mail o post approvati × 50% = 150%, vale 100%"),
    "P4.1": ("1 incontro approvato × 50% = 50%", "3 incontri approvati × 50% = 150%, vale 100%"),
    "P4.2": ("1 mail o post approvato × 50% = 50%", "3 mail o post approvati × 50% = 150%, vale 100%"),
    "P5.1": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "P5.2": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "P6.1": ("1 evidenza approvata = 100%", "2 evidenze approvate, ne basta una = 100%"),
    "P7.1": ("1 convenzione approvata × 100% = 100%", "2 convenzioni approvate × 100% = 200%, vale 100%"),
    "P8.1": ("Monitoraggio, senza punteggio: 1 realtà", "Monitoraggio, senza punteggio: 2 realtà"),
    "P8.2": (
        "Monitoraggio, senza punteggio: 1 evidenza approvata",
        "Monitoraggio, senza punteggio: 2 evidenze approvate",
    ),
    "P9.1": ("Monitoraggio, senza punteggio: 1 azienda", "Monitoraggio, senza punteggio: 2 aziende"),
    "P9.2": (
        "Monitoraggio, senza punteggio: 1 evidenza approvata",
        "Monitoraggio, senza punteggio: 2 evidenze approvate",
    ),
    "P9.3": (
        "Monitoraggio, senza punteggio: 1 evidenza approvata",
        "Monitoraggio, senza punteggio: 2 evidenze approvate",
    ),
    "P10.1": ("Monitoraggio, senza punteggio: 1 ente", "Monitoraggio, senza punteggio: 2 enti"),
    "P10.2": ("Monitoraggio, senza punteggio: 1 azienda", "Monitoraggio, senza punteggio: 2 aziende"),
}


def raccolta_di(numero_di_evidenze):
    """That many evidences of one unit, each naming another body."""
    return sum((riconosciuto(Decimal(1), [f"ente {n}"]) for n in range(numero_di_evidenze)), Raccolta())


def quante_per_superare(criterio):
    return int(100 / criterio.percentuale) + 1 if criterio.regola == "per_unita" else 2


def test_act__all_31_criteria_are_in_the_table():
    assert list(CRITERI) == list(ATTESI)
    assert len(CRITERI) == 31


@pytest.mark.parametrize("codice", ATTESI)
def test_criterion_of_the_act__says_its_sum_and_stops_at_100(codice):
    criterio = CRITERI[codice]
    una, oltre = raccolta_di(1), raccolta_di(quante_per_superare(criterio))
    assert (valuta(criterio, una).spiegazione, valuta(criterio, oltre).spiegazione) == ATTESI[codice]
    punteggio = valuta(criterio, oltre)
    if criterio.regola in ("monitoraggio", "soglia"):
        assert (punteggio.grezzo, punteggio.punteggio, punteggio.eccedenza, punteggio.mancano) == (None,) * 4
    else:
        assert punteggio.punteggio == 100
        assert punteggio.mancano == 0
        assert punteggio.mancanza == ""
        assert punteggio.eccedenza == (criterio.percentuale if criterio.regola == "per_unita" else 0)


@pytest.mark.parametrize("codice", ATTESI)
def test_criterion_of_the_act__nothing_collected(codice):
    criterio = CRITERI[codice]
    punteggio = valuta(criterio, Raccolta(in_attesa=3))
    attesi = {
        "per_unita": (0, 0, 0, 0),
        "realizzazione": (0, 0, 0, 0),
        "soglia": (0, None, None, None),
        "monitoraggio": (None, None, None, None),
    }
    assert (punteggio.unita, punteggio.grezzo, punteggio.punteggio, punteggio.eccedenza) == attesi[criterio.regola]
    assert punteggio.in_attesa == 3
    if criterio.regola == "per_unita":
        assert punteggio.mancano * criterio.percentuale == 100


MANCANZE = [
    ("M1", 0, "Manca 1 evidenza" + ENTRO),
    ("M2", 3, "Mancano 2 incontri" + ENTRO),
    ("M2", 4, "Manca 1 incontro" + ENTRO),
    ("M5", 1, "Manca 1 organizzazione aderente" + ENTRO),
    ("P1.3", 0, "Mancano 2 mail o post condivisi" + ENTRO),
    ("M9", 0, ""),
    ("P8.1", 0, ""),
]


@pytest.mark.parametrize(("codice", "evidenze", "parole"), MANCANZE)
def test_what_is_missing__says_units_and_deadline(codice, evidenze, parole):
    assert valuta(CRITERI[codice], raccolta_di(evidenze)).mancanza == parole


ORE = {"unita": "ora", "unita_plurale": "ore", "unita_femminile": True}


def criterio(regola="per_unita", percentuale="20", **campi):
    return CriterioPunteggio("X1", regola, Decimal(percentuale) if percentuale else None, **campi)


SOGLIE = [
    # offered, attended -> raw, score, surplus, missing, words
    ("40", "12", "60", "60", "0", "8", "12 su 20 (50% di 40 ore offerte) = 60%"),
    ("40", "20", "100", "100", "0", "0", "20 su 20 (50% di 40 ore offerte) = 100%"),
    ("40", "30", "150", "100", "50", "0", "30 su 20 (50% di 40 ore offerte) = 150%, vale 100%"),
    ("6", "1", "33.33", "33.33", "0", "2", "1 su 3 (50% di 6 ore offerte) = 33,33%"),
    ("6", "2", "66.67", "66.67", "0", "1", "2 su 3 (50% di 6 ore offerte) = 66,67%"),
    ("1", "0.2", "40", "40", "0", "0.3", "0,2 su 0,5 (50% di 1 ora offerta) = 40%"),
    (
        "99999.98",
        "49999.98",
        "99.99",
        "99.99",
        "0",
        "0.01",
        "49999,98 su 49999,99 (50% di 99999,98 ore offerte) = 99,99%",
    ),
]


@pytest.mark.parametrize(("offerto", "frequentato", "grezzo", "punteggio", "eccedenza", "mancano", "parole"), SOGLIE)
def test_threshold__is_linear_below_its_share_of_the_total(
    offerto, frequentato, grezzo, punteggio, eccedenza, mancano, parole
):
    regole = criterio("soglia", "50", **ORE, offerto=Decimal(offerto))
    esito = valuta(regole, riconosciuto(Decimal(frequentato)))
    assert [esito.grezzo, esito.punteggio, esito.eccedenza, esito.mancano] == [
        Decimal(valore) for valore in (grezzo, punteggio, eccedenza, mancano)
    ]
    assert esito.spiegazione == parole


def test_threshold__offered_nothing_is_not_computable():
    esito = valuta(criterio("soglia", "50", offerto=Decimal(0)), Raccolta())
    assert (esito.punteggio, esito.mancano) == (None, None)
    assert esito.spiegazione == "Non calcolabile: il totale offerto è 0"


@pytest.mark.parametrize("regola", ["per_unita", "realizzazione", "soglia", "monitoraggio"])
def test_quantity_of_nothing__contributes_nothing_under_any_rule(regola):
    regole = criterio(regola, "50", unita="ora", offerto=Decimal(10), distinte=regola == "per_unita")
    assert valuta(regole, riconosciuto(Decimal(0), ["ente"])) == valuta(regole, Raccolta())


def test_per_unit__fractions_of_a_unit_count():
    esito = valuta(criterio(**ORE), riconosciuto(Decimal("1.5")))
    assert (esito.punteggio, esito.mancano) == (30, Decimal("3.5"))
    assert esito.spiegazione == "1,5 ore approvate × 20% = 30%"


def test_per_unit__what_is_missing_is_rounded_up():
    assert valuta(criterio(percentuale="30"), Raccolta()).mancano == Decimal("3.34")
    assert valuta(criterio(percentuale="30", distinte=True), Raccolta()).mancano == 4


def test_distinct__a_body_counts_once_whatever_the_quantities():
    regole = criterio(percentuale="50", unita="organizzazione aderente", distinte=True)
    raccolta = riconosciuto(Decimal(7), ["a"]) + riconosciuto(Decimal(1), ["a"]) + riconosciuto(Decimal(1), [])
    assert valuta(regole, raccolta).unita == 1


@pytest.mark.parametrize(("regola", "percentuale"), [("a_caso", "20"), ("per_unita", None), ("soglia", "0")])
def test_criterion__a_wrong_rule_is_refused(regola, percentuale):
    with pytest.raises(ValueError):
        criterio(regola, percentuale)


def test_collection__of_two_is_the_sum_of_each_thing():
    una, altra = Raccolta(1, Decimal(2), frozenset("a"), 3), Raccolta(4, Decimal(5), frozenset("ab"), 6)
    assert una + altra == altra + una == Raccolta(5, Decimal(7), frozenset("ab"), 9)


@pytest.mark.parametrize(("somma", "valore"), [("somma", 12), ("ultimo", 5), ("enti", 3)])
def test_monitoring__adds_up_as_its_criterion_says(somma, valore):
    regole = criterio("monitoraggio", None, unita="ente", unita_plurale="enti", somma=somma)
    fatti = ((7, "abc", date(2025, 3, 5)), (5, "a", date(2025, 4, 5)))
    raccolta = sum((riconosciuto(Decimal(n), enti, giorno) for n, enti, giorno in fatti), Raccolta())
    assert valuta(regole, raccolta).unita == valore


@pytest.mark.parametrize(("prima", "poi"), [(1, 9), (9, 1)])
def test_collection__holds_the_last_value_of_the_last_day(prima, poi):
    """Of one day, the one that was decided later; nothing that has no day."""
    giorno = date(2025, 3, 5)
    valori = riconosciuto(Decimal(prima), giorno=giorno) + riconosciuto(Decimal(poi), giorno=giorno, ordine=1)
    altri = riconosciuto(Decimal(99), giorno=date(2025, 3, 4), ordine=2) + riconosciuto(Decimal(99))
    assert (valori + altri).ultimo.quantita == (altri + valori).ultimo.quantita == poi


@pytest.mark.parametrize(
    ("punteggi", "media"),
    [((100, 0, 0), "33.3"), ((100, 100, 0), "66.7"), ((None, 50), "50"), ((None,), None), ((), None)],
)
def test_media__only_of_scores_that_exist(punteggi, media):
    assert media_indicativa(None if p is None else Decimal(p) for p in punteggi) == (media and Decimal(media))


PSICOLOGI = {"unita": "psicologo", "unita_plurale": "psicologi"}
UOMINI = {"unita": "uomo", "unita_plurale": "uomini"}
MANI = {"unita": "mano", "unita_plurale": "mani", "unita_femminile": True}


@pytest.mark.parametrize(
    ("parole", "attesa"),
    [
        (PSICOLOGI, "3 psicologi approvati × 20% = 60%"),
        (UOMINI, "3 uomini approvati × 20% = 60%"),
        (MANI, "3 mani approvate × 20% = 60%"),
        ({"unita": "sindaco"}, "3 unità («sindaco») approvate × 20% = 60%"),
        ({}, "3 unità approvate × 20% = 60%"),
    ],
)
def test_unit__is_said_as_written_and_never_guessed(parole, attesa):
    esito = valuta(criterio(**parole), riconosciuto(Decimal(3)))
    assert esito.spiegazione == attesa
    assert valuta(criterio(**MANI), riconosciuto(Decimal(1))).spiegazione == "1 mano approvata × 20% = 20%"


def test_participle__agrees_in_gender_and_number():
    assert [participio("approvato", EVIDENZA, Decimal(n)) for n in (0, 1, 2)] == ["approvate", "approvata", "approvate"]
    incontro = Sostantivo("incontro", "incontri")
    assert [participio("approvato", incontro, Decimal(n)) for n in (0, 1)] == ["approvati", "approvato"]


def test_number__comma_and_no_useless_zeros():
    assert [numero(Decimal(n)) for n in ("1.50", "20.00", "0", "1E+2", "0.25")] == ["1,5", "20", "0", "100", "0,25"]
    assert quanti(Decimal(0), nome_dell_unita("incontro", "incontri", False)) == "0 incontri"


def test_day__first_of_the_month_is_an_ordinal():
    regole = criterio(unita="incontro", unita_plurale="incontri", scadenza=date(2026, 3, 1))
    assert valuta(regole, Raccolta()).mancanza == "Mancano 5 incontri entro il 1º marzo 2026"


PASSATO = (
    ": il termine è passato il 31 dicembre 2025. Fino alla chiusura del programma si può ancora inviare, "
    "come tardivo, un fatto avvenuto nel periodo"
)


@pytest.mark.parametrize(
    ("al", "evidenze", "parole"),
    [
        (date(2025, 12, 30), 4, "Manca 1 incontro" + ENTRO),
        (date(2025, 12, 31), 4, "Manca 1 incontro" + ENTRO),
        (date(2026, 1, 1), 4, "Mancava 1 incontro" + PASSATO),
        (date(2026, 1, 1), 3, "Mancavano 2 incontri" + PASSATO),
        (date(2026, 1, 1), 5, ""),
    ],
)
def test_what_is_missing__after_the_last_day_says_that_the_term_has_passed(al, evidenze, parole):
    esito = valuta(CRITERI["M2"], raccolta_di(evidenze), al)
    assert (esito.mancanza, esito.mancanza_in_breve) == (parole, parole.split(":")[0])


@pytest.mark.parametrize("al", [None, date(2025, 11, 1), date(2026, 1, 1)])
def test_what_is_missing__of_a_closed_programme_says_so(al):
    chiuso = dataclasses.replace(CRITERI["M2"], chiuso=True)
    assert valuta(chiuso, raccolta_di(4), al).mancanza == (
        "Mancava 1 incontro: il programma è chiuso, non si invia più nulla"
    )


@pytest.mark.parametrize(
    ("percentuale", "unita", "grezzo", "mancano"),
    [
        ("33.33", "0", "0", "3"),
        ("33.33", "1", "33.33", "2"),
        ("33.33", "2", "66.67", "1"),
        ("33.33", "3", "100", "0"),
        ("33.33", "4", "133.33", "0"),
        ("33.33", "2.99", "99.67", "0.01"),
        ("16.67", "6", "100", "0"),
        ("14.29", "7", "100", "0"),
        ("33.30", "3", "99.90", "0.01"),
        ("33", "3", "99", "0.04"),
        ("0.34", "294", "99.96", "0.12"),
        ("12.50", "0.01", "0.125", "7.99"),
        ("250", "1", "250", "0"),
    ],
)
def test_thirds__so_many_parts_make_exactly_100(percentuale, unita, grezzo, mancano):
    criterio = CriterioPunteggio("P1.1", "per_unita", Decimal(percentuale))
    punteggio = valuta(criterio, Raccolta(evidenze=1, quantita=Decimal(unita)))
    assert (punteggio.grezzo, punteggio.mancano) == (Decimal(grezzo), Decimal(mancano))
    assert punteggio.punteggio <= 100
