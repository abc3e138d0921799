"""Serial numbers and states of cards: nothing of Django."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.seriali import ALFABETO, LUNGHEZZA, a_gruppi, con_controllo, leggi, nuovo
from convenzioni.card.stati import StatoCard, stato

corpi = st.text(st.sampled_from(ALFABETO), min_size=LUNGHEZZA - 1, max_size=LUNGHEZZA - 1)


@given(corpi, st.integers(0, LUNGHEZZA - 1), st.sampled_from(ALFABETO))
def test_any_single_wrong_symbol__is_found(corpo, posto, simbolo):
    seriale = con_controllo(corpo)
    sbagliato = seriale[:posto] + simbolo + seriale[posto + 1 :]
    assert (leggi(sbagliato) == seriale) if simbolo == seriale[posto] else (leggi(sbagliato) is None)


@given(corpi, st.integers(0, LUNGHEZZA - 2))
def test_any_two_adjacent_symbols_swapped__are_found(corpo, posto):
    seriale = con_controllo(corpo)
    scambiato = seriale[:posto] + seriale[posto + 1] + seriale[posto] + seriale[posto + 2 :]
    assert leggi(scambiato) == (seriale if scambiato == seriale else None)


@given(corpi, st.sampled_from(["-", " ", "", " - ", "."]), st.booleans())
def test_serial__is_read_however_it_was_written(corpo, separatore, minuscole):
    seriale = con_controllo(corpo)
    scritto = separatore.join(seriale[i : i + 4] for i in range(0, LUNGHEZZA, 4))
    scritto = f"  {scritto} ".replace("0", "o").replace("1", "l")
    assert leggi(scritto.lower() if minuscole else scritto) == seriale
    assert leggi(scritto.replace("l", "I")) == seriale


@given(st.text(max_size=40))
def test_reading__is_total(testo):
    letto = leggi(testo)
    assert letto is None or leggi(a_gruppi(letto)) == letto


@pytest.mark.parametrize("testo", ["", "0", "0" * 15, "0" * 17, "UUUUUUUUUUUUUUUU", "ſ" * 16, "٠" * 16])
def test_what_is_no_serial__is_none(testo):
    assert leggi(testo) is None


def test_new_serial__has_75_bits_of_chance_and_is_grouped_by_four(monkeypatch):
    chiesti = []
    monkeypatch.setattr("base.seriali.secrets.choice", lambda scelte: chiesti.append(scelte) or scelte[7])
    assert leggi(nuovo()) and len(chiesti) == 15 and all(len(set(scelte)) == 32 for scelte in chiesti)
    assert a_gruppi("0123456789ABCDEF") == "0123-4567-89AB-CDEF"


def test_check_symbol__asks_for_a_whole_body():
    with pytest.raises(ValueError):
        con_controllo("0")


@pytest.mark.parametrize(
    ("revocata", "oggi", "atteso"),
    [
        (False, date(2026, 12, 31), StatoCard.VALIDA),
        (False, date(2027, 1, 1), StatoCard.SCADUTA),
        (True, date(2026, 1, 1), StatoCard.REVOCATA),
        (True, date(2027, 1, 1), StatoCard.REVOCATA),
    ],
)
def test_state__follows_the_last_day_and_the_revocation(revocata, oggi, atteso):
    assert stato(date(2026, 12, 31), revocata, oggi) == atteso
