"""`manage.py punteggi`: the answer for scripts, byte by byte, and what it says of a wrong question."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from home.demo.orologio import orologio
from organizzazioni.models import Organizzazione
from programma import flusso
from programma.models import Criterio, ProgrammaPage

from .punteggio_dati import alle, criterio, evidenza, passaggi, riconosci

pytestmark = pytest.mark.django_db

ATTESI = Path(__file__).parent / "attesi"


@pytest.fixture
def anno_in_corso(programma, organizzazione_a, organizzazione_b):
    """A year half way: every rule, a cap passed, a fraction, something revoked, something waiting."""
    aderenti = list(Organizzazione.objects.filter(chiave__in=["cs4", "soste", "comune-pergine"]))
    for numero in range(1, 4):
        riconosci(organizzazione_a, criterio("M2"), deciso=f"2025-0{numero + 1}-10")
    riconosci(organizzazione_a, criterio("M3"), quantita=6)
    riconosci(organizzazione_a, criterio("M5"), nominate=aderenti)
    riconosci(organizzazione_a, criterio("M8"), quantita="0.5")
    riconosci(organizzazione_a, criterio("M1"), deciso="2025-03-01", revocato="2025-05-01")
    riconosci(organizzazione_b, criterio("P1.2"))
    riconosci(organizzazione_b, criterio("P1.2"))
    riconosci(organizzazione_b, criterio("P8.1"), quantita=7)
    riconosci(organizzazione_b, criterio("P8.2"))
    riconosci(organizzazione_b, criterio("M7"), deciso="2025-07-01")
    passaggi(evidenza(organizzazione_b, criterio("P2.3"), criterio("P1.3")), (flusso.INVIATA, "2025-06-20"))
    riconosci(organizzazione_a, criterio("M9"), quantita=5)
    with orologio(alle("2025-05-02")):
        Criterio.objects.filter(codice="M9").update(offerto=30)


def punteggi(*argomenti):
    uscita = io.StringIO()
    call_command("punteggi", *argomenti, stdout=uscita)
    return uscita.getvalue()


@pytest.mark.parametrize("formato", ["json", "csv", "testo"])
def test_format__equals_the_kept_file(anno_in_corso, formato):
    risposta = punteggi("2025", "--al", "2025-06-30", "--formato", formato)
    estensione = "txt" if formato == "testo" else formato
    assert risposta == (ATTESI / f"punteggi-2025-al-2025-06-30.{estensione}").read_text(encoding="utf-8")
    assert punteggi("2025", "--al", "2025-06-30", "--formato", formato) == risposta


def test_json__what_does_not_exist_is_null(programma):
    risposta = json.loads(punteggi("2025", "--formato", "json"))
    assert list(risposta) == ["anno", "al", "criteri", "azioni"]
    assert (risposta["anno"], risposta["al"]) == (2025, timezone.localdate().isoformat())
    criteri = {c["codice"]: c for c in risposta["criteri"]}
    assert criteri["M9"] == {
        "codice": "M9",
        "regola": "soglia",
        "percentuale": 50,
        "offerto": None,
        "unita": 0,
        "grezzo": None,
        "punteggio": None,
        "in_attesa": 0,
        "mancano": None,
        "spiegazione": "Non calcolabile: manca il totale offerto",
        "atteso": None,
    }
    assert criteri["P8.1"] == {
        "codice": "P8.1",
        "regola": "monitoraggio",
        "percentuale": None,
        "offerto": None,
        "unita": None,
        "grezzo": None,
        "punteggio": None,
        "in_attesa": 0,
        "mancano": None,
        "spiegazione": "Monitoraggio, senza punteggio: nessun dato raccolto",
        "atteso": None,
    }
    assert {codice: c["atteso"] for codice, c in criteri.items() if c["atteso"] is not None} == {
        "P1.1": 2,
        "P2.3": 2,
        "P3.1": 2,
        "P4.1": 2,
        "P7.1": 1,
    }
    azioni = {a["codice"]: a["punteggio_indicativo"] for a in risposta["azioni"]}
    assert list(azioni) == [f"M{n}" for n in range(1, 10)] + [f"P{n}" for n in range(1, 11)]
    assert (azioni["M1"], azioni["M9"], azioni["P8"]) == (0, None, None)


def test_csv__has_the_fields_of_the_json(anno_in_corso):
    righe = list(csv.DictReader(io.StringIO(punteggi("2025", "--formato", "csv"))))
    criteri = json.loads(punteggi("2025", "--formato", "json"))["criteri"]
    assert [list(riga) for riga in righe] == [list(c) for c in criteri]
    attesi = ["" if c["punteggio"] is None else str(c["punteggio"]) for c in criteri]
    assert [riga["punteggio"] for riga in righe] == attesi


@pytest.mark.parametrize(
    ("argomenti", "messaggio"),
    [
        (["2031"], "Nessun programma per l'anno «2031»; anni presenti: 2025"),
        (["duemila"], "Nessun programma per l'anno «duemila»; anni presenti: 2025"),
        (["²025"], "Nessun programma per l'anno «²025»; anni presenti: 2025"),
        (["2025", "--al", "31/02/2025"], "La data «31/02/2025» non è valida: scrivila come 2025-12-31"),
        (["2025", "--al", "2025-02-31"], "La data «2025-02-31» non è valida: scrivila come 2025-12-31"),
        (["2025", "--formato", "xml"], "Il formato «xml» non esiste: scegli testo, json o csv"),
    ],
)
def test_wrong_question__is_said_in_italian(programma, argomenti, messaggio):
    with pytest.raises(CommandError) as errore:
        punteggi(*argomenti)
    assert str(errore.value) == messaggio
    assert errore.value.returncode == 1


def test_without_programmes__says_so(programma):
    ProgrammaPage.objects.update(anno=2019)
    with pytest.raises(CommandError, match="anni presenti: 2019"):
        punteggi("2025")
