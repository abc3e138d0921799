"""Questions and tables of surveys: what is read, what is told, and what cannot be found by taking one from another."""

import itertools
import random
from decimal import Decimal

import pytest

from ascolto.sondaggi import flusso_sondaggi as flusso
from ascolto.sondaggi import questionario, tavole
from ascolto.sondaggi.questionario import DomandaPosta, leggi
from ascolto.sondaggi.tavole import SENZA_RISPOSTA, leggi_insieme

UNA = DomandaPosta("a", "Figli?", "una", scelte=("Sì", "No", "Presto"))
PIU = DomandaPosta("p", "Che cosa?", "piu", scelte=("Nido", "Estate"))
SCALA = DomandaPosta("s", "Quanto?", "scala", dal="per nulla", al="molto")
NUMERO = DomandaPosta("n", "Quanti?", "numero", massimo=20)
GRIGLIA = DomandaPosta("g", "Come?", "griglia", scelte=("Bene", "Male"), righe=("Orari", "Costi"))
LUNGO = DomandaPosta("l", "Perché?", "lungo")


@pytest.mark.parametrize(
    ("domanda", "scritto", "valore"),
    [
        (UNA, ["1"], 1),
        (UNA, [""], None),
        (UNA, [], None),
        (PIU, ["1", "0", "1"], (0, 1)),
        (PIU, [], None),
        (SCALA, ["5"], 5),
        (NUMERO, ["1 2"], None),
        (NUMERO, ["12"], Decimal(12)),
        (GRIGLIA, ["0"], (0, None)),
        (GRIGLIA, ["", ""], None),
        (GRIGLIA, ["0", "1", "1", "0"], (0, 1)),
        (LUNGO, ["  così  "], "così"),
    ],
)
def test_answer__is_read_as_it_was_meant(domanda, scritto, valore):
    if valore is None and scritto == ["1 2"]:
        with pytest.raises(ValueError, match="numero"):
            leggi(domanda, scritto)
        return
    letto = leggi(domanda, scritto)
    assert letto == valore
    assert questionario.riprendi(domanda, questionario.conserva(letto)) == valore


@pytest.mark.parametrize(
    ("domanda", "scritto"),
    [
        (UNA, ["3"]),
        (UNA, ["²"]),
        (UNA, ["-1"]),
        (PIU, ["0", "9" * 30]),
        (SCALA, ["0"]),
        (SCALA, ["6"]),
        (NUMERO, ["21"]),
        (GRIGLIA, ["0", "2"]),
        (LUNGO, ["x" * 2001]),
    ],
)
def test_answer__that_is_none_is_refused(domanda, scritto):
    with pytest.raises(ValueError):
        leggi(domanda, scritto)


def test_question__is_kept_as_it_was_and_said_in_another_language():
    altre = {"de": {"testo": "Kinder?", "scelte": ["Ja", "", "Bald"]}, "ar": {"scelte": ["نعم"]}}
    domanda = DomandaPosta("a", "Figli?", "una", scelte=("Sì", "No", "Presto"), altre=altre)
    assert questionario.da_dati(questionario.in_dati(domanda)) == domanda
    assert (domanda.in_lingua("de").testo, domanda.in_lingua("de").scelte) == ("Kinder?", ("Ja", "No", "Bald"))
    assert domanda.in_lingua("ar").scelte == domanda.scelte  # not as many: nobody would know which is which


def test_condition__names_answers_of_a_question_before():
    figlia = DomandaPosta("b", "Quanti?", "numero", se="a", se_scelte=(0,))
    assert questionario.ostacoli([UNA, figlia]) == []
    assert "viene prima" in questionario.ostacoli([figlia, UNA])[0]
    for posti, detto in (((), "quale risposta"), ((7,), "quale risposta"), ((0, 1, 2), "qualunque")):
        assert detto in questionario.ostacoli([UNA, DomandaPosta("b", "?", "breve", se="a", se_scelte=posti)])[-1]
    due = DomandaPosta("b", "?", "breve", se="p", se_scelte=(0, 1))
    assert "una sola" in questionario.ostacoli([PIU, due])[0]
    assert questionario.si_chiede(figlia, {"a": 0}) and not questionario.si_chiede(figlia, {"a": 1})
    assert not questionario.si_chiede(figlia, {})


def conti(tavola):
    return {cella.nome: cella.quanti for cella in tavola.celle}


def risposte(chiave, *quanti):
    """`quanti[n]` people who answered n; the last did not answer."""
    *dati, senza = quanti
    return [{chiave: n} for n, quanti_n in enumerate(dati) for _ in range(quanti_n)] + [{chiave: None}] * senza


@pytest.mark.parametrize(
    ("date", "viste"),
    [
        ((10, 8, 7, 0), (10, 8, 7)),
        ((20, 8, 2, 0), (20, None, None)),  # two are few, and 30 less 28 would say them
        ((20, 2, 2, 6), (20, None, None, None)),  # two and two are four together: not enough yet
        ((20, 3, 3, 6), (20, None, None, 6)),  # six together, of whom nobody knows which
        ((20, 8, 0, 2), (20, None, 0, None)),
        ((20, 9, 0, 0), (20, 9, 0)),
    ],
)
def test_cells__of_few_are_hidden_with_as_many_more_as_it_takes(date, viste):
    (tavola,) = leggi_insieme([UNA], risposte("a", *date), 5)
    nomi = (*UNA.scelte, SENZA_RISPOSTA)[: len(viste)]
    assert conti(tavola) == dict(zip(nomi, viste, strict=True))
    assert tavola.chieste == sum(date) and bool(tavola.perche) is (None in viste)


@pytest.mark.parametrize("date", [(20, 0, 0, 0), (19, 0, 0, 1), (16, 2, 2, 0), (4, 3, 3, 0)])
def test_table__where_all_said_nearly_the_same_says_nothing(date):
    (tavola,) = leggi_insieme([UNA], risposte("a", *date), 5)
    assert tavola.celle == () and tavola.chieste is None and tavola.coperta


def test_survey__of_few_has_no_result_at_all():
    nove = leggi_insieme([UNA, PIU, NUMERO, LUNGO], [{"a": 0, "p": (0,), "n": Decimal(2), "l": "x"}] * 9, 5)
    assert all(una.coperta and not una.celle and una.chieste is None and una.media is None for una in nove)
    assert "Meno di 10" in nove[0].coperta
    (stretta,) = leggi_insieme([UNA], risposte("a", 10, 9, 0, 0), 10)
    assert "Meno di 20" in stretta.coperta


def test_answers_given_together__hide_few_and_all_but_few():
    date = [{"p": (0, 1)}] * 14 + [{"p": (0,)}] * 3 + [{"p": None}] * 3
    (tavola,) = leggi_insieme([PIU], date, 5)
    assert conti(tavola) == {"Nido": None, "Estate": 14, SENZA_RISPOSTA: None}


def test_question_that_depends__is_not_told_where_it_would_tell_the_other():
    """20 have children, 2 have none, 8 soon: the small cell takes another with it, and the table of who has that one
    would give it back, by the number of who was asked."""
    figlia = DomandaPosta("b", "Quando?", "una", scelte=("Ora", "Poi"), se="a", se_scelte=(2,))
    altra = DomandaPosta("c", "Quanti?", "una", scelte=("Uno", "Due"), se="a", se_scelte=(0,))
    date = [{"a": 0, "c": n % 2} for n in range(20)] + [{"a": 1}] * 2 + [{"a": 2, "b": n % 2} for n in range(8)]
    prima, coperta, detta = leggi_insieme([UNA, figlia, altra], date, 5)
    assert conti(prima) == {"Sì": 20, "No": None, "Presto": None}
    assert "si ricaverebbe" in coperta.coperta and coperta.chieste is None and coperta.celle == ()
    assert detta.chieste == 20 and conti(detta) == {"Uno": 10, "Due": 10}
    nipote = DomandaPosta("d", "?", "una", scelte=("x", "y"), se="b", se_scelte=(0,))
    assert "Dipende" in leggi_insieme([UNA, figlia, nipote], date, 5)[2].coperta


def test_means__are_of_enough_people_and_only_where_all_is_shown():
    date = [{"s": 1 + n % 5, "n": Decimal(n % 4)} for n in range(30)]
    scala, numero = leggi_insieme([SCALA, NUMERO], date, 5)
    assert (scala.media, scala.mediana, numero.media) == (Decimal("3.0"), 3, Decimal("1.4"))
    assert conti(scala)["1 (per nulla)"] == 6
    pochi, _ = leggi_insieme([SCALA, NUMERO], [{"s": 5, "n": None}] * 20 + [{"s": 4}] * 8 + [{"s": 1}] * 2, 5)
    assert pochi.media is None and conti(pochi)["1 (per nulla)"] is None
    _, quattro = leggi_insieme(
        [SCALA, NUMERO], [{"s": 1 + n % 5, "n": Decimal(3) if n < 4 else None} for n in range(30)], 5
    )
    assert quattro.coperta and quattro.media is None
    _, uguali = leggi_insieme([SCALA, NUMERO], [{"s": 1, "n": Decimal(3)}] * 30, 5)
    assert uguali.media is None  # it would be each one's


def test_grid__is_a_table_a_row_and_kept_the_same():
    date = [{"g": (n % 2, None if n < 2 else 1)} for n in range(20)]
    orari, costi = lette = leggi_insieme([GRIGLIA], date, 5)
    assert conti(orari) == {"Bene": 10, "Male": 10} and orari.titolo == "Come? Orari"
    assert costi.coperta
    assert tuple(tavole.da_dati(tavole.in_dati(una)) for una in lette) == lette


def test_nothing_small__is_ever_found_by_difference():
    """Whatever people answer: what is hidden in a table is nobody, or two cells at least, and not few together."""
    caso = random.Random(7)
    for _ in range(400):
        date = [caso.choice((0, 1, 2, 3, 4, 5, 6, 9, 20)) for _ in range(4)]
        (tavola,) = leggi_insieme([UNA], risposte("a", *date), 5)
        if tavola.coperta:
            assert tavola.chieste is None and tavola.celle == ()
            continue
        viste = [cella.quanti for cella in tavola.celle if cella.quanti is not None]
        assert not any(0 < quanti < 5 for quanti in viste)
        nascosti = [quanti for quanti, cella in zip(date, tavola.celle, strict=False) if cella.quanti is None]
        assert not nascosti or (len(nascosti) >= 2 and sum(nascosti) >= 5 and sum(viste) + sum(nascosti) == sum(date))


@pytest.mark.parametrize(("soglia", "caselle", "massimo"), [(3, 3, 12), (2, 4, 8), (5, 3, 14)])
def test_small_cell__is_not_found_by_who_knows_the_rule(soglia, caselle, massimo):
    """All the counts that would be shown in the same way: none of the small cells is the same in all of them."""
    uguali = {}
    for veri in itertools.product(range(massimo + 1), repeat=caselle):
        viste = tavole._copri(veri, soglia)
        if any(quanti is not None for quanti in viste) and sum(veri) - sum(filter(None, viste)) <= massimo:
            uguali.setdefault((*viste, sum(veri)), []).append(veri)
    for viste, possibili in uguali.items():
        trovate = {n: veri for n, veri in enumerate(zip(*possibili, strict=True)) if viste[n] is None}
        assert not any(len(set(veri)) == 1 and veri[0] < soglia for veri in trovate.values()), viste


def test_mean_that_is_nearly_one_answer__is_not_told():
    """Nine have no employees, one has 300: the mean says that one."""
    (tavola,) = leggi_insieme([NUMERO], [{"n": Decimal(n)} for n in (1, 1, 1, 2, 2, 7, 8, 8, 9, 9, 9)], 5)
    assert tavola.mediana == Decimal("5.7")  # only one wrote 7: the three in the middle are told together
    (tavola,) = leggi_insieme([NUMERO], [{"n": Decimal(0)}] * 9 + [{"n": Decimal(300)}], 5)
    assert tavola.media is None and tavola.mediana is None and tavola.chieste == 10 and "media" in tavola.perche


def test_states__what_is_closed_is_never_opened_again():
    """From each state, where one gets in any number of passages: only results may be taken back."""
    vicini = {
        stato: {flusso.passa(a, stato, "Un errore") for a in flusso.possibili(stato)} for stato in flusso.ETICHETTE
    }
    for _ in vicini:
        vicini = {stato: qui.union(*(vicini[altro] for altro in qui)) for stato, qui in vicini.items()}
    dopo = {flusso.CHIUSO, flusso.PROPOSTO, flusso.PUBBLICATO}
    assert vicini == {flusso.BOZZA: dopo | {flusso.APERTO}, flusso.APERTO: dopo, **dict.fromkeys(dopo, dopo)}


@pytest.mark.parametrize(("azione", "stato"), [*itertools.product(flusso.PASSAGGI, flusso.ETICHETTE)])
def test_passage__is_made_where_it_is_possible_and_with_its_reason(azione, stato):
    partenze, arrivo, motivo = flusso.PASSAGGI[azione]
    if stato in partenze:
        assert flusso.passa(azione, stato, "Un errore") == arrivo
    if motivo or stato not in partenze:
        with pytest.raises(flusso.SondaggioFermo, match="Scrivi" if stato in partenze else "qui non si può"):
            flusso.passa(azione, stato, " ")
