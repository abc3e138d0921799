"""The rules of the house are system checks: each is broken here on purpose, and says so."""

import pytest
import yaml
from django.conf import settings
from django.core.checks import run_checks

from base import contesti
from convenzioni.models import ConvenzionePage
from cura.controlli import mancanze
from cura.dichiarazione import Cura
from cura.registro import tutte
from guide.models import ServizioPage
from notizie.models import NotiziaPage
from programma.models.alimentazione import _fonti

from .test_cura import CuraDiProva


def errori(codice):
    return [errore for errore in run_checks() if errore.id == codice]


def test_house__is_in_order():
    assert not [
        errore for codice in ("base.E001", "base.E002", "programma.E001", "cura.E001") for errore in errori(codice)
    ]


def test_page__without_a_context_is_told(monkeypatch):
    monkeypatch.delitem(contesti._contesti, ServizioPage)
    assert [errore.obj for errore in errori("base.E001")] == [ServizioPage]


def test_page__without_permissions_is_told(monkeypatch):
    monkeypatch.setattr(contesti, "_permessi", {})
    assert ServizioPage in {errore.obj for errore in errori("base.E002")}


@pytest.mark.parametrize(
    ("che_cosa", "detto"),
    [
        (lambda mp: mp.setattr(NotiziaPage, "exclude_fields_in_copy", []), "exclude_fields_in_copy"),
        (lambda mp: mp.setattr(NotiziaPage, "content_panels", []), "azioni_realizzate"),
        (lambda mp: mp.setattr(NotiziaPage, "fatti", None), "fatti()"),
        (lambda mp: mp.setattr("programma.models.alimentazione._fonti", _fonti[1:]), "registra_fonte"),
    ],
)
def test_page_that_feeds_the_score__declares_all_of_it(monkeypatch, che_cosa, detto):
    che_cosa(monkeypatch)
    trovati = errori("programma.E001")
    assert len(trovati) == 1 and detto in trovati[0].msg


@pytest.mark.django_db
def test_what_is_asked_from_below__is_answered_by_registration_or_says_that_nobody_does():
    assert contesti.risposta(ServizioPage(), "scadenze").__module__ == "guide.selettori"
    with pytest.raises(LookupError, match="ServizioPage about «blocco»"):
        contesti.risposta(ServizioPage(), "blocco")


def test_declarations__are_whole_and_one_that_is_not_says_what_lacks():
    assert tutte() and not any(mancanze(cura) for cura in tutte())
    assert mancanze(CuraDiProva()) == ["manca tutti", "manca le_nuove"]

    class Povera(CuraDiProva):
        ambito, tutti, le_nuove = "prova 2", "Tutte", "le nuove"
        faccette = {"un_nome_troppo_lungo": "X"}
        in_vista = ("altra",)

    trovate = " ".join(mancanze(Povera()))
    for detto in ("lettere minuscole", "ElencoMixin", "in_vista", "urls_pubblici", "passa 10 lettere"):
        assert detto in trovate


def test_declaration__that_does_not_write_what_it_must_cannot_be_made():
    class Muta(CuraDiProva):
        riga = Cura.riga

    with pytest.raises(TypeError, match="riga"):
        Muta()


def test_conventions__are_among_them():
    assert ConvenzionePage in {cura.modello for cura in tutte()}


def test_faults_put_in_by_hand__are_of_the_code_of_today():
    scritti = yaml.safe_load((settings.BASE_DIR / "tests/mutanti/a_mano.yaml").read_text())
    volte = {uno["difetto"]: (settings.BASE_DIR / uno["file"]).read_text().count(uno["da"]) for uno in scritti}
    assert len(volte) == len(scritti) and not {detto: n for detto, n in volte.items() if n != 1}
