"""What the machine has, and what happens where it lacks something."""

import pytest

from . import mancanze


@pytest.fixture
def manca_pango(monkeypatch):
    monkeypatch.setitem(mancanze.CONTROLLI, "Pango", lambda: False)


def test_missing__leaves_the_test_out_on_a_workstation(manca_pango, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="manca Pango"):
        mancanze.esigi("Pango")


def test_missing__fails_in_ci(manca_pango, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="manca Pango"):
        mancanze.esigi("Pango")


def test_present__goes_on(monkeypatch):
    monkeypatch.setitem(mancanze.CONTROLLI, "Pango", lambda: True)
    mancanze.esigi("Pango")
