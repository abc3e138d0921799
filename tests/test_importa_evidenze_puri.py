"""What a row of a file says again of what is there: with nothing stored."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from programma import flusso
from programma.importazione_evidenze import EsitoDellImportazione, _data, _la_stessa, _Presenti, _quantita
from programma.selettori.doppioni import e_la_stessa_detta_da_altri

QUANDO = date(2025, 3, 5)
ENTE, ALTRO = (SimpleNamespace(pk=pk) for pk in (1, 2))
M3, P11 = (SimpleNamespace(pk=pk) for pk in (13, 11))


def evidenza(ente=ENTE, stato=flusso.INVIATA, chiuso=False, **campi):
    detta = {"data": QUANDO, "titolo": "Tavolo", "argomento": "Estate", "persone_coinvolte": "", "descrizione": ""}
    altro = {"link": [], "quantita_dichiarata": Decimal(1), "programma": SimpleNamespace(chiuso=chiuso)}
    return SimpleNamespace(**{**detta, **altro, "organizzazione_id": ente.pk, "stato": stato, **campi})


def riga(ente=ENTE, criteri=(M3,), enti=(), **campi):
    """One row as it was read; its criteria are kept apart, so that none of them counts links."""
    sua = evidenza(ente, **campi)
    identita = (ente.pk, frozenset(c.pk for c in criteri), sua.data, sua.titolo.lower())
    return SimpleNamespace(evidenza=sua, identita=identita, criteri=[], organizzazioni=list(enti))


def presenti(*quali):
    tutti = _Presenti([])
    for una, criteri, enti in quali:
        tutti.aggiungi(una, criteri, enti)
    return tutti


DI_ALTRI = {"ente": ALTRO}


@pytest.mark.parametrize(
    ("ci_sono", "detta"),
    [
        # (evidence, its criteria) in the order in which they were given -> which one the row says again
        ([(evidenza(), [M3])], 0),
        ([(evidenza(stato=flusso.BOZZA), [M3])], 0),
        ([(evidenza(stato=flusso.REVOCATA), [M3])], None),
        ([(evidenza(stato=flusso.REVOCATA, chiuso=True), [M3])], 0),
        ([(evidenza(), [P11])], 0),
        ([(evidenza(**DI_ALTRI), [M3])], 0),
        ([(evidenza(**DI_ALTRI), [P11])], None),
        ([(evidenza(), [P11, M3])], 0),
        ([(evidenza(**DI_ALTRI, stato=flusso.BOZZA), [M3])], None),
        ([(evidenza(**DI_ALTRI, stato=flusso.REVOCATA), [M3])], None),
        ([(evidenza(**DI_ALTRI, argomento="Inverno"), [M3])], None),
        ([(evidenza(**DI_ALTRI), [P11]), (evidenza(**DI_ALTRI), [M3])], 1),
        ([(evidenza(**DI_ALTRI, stato=flusso.BOZZA), [M3]), (evidenza(**DI_ALTRI), [M3])], 1),
        ([(evidenza(**DI_ALTRI, argomento="Inverno"), [M3]), (evidenza(**DI_ALTRI), [M3])], 1),
        ([(evidenza(titolo="Zeta"), [M3])], None),
        ([(evidenza(data=date(2025, 3, 6)), [M3])], None),
    ],
)
def test_row__says_again_what_touches_its_body_or_its_criterion(ci_sono, detta):
    trovata, errori = presenti(*((una, criteri, ()) for una, criteri in ci_sono)).gia_detta(riga())
    assert errori == [] and trovata is (None if detta is None else ci_sono[detta][0])


@pytest.mark.parametrize(
    ("una", "enti", "cambiano"),
    [
        (evidenza(argomento="Inverno"), (), "l'argomento"),
        (evidenza(argomento="Autunno"), (), "l'argomento"),
        (evidenza(persone_coinvolte="Ada"), (), "le persone coinvolte"),
        (evidenza(descrizione="Altro"), (), "la descrizione"),
        (evidenza(link=["https://example.org/a"]), (), "i link"),
        (evidenza(quantita_dichiarata=Decimal(2)), (), "la quantità"),
        (evidenza(), (ENTE,), "le organizzazioni"),
        (evidenza(quantita_dichiarata=Decimal(2), argomento="Inverno"), (), "l'argomento, la quantità"),
    ],
)
def test_row__that_contradicts_says_in_what(una, enti, cambiano):
    trovata, (detto,) = presenti((una, [M3], enti)).gia_detta(riga())
    assert trovata is None and detto.endswith(f"ma cambiano {cambiano}")


def test_row__that_contradicts_two_is_compared_with_the_first_of_them():
    due = ((evidenza(argomento="Inverno"), [M3], ()), (evidenza(descrizione="Altro"), [M3], ()))
    assert presenti(*due).gia_detta(riga())[1][0].endswith("ma cambiano l'argomento")


@pytest.mark.parametrize(
    ("suoi", "altri", "argomento", "stessa"),
    [
        ("", "", "estate!", True),
        ("", "", "Inverno", False),
        ("a", "", "Estate", True),
        ("", "a", "Estate", True),
        ("ab", "bc", "Estate", True),
        ("a", "b", "Estate", False),
    ],
)
def test_fact__said_by_others_is_one_unless_topic_or_all_the_links_differ(suoi, altri, argomento, stessa):
    una, altra = (evidenza(link=[f"https://example.org/{lettera}" for lettera in link]) for link in (suoi, altri))
    altra.argomento = argomento
    assert e_la_stessa_detta_da_altri(una, altra) is stessa


@pytest.mark.parametrize("quantita", [1, 3])
def test_row__that_others_said_with_more_or_less_of_it_is_refused(quantita):
    altra = evidenza(**DI_ALTRI, quantita_dichiarata=Decimal(quantita))
    trovata, (detto,) = presenti((altra, [M3], ())).gia_detta(riga(quantita_dichiarata=Decimal(2)))
    assert trovata is None and "con un'altra quantità" in detto


@pytest.mark.parametrize(
    ("una", "criteri", "revocata"),
    [
        (evidenza(stato=flusso.REVOCATA), [M3], True),
        (evidenza(stato=flusso.REVOCATA), [M3, P11], True),
        (evidenza(stato=flusso.REVOCATA), [P11], False),
        (evidenza(stato=flusso.REVOCATA, **DI_ALTRI), [M3], False),
        (evidenza(stato=flusso.REVOCATA, chiuso=True), [M3], False),
        (evidenza(stato=flusso.APPROVATA), [M3], False),
    ],
)
def test_row__of_what_was_revoked_is_known_by_body_and_criterion(una, criteri, revocata):
    assert presenti((una, criteri, ())).revocata(riga()) is revocata


def test_row__is_compared_with_its_twin_and_not_with_what_is_like_it():
    stessa, diversa = evidenza(), evidenza(argomento="Inverno")
    lettura = riga()
    due = [SimpleNamespace(evidenza=una, enti=frozenset()) for una in (diversa, stessa)]
    assert _la_stessa(lettura, due) is stessa and _la_stessa(lettura, due[:1]) is None


@pytest.mark.parametrize(
    ("testo", "giorno"),
    [
        ("2025-03-05", date(2025, 3, 5)),
        ("5/3/2025", date(2025, 3, 5)),
        ("05/03/2025", date(2025, 3, 5)),
        ("2025-3-5", None),
        ("5/3/25", None),
        ("005/03/2025", None),
        ("2025-02-30", None),
        ("٢٠٢٥-03-05", None),
    ],
)
def test_day__in_one_of_two_ways(testo, giorno):
    errori = []
    assert _data(testo, errori) == giorno and len(errori) == (giorno is None)


@pytest.mark.parametrize(
    ("testo", "quanto"),
    [("", None), ("1,50", Decimal("1.50")), ("1.5", Decimal("1.5")), ("0", Decimal(0)), ("9999999999", 9999999999)],
)
def test_quantity__with_comma_or_point(testo, quanto):
    errori = []
    assert _quantita(testo, errori) == quanto and not errori


@pytest.mark.parametrize("testo", ["12345678901", "1,555", "1,", ",5", "-1", "1e3", "uno"])
def test_quantity__that_is_none_is_refused(testo):
    errori = []
    assert _quantita(testo, errori) is None and len(errori) == 1


@pytest.mark.parametrize(
    ("righe", "dette"),
    [([2], "2"), ([2, 3], "2-3"), ([2, 3, 4, 6, 8, 9], "2-4, 6, 8-9"), ([2, 4], "2, 4")],
)
def test_summary__tells_rows_in_a_run_together(righe, dette):
    esito = EsitoDellImportazione([evidenza()], [evidenza(), evidenza()], righe)
    prima = f"Importate: 1. Approvate: 2. Saltate perché già presenti: {len(righe)}."
    assert esito.in_parole == f"{prima}\nRighe saltate: {dette}."
    assert EsitoDellImportazione([], [], []).in_parole == "Importate: 0. Approvate: 0. Saltate perché già presenti: 0."
