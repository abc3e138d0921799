"""What one has in hand, read for what it says of a fact: the pure side, without a programme."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from programma.che_cosa import QUANTI, tipo_di_fatto
from programma.indizi import (
    INDIETRO,
    completo,
    con_il_sito,
    criterio_probabile,
    giorno_dell_indirizzo,
    giorno_nel_testo,
    indirizzo_sbagliato,
    indizi_di,
    probabili_con_link,
    tipo_del_testo,
)
from programma.models import Evidenza

OGGI = date(2025, 6, 20)
UN_GIORNO = timedelta(days=1)
POST = "https://www.facebook.com/distretto/posts/1"


@pytest.mark.parametrize(
    ("titolo", "testo", "atteso"),
    [
        ("Festa", "Era bello", ("Festa", "Era bello", ())),
        ("", "", ("", "", ())),
        ("Festa", POST, ("Festa", "", (POST,))),
        (POST, "Era bello", ("Post su Facebook", "Era bello", (POST,))),
        ("", f"Prima {POST}, poi https://x.com/a!", ("Post su Facebook", None, (POST, "https://x.com/a"))),
        ("", f"{POST} {POST}", ("Post su Facebook", None, (POST,))),
    ],
)
def test_hand__words_and_addresses_each_said_once(titolo, testo, atteso):
    indizi = indizi_di(titolo, testo, "", OGGI)
    for letto, voluto in zip((indizi.titolo, indizi.testo, indizi.link), atteso, strict=True):
        assert voluto is None or letto == voluto


def test_hand__an_address_of_its_own_comes_before_those_of_the_text_and_names_the_post():
    indizi = indizi_di("", f"Visto il 5 marzo 2025 su {POST}", "x.com/distretto", OGGI)
    assert (indizi.link, indizi.titolo) == (("https://x.com/distretto",), "Post su X")
    assert (indizi.data, indizi.tipo) == (date(2025, 3, 5), "comunicazione")


def test_hand__five_addresses_at_most_and_words_as_long_as_there_is_room():
    indizi = indizi_di("T" * 300, " ".join(f"https://example.org/{n}" for n in range(6)), "", OGGI)
    assert indizi.link == tuple(f"https://example.org/{n}" for n in range(5))
    assert len(indizi.titolo) == Evidenza._meta.get_field("titolo").max_length
    assert len(indizi_di("", "x" * 5000, "", OGGI).testo) == 4000


def test_hand__the_day_of_the_post_before_the_one_in_the_text():
    dei_post = [f"https://example.it/2025/04/0{giorno}/festa" for giorno in (6, 7)]
    assert indizi_di("", "Il 5 marzo 2025", dei_post[0], OGGI).data == date(2025, 4, 6)
    assert indizi_di("", " e ".join(dei_post), "", OGGI).data == date(2025, 4, 6)


@pytest.mark.parametrize(
    ("link", "intero"),
    [("x.com/a", "https://x.com/a"), ("http://x.com/a", "http://x.com/a"), ("", ""), (" \0 ", "")],
)
def test_address__is_completed_as_one_pastes_it(link, intero):
    assert completo(link) == intero


@pytest.mark.parametrize(
    "indirizzo",
    [
        "https://www.linkedin.com/company/distretto",
        "https://x.com/distretto",
        "https://www.instagram.com/distretto/",
        "https://www.facebook.com/activity-7321456789012345678",
        "https://example.it/activity-7321456789012345678",
        "https://www.linkedin.com/status/1910000000000000000",
        "https://example.it/status/1910000000000000000",
        "https://www.facebook.com/p/DKBz4t5sAAA/",
        "https://example.it/p/DKBz4t5sAAA/",
    ],
)
def test_day__is_in_the_number_of_a_post_of_that_site_and_nowhere_else(indirizzo):
    assert giorno_dell_indirizzo(indirizzo, OGGI) is None


@pytest.mark.parametrize(
    ("giorno", "creduto"),
    [(OGGI, True), (OGGI + UN_GIORNO, False), (OGGI - INDIETRO, True), (OGGI - INDIETRO - UN_GIORNO, False)],
)
def test_day__is_believed_from_two_years_ago_to_today(giorno, creduto):
    assert giorno_nel_testo(f"{giorno:%d/%m/%Y}", OGGI) == (giorno if creduto else None)
    assert giorno_dell_indirizzo(f"https://example.it/{giorno:%Y/%m/%d}/a", OGGI) == (giorno if creduto else None)
    assert timedelta(days=730) == INDIETRO


@pytest.mark.parametrize(
    ("testo", "tipo"),
    [
        ("Incontro sulla convenzione: la convenzione si firma", "convenzione"),
        ("Corso di formazione, due ore, dopo l'incontro", "formazione"),
        ("Un elenco e una mappa, mandati per mail", "relazione"),
        ("Il pane", "comunicazione"),
    ],
)
def test_kind__is_the_one_of_which_most_words_are_said(testo, tipo):
    assert tipo_del_testo(testo) == tipo


def criterio(pk, titolo="", unita="post", siti=(), **campi):
    detto = {"indicatore": "", "del_manager": False, "distinte": False, "alimentato_da": "", **campi}
    return SimpleNamespace(pk=pk, titolo=titolo, unita=unita, siti=siti, **detto)


def chiavi(criteri):
    return [uno.pk for uno in criteri]


SENZA, FACEBOOK, ALTROVE = criterio(1), criterio(2, siti=("facebook.com/distretto",)), criterio(3, siti=("x.com",))


def test_criteria__that_want_just_that_site_come_first_and_those_of_others_are_left_out():
    tutti = [SENZA, FACEBOOK, ALTROVE]
    assert chiavi(con_il_sito(tutti, [])) == [1, 2, 3]
    assert chiavi(con_il_sito(tutti, [POST])) == [2, 1]
    assert chiavi(con_il_sito(tutti, ["https://example.org/", POST])) == [2, 1]
    tipo = tipo_di_fatto("comunicazione")
    assert chiavi(probabili_con_link(tutti, tipo, {1}, False, [POST])) == [2, 1]
    assert chiavi(probabili_con_link(tutti, tipo, {3}, False, [])) == [3, 1, 2]


def test_criteria__are_few_with_an_address_as_without():
    tipo = tipo_di_fatto("comunicazione")
    tutti = [criterio(n, siti=("facebook.com",) if n % 2 else ()) for n in range(2 * QUANTI)]
    assert chiavi(probabili_con_link(tutti, tipo, set(), False, [POST])) == [1, 3, 5, 7]
    assert len(probabili_con_link(tutti, tipo, set(), False, [])) == QUANTI


def test_criterion__is_the_one_whose_words_are_said_most():
    tutti = [criterio(1, "Passeggiata nel bosco"), criterio(2, "Festa del bosco"), criterio(3, "Festa")]
    detto = indizi_di("Festa del bosco", POST, "", OGGI)
    assert criterio_probabile(tutti, detto, set(), False).pk == 2
    assert criterio_probabile(tutti, indizi_di("", "Niente", "", OGGI), set(), False).pk == 1


@pytest.mark.parametrize(
    ("link", "sbagliato"),
    [("", False), ("x.com/a", False), ("x.com/" + "a" * 486, False), ("javascript:alert(1)", True), ("a b", True)],
)
def test_address__that_leads_nowhere_is_told(link, sbagliato):
    assert indirizzo_sbagliato(link) is sbagliato
