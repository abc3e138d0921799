"""The rules of meetings, without a database: states, what is formal, which criteria one serves and why."""

from datetime import date

import pytest

from base.formati.schema import FileNonValido
from registri.impianto import leggi_tipi
from registri.riunioni import flusso_riunioni as flusso
from registri.riunioni.flusso_riunioni import RiunioneFerma, passa
from registri.riunioni.proposte import Accaduto, CondizioniDelTipo, perche_formale, valuta

GIORNO = date(2025, 10, 7)
NOMI = {"manager": "Manager territoriale", "coord": "Coordinatore", "amm": "Referente amministrativo"}
M2 = CondizioniDelTipo("M2", ruoli=("manager", "coord", "amm"))
M3 = CondizioniDelTipo("M3", ruoli=("manager",), formale=True)
P31 = CondizioniDelTipo("P3.1", enti=("Distretto Uno", "Distretto Due"))


def esito(condizioni, ruoli=(), enti=(), formale=""):
    return valuta([condizioni], Accaduto(frozenset(ruoli), frozenset(enti), formale), NOMI)[0]


def test_passages__go_from_preparation_to_closed_and_back_with_a_reason():
    stato = flusso.IN_PREPARAZIONE
    for azione in ("convoca", "tieni", "chiudi"):
        stato = passa(azione, stato)
    assert stato == flusso.CHIUSA
    with pytest.raises(RiunioneFerma, match="motivo"):
        passa("riapri", stato, "  ")
    assert passa("riapri", stato, "Manca un nome") == flusso.TENUTA


@pytest.mark.parametrize("azione", ["convoca", "tieni", "chiudi", "annulla"])
@pytest.mark.parametrize("stato", [flusso.CHIUSA, flusso.ANNULLATA])
def test_passages__what_is_closed_or_cancelled_stays(azione, stato):
    with pytest.raises(RiunioneFerma):
        passa(azione, stato, "Motivo")


def test_m2__only_with_both_persons_and_the_manager():
    assert esito(M2, ["manager", "coord", "amm"]).serve
    senza = esito(M2, ["manager", "coord"])
    assert not senza.serve and senza.perche == "Manca referente amministrativo"
    assert esito(M2, ["manager"]).perche == "Mancano coordinatore e referente amministrativo"
    assert not esito(M2, ["coord", "amm"]).serve


def test_m3__only_if_formal_and_says_by_what():
    assert not esito(M3, ["manager"]).serve
    servito = esito(M3, ["manager"], formale="con il verbale")
    assert servito.serve and servito.perche.endswith("è formale: con il verbale")


def test_bodies__must_all_have_somebody_there():
    assert esito(P31, enti=["Distretto Uno", "Distretto Due", "Altro"]).serve
    assert esito(P31, enti=["Distretto Uno"]).perche == "Non c'era nessuno di Distretto Due"


@pytest.mark.parametrize(
    ("convocata", "verbale", "detto"),
    [
        (None, False, ""),
        (date(2025, 10, 1), False, "convocata il 01/10/2025"),
        (date(2025, 10, 7), True, "convocata il 07/10/2025 e con il verbale"),
        (date(2025, 10, 8), False, ""),
        (date(2025, 10, 8), True, "con il verbale"),
    ],
)
def test_formal__is_convened_by_its_day_or_written_down(convocata, verbale, detto):
    assert perche_formale(GIORNO, convocata, verbale) == detto


def test_kinds__are_read_with_all_that_is_wrong():
    with pytest.raises(FileNonValido) as rifiuto:
        leggi_tipi(
            {"tipi_di_riunione": {"Con spazi": {"nome": "x"}, "b": {"criteri": [{"manager": "forse", "ente": []}]}}}
        )
    detti = " ".join(map(str, rifiuto.value.problemi))
    for parola in ("Con spazi", "nome", "codice", "manager", "ente"):
        assert parola in detti, parola
    letti = leggi_tipi({"tipi_di_riunione": {"a": {"nome": "A", "ogni_mesi": 3, "criteri": [{"codice": "M3"}]}}})
    assert letti[0].ogni_mesi == 3 and letti[0].criteri[0].codice == "M3"
