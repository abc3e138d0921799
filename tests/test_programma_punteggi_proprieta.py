"""What holds of every score, whatever the criterion and the evidence."""

from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add

from hypothesis import given
from hypothesis import strategies as st

from programma.punteggi import CriterioPunteggio, Raccolta, riconosciuto, valuta

quantita = st.decimals(min_value=0, max_value=Decimal("99999.99"), places=2)
evidenze = st.builds(
    riconosciuto,
    quantita,
    st.frozensets(st.sampled_from("abcdefgh"), max_size=4),
    st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 5)),
    st.integers(0, 3),
)
percentuali = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999.99"), places=2)
criteri = st.one_of(
    st.builds(
        CriterioPunteggio,
        codice=st.just("X"),
        regola=st.just("per_unita"),
        percentuale=percentuali,
        unita=st.sampled_from(["", "incontro", "ora"]),
        distinte=st.booleans(),
    ),
    st.builds(CriterioPunteggio, codice=st.just("X"), regola=st.just("realizzazione"), percentuale=percentuali),
    st.builds(
        CriterioPunteggio,
        codice=st.just("X"),
        regola=st.just("soglia"),
        percentuale=percentuali,
        offerto=st.none() | quantita,
    ),
    st.builds(
        CriterioPunteggio,
        codice=st.just("X"),
        regola=st.just("monitoraggio"),
        unita=st.sampled_from(["", "azienda"]),
        somma=st.sampled_from(["somma", "ultimo", "enti"]),
    ),
)


def somma(elenco):
    return reduce(add, elenco, Raccolta())


@given(criteri, st.lists(evidenze))
def test_score__never_above_100_nor_below_0(criterio, approvate):
    esito = valuta(criterio, somma(approvate))
    assert esito.punteggio is None or 0 <= esito.punteggio <= 100
    if esito.grezzo is not None:
        assert esito.grezzo == esito.punteggio + esito.eccedenza
        assert (esito.mancano == 0) == (esito.punteggio == 100)


@given(criteri, st.lists(evidenze), evidenze)
def test_score__never_falls_when_evidence_is_approved(criterio, approvate, nuova):
    prima, dopo = valuta(criterio, somma(approvate)), valuta(criterio, somma([*approvate, nuova]))
    assert (prima.punteggio is None) == (dopo.punteggio is None)
    if prima.punteggio is not None:
        assert dopo.punteggio >= prima.punteggio
        assert dopo.grezzo >= prima.grezzo
        assert dopo.mancano <= prima.mancano


@given(criteri, st.lists(evidenze).flatmap(lambda elenco: st.tuples(st.just(elenco), st.permutations(elenco))))
def test_score__order_of_approvals_does_not_matter(criterio, elenchi):
    elenco, altro_ordine = elenchi
    assert valuta(criterio, somma(elenco)) == valuta(criterio, somma(altro_ordine))


@given(evidenze, evidenze, evidenze)
def test_collection__is_a_commutative_monoid(a, b, c):
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Raccolta() == a


@given(criteri.filter(lambda c: c.regola in ("per_unita", "soglia")), st.lists(evidenze))
def test_missing_units__what_is_missing_is_enough_to_reach_100(criterio, approvate):
    raccolta = somma(approvate)
    mancano = valuta(criterio, raccolta).mancano
    if mancano:
        nuovi = [f"nuovo {n}" for n in range(int(mancano))] if criterio.distinte else []
        assert valuta(criterio, raccolta + riconosciuto(mancano, nuovi)).punteggio == 100
