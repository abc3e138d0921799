"""The search of the whole site, on the demonstration: what families write finds what answers, from every box."""

import json
import sys
from pathlib import Path

import pytest
import yaml

from base.parole import a_una_lettera
from cura.detti import leggi
from cura.parlato import lessico, segni

from .demo_pronta import copia_demo, manage

QUERY = yaml.safe_load((Path(__file__).parent / "attesi" / "ricerche.yaml").read_text(encoding="utf-8"))
GIUSTE = 0.95
"""The share of the queries whose answer is among the first three."""
DEMO = " (dimostrazione)"

CHIEDI = """
import json, re
from html import unescape
from pathlib import Path
from django.conf import settings
from django.test import Client
from cura.models import VoceIndice

titoli = {voce.dati["nome"] for voce in VoceIndice.objects.all()}
risposte = {}
for scatola in ("/cerca/", "/family-guide/", "/convenzioni/"):
    for testo in json.loads(Path(PERCORSO).read_text()):
        html = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0]).get(scatola, {"q": testo}).content.decode()
        corpo = html[html.find('id="risultati"') : html.find("</main>")]
        trovati = [unescape(nome).strip() for nome in re.findall(r"<a[^>]*>([^<]*)</a>", corpo)]
        trovati = [nome for nome in dict.fromkeys(trovati) if nome in titoli]
        corrette = re.findall("usa la parola «([^»]*)»", corpo)
        numeri = html.find('class="emergenze"')
        prime = 0 <= numeri < html.find(">" + trovati[0].split(" (")[0]) if trovati else numeri >= 0
        risposte[scatola + testo] = [trovati[:3], corrette, prime]
print(json.dumps(risposte))
"""


@pytest.fixture(scope="module")
def risposte(tmp_path_factory):
    """For each box and query: the first three titles, the words that were corrected, whether the numbers come first."""
    cartella = tmp_path_factory.mktemp("ricerca")
    ambiente = copia_demo(cartella)
    chieste = [*QUERY, *PERICOLO, *CORTE]
    (cartella / "chieste.json").write_text(json.dumps(chieste))
    codice = CHIEDI.replace("PERCORSO", repr(str(cartella / "chieste.json")))
    detto = manage(ambiente, "shell", "--no-imports", "-c", codice)
    return json.loads(detto.splitlines()[-1])


PERICOLO = ["mio marito mi picchia", "voglio morire", "mio figlio si taglia", "mi fa paura", "suicidio", "in pericolo"]
CORTE = ["lutto", "ansia", "beve", "letto", "nibo", "cane", "mela"]


@pytest.mark.parametrize("scatola", ["/cerca/", "/family-guide/"])
def test_queries__have_the_right_answer_among_the_first_three(risposte, scatola, record_property):
    assert len(QUERY) >= 120
    trovate = {testo: [n.removesuffix(DEMO) for n in risposte[scatola + testo][0]] for testo in QUERY}
    sbagliate = {testo: trovate[testo] for testo, giuste in QUERY.items() if not {*giuste} & {*trovate[testo]}}
    giuste = 1 - len(sbagliate) / len(QUERY)
    record_property("giuste", giuste)
    sys.stdout.write(f"{scatola}: {giuste:.1%} of {len(QUERY)} queries\n")
    assert giuste >= GIUSTE, sbagliate
    assert not [testo for testo, trovati in trovate.items() if not trovati]


def test_queries__no_word_that_exists_is_corrected_nor_a_short_one(risposte):
    corrette = {parola for _, corrette, _ in risposte.values() for parola in corrette}
    assert not [parola for parola in corrette if len(parola) < 6 or segni(parola)[0].esiste]
    assert {"dentsta", "peditara"} <= corrette


@pytest.mark.parametrize("scatola", ["/cerca/", "/family-guide/", "/convenzioni/"])
@pytest.mark.parametrize("testo", PERICOLO)
def test_danger__shows_the_emergency_numbers_first(risposte, scatola, testo):
    assert risposte[scatola + testo][2]


COMUNI = {"levico-terme": "Levico Terme", "pergine-valsugana": "Pergine Valsugana", "palu": "Palù del Fersina"}
COMUNI |= {"vigolana": "Altopiano della Vigolana", "baselga": "Baselga di Piné", "sant-orsola": "Sant'Orsola Terme"}
LINGUE = {"ita": "Italiano", "ara": "Arabo", "ise": "Lingua dei segni italiana (LIS)"}


@pytest.mark.parametrize(
    ("testo", "letti", "resto"),
    [
        ("nido levico", [("Comune", "Levico Terme")], "nido"),
        ("Levico Terme nido", [("Comune", "Levico Terme")], "nido"),
        ("nido a palù", [("Comune", "Palù del Fersina")], "nido a"),
        ("sport vigolana", [("Comune", "Altopiano della Vigolana")], "sport"),
        ("sport perginee", [("Comune", "Pergine Valsugana")], "sport"),
        ("terme", [], "terme"),
        ("figlio 5 anni", [("Età", "5 anni")], "figlio"),
        ("tata otto mesi", [("Età", "8 mesi")], "tata"),
        ("campo 3-6 anni", [("Età", "3 anni–6 anni")], "campo"),
        ("8mesi", [("Età", "8 mesi")], ""),
        ("un anno e mezzo", [("Età", "18 mesi")], ""),
        ("cent'anni di solitudine", [], "cent'anni di solitudine"),
        ("piscina gratis", [("Costo", "Gratuito")], "piscina"),
        ("pediatra sabato mattina", [("Quando", "sabato mattina")], "pediatra"),
        ("musica nel weekend", [("Quando", "fine settimana")], "musica nel"),
        ("corso serale", [("Quando", "sera")], "corso"),
        ("attività d'estate", [("Stagione", "estate")], "attività d'"),
        ("parla arabo", [("Lingua", "Arabo")], ""),
        ("corso di italiano", [], "corso di italiano"),
        ("sportello in italiano", [("Lingua", "Italiano")], "sportello"),
    ],
)
def test_facts__are_read_and_can_be_taken_off(testo, letti, resto):
    fatti = leggi(testo, COMUNI, LINGUE)
    assert [(fatto.etichetta, fatto.nome) for fatto in fatti] == letti
    for fatto in fatti:
        testo = fatto.senza(testo) if len(fatti) == 1 else testo
    assert testo == resto


@pytest.mark.parametrize(
    ("testo", "chiede"),
    [
        ("il mio compagno mi minaccia", True),
        ("non voglio più vivere", True),
        ("ha picchiato mia figlia", True),
        ("mi picchiano", True),
        ("i segnali della violenza", True),
        ("nido", False),
        ("paura del dentista", False),
        ("casa di riposo", False),
    ],
)
def test_danger__is_read_in_any_form(testo, chiede):
    assert lessico().chiede_aiuto(testo) is chiede


def test_short_words__are_never_one_letter_from_what_answers_them():
    assert a_una_lettera("lutto", "letto") and segni("lutto")[0].esiste
