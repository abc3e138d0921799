"""The pure rules of the yearly measures: what is a good answer, what many of them say, when one is reminded."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from registri.misure import quesiti
from registri.misure.aggregati import RigaDiSintesi, sintetizza
from registri.misure.quesiti import LUNGO, NUMERO, PIU, SI_NO, UNA, QuesitoFermo
from registri.misure.ritmo import SOLLECITI, da_sollecitare

PERSONE = QuesitoFermo("persone", "Quante?", NUMERO, unita="persone")
ORE = QuesitoFermo("ore", "Quante ore?", NUMERO, unita="ore", decimali=2)
QUOTA = QuesitoFermo("quota", "Quale quota?", NUMERO, unita="%", decimali=1, massimo=Decimal(100), si_somma=False)
AGILE = QuesitoFermo("agile", "C'è?", SI_NO)
COME = QuesitoFermo("come", "Come?", UNA, scelte=("A", "B", "C"))
QUALI = QuesitoFermo("quali", "Quali?", PIU, scelte=("A", "B", "C"))
RACCONTO = QuesitoFermo("racconto", "Racconta", LUNGO)


@pytest.mark.parametrize(
    ("quesito", "scritto", "valore"),
    [
        (PERSONE, "1.250", 1250),
        (PERSONE, " 1 250 persone ", 1250),
        (PERSONE, "0", 0),
        (PERSONE, "12,0", 12),
        (ORE, "1.234,5", Decimal("1234.5")),
        (ORE, "12.5", Decimal("12.5")),
        (QUOTA, "33,3 %", Decimal("33.3")),
        (AGILE, "no", False),
        (COME, "B", "B"),
        (QUALI, ["C", "A"], ("A", "C")),
        (QUALI, [], None),
        (PERSONE, "  ", None),
        (RACCONTO, " due\nrighe ", "due\nrighe"),
    ],
)
def test_answer__is_read_as_people_write_it_and_comes_back_the_same(quesito, scritto, valore):
    letto = quesiti.leggi(quesito, scritto)
    assert letto == valore
    assert quesiti.riprendi(quesito, quesiti.conserva(letto)) == valore
    assert quesiti.leggi(quesito, quesiti.scritto(letto)) == valore


@pytest.mark.parametrize(
    ("quesito", "scritto", "detto"),
    [
        (PERSONE, "una decina", "Scrivi un numero"),
        (PERSONE, "-3", "Scrivi un numero"),
        (PERSONE, "12,5", "intero"),
        (PERSONE, "²", "Scrivi un numero"),
        (PERSONE, "9" * 40, "Scrivi un numero"),
        (PERSONE, "99999999999", "cifra di troppo"),
        (ORE, "1,234", "al massimo 2 cifre"),
        (QUOTA, "120", "Al massimo 100"),
        (AGILE, "forse", "sì o no"),
        (COME, "D", "non è tra quelle"),
        (QUALI, ["A", "D"], "non è tra quelle"),
        (RACCONTO, "x" * 4001, "4001"),
    ],
)
def test_wrong_answer__is_said_in_words(quesito, scritto, detto):
    with pytest.raises(ValueError, match=detto):
        quesiti.leggi(quesito, scritto)


def test_answer_of_before__is_nothing_where_the_question_is_another_now():
    assert quesiti.riprendi(PERSONE, "12.5") is None
    assert quesiti.riprendi(COME, "D") is quesiti.riprendi(COME, True) is quesiti.riprendi(QUALI, "A") is None
    assert not PERSONE.confrontabile(QuesitoFermo("persone", "Quante?", NUMERO, unita="teste"))
    assert PERSONE.confrontabile(QuesitoFermo("persone", "In quanti siete?", NUMERO, unita="persone"))
    assert quesiti.da_dati(quesiti.in_dati(QUOTA)) == QUOTA and quesiti.da_dati(quesiti.in_dati(QUALI)) == QUALI


def conti(quesito, valori, riservata):
    return {uno.scelta: uno.quanti for uno in sintetizza(quesito, valori, riservata).conti}


def test_numbers__are_summed_and_said_to_others_only_of_three():
    dati = [Decimal(10), Decimal(20), None, Decimal(60)]
    tutti = sintetizza(PERSONE, dati, riservata=True)
    assert (tutti.risposte, tutti.somma, tutti.mediana) == (3, 90, 20)
    assert tutti.in_parole == "in tutto 90, mediana 20 persone"
    assert sintetizza(QUOTA, dati, riservata=False).in_parole == "mediana 20 %"
    pochi = sintetizza(PERSONE, dati[:2], riservata=True)
    assert pochi.coperta and pochi.somma is pochi.mediana is None and "meno di 3" in pochi.in_parole
    assert sintetizza(PERSONE, dati[:2], riservata=False).mediana == 15
    assert sintetizza(PERSONE, [None], riservata=False).in_parole == "nessuna risposta"


def test_cells_of_one_body__are_read_by_nobody_else():
    si_e_no = [True, True, True, False]
    assert conti(AGILE, si_e_no, riservata=False) == {"sì": 3, "no": 1}
    assert conti(AGILE, si_e_no, riservata=True) == {"sì": None, "no": None}
    assert conti(AGILE, [True] * 3, riservata=True) == {"sì": 3, "no": 0}
    tre = ["A"] * 4 + ["B"] * 2 + ["C"]
    assert conti(COME, tre, riservata=True) == {"A": 4, "B": None, "C": None}
    due_sole = ["A"] * 5 + ["B", "C"]  # B and C alone would be two answers over two cells: each of one body
    assert conti(COME, due_sole, riservata=True) == {"A": None, "B": None, "C": None}
    insieme = [("A", "B"), ("A", "B"), ("A", "C"), ("A",), ("B",)]
    assert conti(QUALI, insieme, riservata=False) == {"A": 4, "B": 3, "C": 1}
    assert conti(QUALI, insieme, riservata=True) == {"A": None, "B": 3, "C": None}


def test_only_cells_of_one_body__are_covered_with_those_of_nobody():
    quattro = replace(COME, scelte=("A", "B", "C", "D"))
    assert conti(quattro, ["A", "B", "C"], riservata=True) == dict.fromkeys("ABCD")
    assert conti(quattro, ["A", "A", "A", "B", "C", "D", "D"], riservata=True) == {
        "A": 3,
        "B": None,
        "C": None,
        "D": None,
    }


def test_difference__is_of_the_sum_and_of_a_share_the_median():
    def riga(quesito, ora, prima):
        ora, prima = ([Decimal(uno) for uno in dati] for dati in (ora, prima))
        return RigaDiSintesi(sintetizza(quesito, ora, False), sintetizza(quesito, prima, False))

    assert riga(PERSONE, [10, 20], [5]).differenza == "+25"
    assert riga(PERSONE, [5], [1250]).differenza == "−1.245"
    assert riga(PERSONE, [5], [5]).differenza == "uguale"
    assert riga(QUOTA, [10, 20], [15, 50]).differenza == "−17,5"
    assert RigaDiSintesi(sintetizza(PERSONE, [Decimal(1)], False), None).differenza == ""


def test_reminders__are_four_and_never_two_for_one_day():
    scade, chiesta, partiti, ultimo = date(2026, 2, 28), date(2026, 1, 20), [], None
    for n in range(120):
        oggi = chiesta + timedelta(days=n)
        for _ in range(2):
            if da_sollecitare(scade, chiesta, len(partiti), ultimo, oggi):
                partiti.append(oggi)
                ultimo = oggi
    assert partiti == [date(2026, 2, 14), date(2026, 2, 25), date(2026, 3, 4), date(2026, 3, 18)]
    assert len(partiti) == SOLLECITI
    # What was asked a day ago, or asked by hand today, is not asked again by a day that has passed.
    assert not da_sollecitare(scade, date(2026, 2, 20), 0, None, date(2026, 2, 21))
    assert not da_sollecitare(scade, chiesta, 0, date(2026, 2, 26), date(2026, 2, 26))
    assert not da_sollecitare(scade + timedelta(days=60), chiesta, SOLLECITI, ultimo, date(2026, 6, 1))
