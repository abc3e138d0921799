"""`importa_evidenze`: a fact said twice, in one file or in two, is one fact."""

from datetime import date

import pytest

from programma import operazioni
from programma.models import Evidenza, Riconoscimento

from .scene.importa_evidenze import BUONA, errore, esegui

pytestmark = pytest.mark.django_db


def test_same_file_twice__is_skipped(file_csv):
    percorso = file_csv({"quantita": "1", "link": "https://a.example"}, {"titolo": "B", "criteri": "P1.1 M3"})
    esegui(percorso)
    saltate = "Importate: 0. Approvate: 0. Saltate perché già presenti: 2.\nRighe saltate: 2-3.\n"
    assert esegui(percorso) == saltate
    altro_ordine = {"titolo": "B", "criteri": "m3 P1.1", "organizzazioni": "soste cs4"}
    assert "presenti: 2" in esegui(file_csv({"link": "https://a.example"}, altro_ordine))


def test_same_identity_other_values__is_an_error_that_says_which(file_csv):
    esegui(file_csv({}))
    messaggio = errore(file_csv({"argomento": "Inverno", "quantita": "3"}))
    assert messaggio.endswith("ma cambiano l'argomento, la quantità")


def test_said_twice_in_one_file__skipped_if_equal_refused_if_not(file_csv):
    assert "Importate: 1. Approvate: 0. Saltate perché già presenti: 1" in esegui(file_csv({}, {}))
    assert "riga 3: c'è già" in errore(file_csv({"titolo": "B"}, {"titolo": "B", "descrizione": "Altro"}))


def test_already_written_by_hand__recognised(file_csv, referente_b, organizzazione_b, programma):
    evidenza = Evidenza(
        organizzazione=organizzazione_b,
        titolo=BUONA["titolo"],
        data=date(2025, 3, 5),
        argomento="Estate",
        persone_coinvolte="Anna Gallo",
    )
    operazioni.salva_bozza(evidenza, referente_b, [programma.criteri.get(codice="M3")], [organizzazione_b])
    assert "ma cambiano le organizzazioni" in errore(file_csv({}))
    assert "presenti: 1" in esegui(file_csv({"organizzazioni": "cs4"}))


def test_one_fact__whatever_the_program_that_wrote_its_title(file_csv):
    titoli = ["Perché no", "Perche\u0301 no", "Perché  no", "Perché\u00a0no\u200b", "\ufeffPerché no"]
    esegui(file_csv({"titolo": titoli[0]}))
    Evidenza.objects.update(titolo=titoli[2], argomento="Es\u200btate")  # as it was kept before
    assert "Saltate perché già presenti: 5.\n" in esegui(file_csv(*({"titolo": t} for t in titoli)))
    assert Evidenza.objects.count() == 1


def quante():
    return Evidenza.objects.count()


@pytest.mark.parametrize(
    "altra",
    [
        {"titolo": "INCONTRO  di   rete!"},
        {"titolo": "Incontro di rete\u200b"},
        {"argomento": "estate."},
        {"organizzazione": "soste"},
        {"criteri": "P1.1"},
        {"criteri": "M3 P1.1", "descrizione": "Due volte utile"},
        {"organizzazione": "soste", "persone_coinvolte": "Un'altra persona"},
    ],
)
def test_said_again__taken_once_in_a_file_and_across_two(file_csv, altra):
    assert "Importate: 1. Approvate: 0. Saltate perché già presenti: 1" in esegui(file_csv({}, altra))
    assert "Importate: 0. Approvate: 0. Saltate perché già presenti: 1" in esegui(file_csv(altra))
    assert quante() == 1


@pytest.mark.parametrize(
    "altra",
    [
        {"titolo": "Incontro di rete 2"},
        {"data": "2025-03-06"},
        {"organizzazione": "soste", "argomento": "Inverno"},
        {"organizzazione": "soste", "criteri": "P1.1"},
    ],
)
def test_another_fact__is_imported_too(file_csv, altra):
    assert "Importate: 2." in esegui(file_csv({}, altra))


def test_said_again__is_known_past_others_that_only_look_alike(file_csv, organizzazione_b, referente_b, programma):
    altrove = {"organizzazione": "soste", "criteri": "P1.1"}
    esegui(file_csv(altrove, {}))
    assert "presenti: 1" in esegui(file_csv({"organizzazione": "comune-pergine"})) and quante() == 2


def test_said_again_with_another_quantity__is_refused(file_csv):
    assert "riga 3: dice di nuovo" in errore(file_csv({}, {"organizzazione": "soste", "quantita": "3"}))


def test_rows_left_out__are_named_and_the_fact_said_again_is_told(file_csv):
    altra = {"organizzazione": "soste"}
    uscita = esegui(file_csv({}, {"titolo": "B"}, altra, {"titolo": "C"}, {}))
    assert "Righe saltate: 4, 6." in uscita
    assert "Riga 4: dice di nuovo «Incontro di rete»" in uscita and "Riga 6" not in uscita


def test_rows_left_out__those_that_follow_one_another_are_together(file_csv):
    esegui(file_csv(*({"titolo": titolo} for titolo in "ABCDEF")))
    assert "Righe saltate: 2-3, 5-7, 9." in esegui(file_csv(*({"titolo": titolo} for titolo in "ABxCDEyF")))


@pytest.mark.parametrize(
    "cambia", [{}, {"descrizione": "Adesso è giusta"}, {"criteri": "P1.1 M3", "descrizione": "Per due"}]
)
@pytest.mark.parametrize("approva", [(), ("--approva", "superutente")])
def test_revoked__imported_again_waits_for_a_decision(file_csv, superutente, coordinamento, cambia, approva):
    esegui(file_csv({}), "--approva", "superutente")
    revocata = Evidenza.objects.get()
    operazioni.revoca(revocata, superutente, "Non c'è stato")
    percorso = file_csv(cambia, {"titolo": "Un altro"})
    uscita = esegui(percorso, *approva)
    assert "Riga 2: era stata revocata, e aspetta" in uscita
    di_nuovo = Evidenza.objects.exclude(pk=revocata.pk).get(titolo=BUONA["titolo"])
    assert di_nuovo.stato == "inviata" and not di_nuovo.riconoscimenti.exists()
    assert Riconoscimento.objects.filter(revocato_il=None).count() == len(approva[:1])
    assert "Importate: 0. Approvate: 0. Saltate perché già presenti: 2" in esegui(percorso, *approva)
    operazioni.approva(di_nuovo, superutente)
    assert "Saltate perché già presenti: 2" in esegui(percorso)


def test_file_of_two_days__imported_again_doubles_neither(file_csv):
    percorso = file_csv({}, {"data": "2025-03-06"}, {"data": "2025-11-30", "titolo": "Altro"})
    esegui(percorso)
    assert "Importate: 0. Approvate: 0. Saltate perché già presenti: 3" in esegui(percorso)
    assert quante() == 3


def test_same_post__counts_once_whatever_its_address_day_and_body(file_csv, superutente):
    post = {"criteri": "P2.3", "link": "https://www.facebook.com/a/posts/12345"}
    altro = {"link": "http://m.facebook.com/a/posts/12345/?fbclid=x", "titolo": "Un altro titolo", "data": "2025-04-01"}
    esegui(file_csv(post, {**post, **altro, "organizzazione": "soste"}), "--approva", "superutente")
    assert quante() == 1 and Riconoscimento.objects.get().quantita_riconosciuta == 1


def test_proof_by_file__is_not_asked_of_a_row(file_csv):
    esegui(file_csv({"criteri": "P1.2"}, {"criteri": "P7.1", "titolo": "Palestra"}, {"criteri": "M6", "titolo": "C"}))
    assert quante() == 3
