"""Links that act without a session: for one purpose, for a while, once."""

from datetime import timedelta

import pytest
from django.core import signing

from base.collegamenti import CollegamentoNonValido, CollegamentoScaduto, TipoDiCollegamento

PROVA = TipoDiCollegamento("prova.uno", timedelta(days=30))


def test_link__gives_back_its_keys_while_the_state_is_the_same():
    aperto = PROVA.apri(PROVA.gettone(7, 3, stato="mai"))
    assert aperto.chiavi == (7, 3)
    assert aperto.vale_per("mai")
    assert not aperto.vale_per("2026-01-01T10:00:00")


def test_link__of_other_keys_has_another_fingerprint():
    """The fingerprint of one thing is good for no other, even in the same state."""
    primo, secondo = PROVA.apri(PROVA.gettone(7, 3, stato="x")), PROVA.apri(PROVA.gettone(8, 3, stato="x"))
    assert primo.impronta != secondo.impronta


def test_link__never_shows_the_state():
    gettone = PROVA.gettone(7, stato="segreto")
    assert "segreto" not in str(signing.loads(gettone, salt="collegamenti.prova.uno"))


@pytest.mark.parametrize(
    "guasta",
    [
        lambda g: g[:-1] + ("a" if g[-1] != "a" else "b"),
        lambda g: "x" + g,
        lambda g: g.split(":")[0],
        lambda g: "",
        lambda g: g[:20],
        lambda g: "a:b:c",
        lambda g: "è" * 10,
        lambda g: TipoDiCollegamento("prova.due", timedelta(days=30)).gettone(7, stato="mai"),
        lambda g: signing.dumps({"un": "dizionario"}, salt="altro"),
    ],
)
def test_link__tampered_cut_or_of_another_purpose_is_not_good(guasta):
    with pytest.raises(CollegamentoNonValido):
        PROVA.apri(guasta(PROVA.gettone(7, stato="mai")))


def test_link__too_old_is_told_apart(monkeypatch):
    gettone = PROVA.gettone(7, stato="mai")
    adesso = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: adesso + 30 * 86400 - 60)
    assert PROVA.apri(gettone).chiavi == (7,)
    monkeypatch.setattr(signing.time, "time", lambda: adesso + 30 * 86400 + 60)
    with pytest.raises(CollegamentoScaduto):
        PROVA.apri(gettone)
