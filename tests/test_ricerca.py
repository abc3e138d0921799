"""The search of the whole site, on the demonstration: what families write finds what answers, from every box."""

import json
import re
import sys
from pathlib import Path

import pytest
import yaml
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from base.parole import a_una_lettera, stesso_inizio
from cura.detti import ANNI, Detto, eta_contate, leggi
from cura.di_chi import anni_di_chi
from cura.insiemi import Indice
from cura.models import InsiemeFaccetta
from cura.parlato import lessico, segni, si_legge
from cura.parole_cercate import ParolaCercata, Via, Vocabolario, leggi_parole
from cura.ricerca import valuta

from .demo_pronta import copia_demo, manage

pytestmark = pytest.mark.xdist_group("ricerca")  # the demonstration is asked once
ATTESI = Path(__file__).parent / "attesi"
SCATOLE = ["/cerca/", "/family-guide/", "/convenzioni/"]
"""Where a search is answered: those of the home page, of the header and of the 404 page ask the first."""
LISTE = {
    nome: yaml.safe_load((ATTESI / f"{nome}.yaml").read_text(encoding="utf-8"))
    for nome in ("ricerche", "ricerche-tenute", *(f"ricerche-tenute-{n}" for n in range(2, 11)))
}
"""The first was written with the vocabulary at hand; the others without it, to measure."""
QUERY = {testo: giuste for lista in LISTE.values() for testo, giuste in lista.items()}
OGNI_TANTE = 6
"""The first box is asked every query; the others, which show their part of the same answer, one every so many."""
CHIESTE = {scatola: [*QUERY] if scatola == SCATOLE[0] else [*QUERY][::OGNI_TANTE] for scatola in SCATOLE}
VERE = (ATTESI / "parole-vere.txt").read_text(encoding="utf-8").split()
QUERY_AL_DATABASE = 12
"""At most, for a search with the cache empty, from any box."""
GIUSTE = 0.95
"""The share of the queries whose answer is among the first three."""

CHIEDI = """
import json, re
from datetime import date
from html import unescape
from pathlib import Path
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from cura.models import VoceIndice
from cura.ovunque import cerca_nel_sito
from cura.registro import tutte
from wagtail.models import Page

titoli = {voce.dati["nome"] for voce in VoceIndice.objects.all()}
risposte, costi = {}, {}
visitatore = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])

def costa(scatola, nome, testo):
    cache.clear()
    connection.queries_log.clear()  # it keeps 9,000, then counts no more
    with CaptureQueriesContext(connection) as fatte:
        visitatore.get(scatola, {nome: testo})
    costi[scatola] = max(costi.get(scatola, [0, ""]), [len(fatte), testo])

chieste = json.loads(Path(PERCORSO).read_text())
for scatola, testi in chieste.items():
    for testo in testi:
        html = visitatore.get(scatola, {"q": testo}).content.decode()
        corpo = html[html.find('id="risultati"') : html.find("</main>")]
        trovati = [unescape(nome).strip() for nome in re.findall(r"<a[^>]*>([^<]*)</a>", corpo)]
        trovati = [nome for nome in dict.fromkeys(trovati) if nome in titoli]
        corrette = re.findall("usa la parola «([^»]*)»", corpo)
        letto = unescape(html)  # a title may have an apostrophe
        numeri = letto.find('class="emergenze"')
        prime = 0 <= numeri < letto.find(">" + trovati[0].split(" (")[0]) if trovati else numeri >= 0
        risposte[scatola + testo] = [trovati[:3], corrette, prime]
for testo in chieste["/convenzioni/"][::OGNI_TANTE]:
    for scatola in chieste:
        costa(scatola, "q", testo)
    costa("/api/hsds/services", "search", testo)
risposte["costi"] = costi
cercata = [(parola, cerca_nel_sito(parola, date(2026, 11, 29))) for parola in json.loads(Path(VERE).read_text())]
risposte["sbagliate"] = [parola for parola, trovato in cercata if trovato and trovato.esito.corrette]
indicizzate = set(VoceIndice.objects.values_list("pagina_id", flat=True))
pubblicate = {pk for cura in tutte() for pk in cura.pubblicati().values_list("pk", flat=True)}
risposte["indice"] = [sorted(pubblicate - indicizzate), sorted(indicizzate - pubblicate)]
dei_generi = tuple(cura.modello for cura in tutte())
altre = Page.objects.live().filter(alias_of=None, depth__gt=2).exclude(pk__in=pubblicate).specific()
risposte["senza genere"] = sorted({type(pagina).__name__ for pagina in altre if not isinstance(pagina, dei_generi)})
print(json.dumps(risposte))
"""


@pytest.fixture(scope="module")
def risposte(tmp_path_factory):
    """For each box and query: the first three titles, the words that were corrected, whether the numbers come first."""
    cartella = tmp_path_factory.mktemp("ricerca")
    ambiente = copia_demo(cartella)
    altre = [*PERICOLO, *CORTE, *ACCANTO, *ACCANTO.values()]
    chieste = {scatola: [*testi, *altre] for scatola, testi in CHIESTE.items()}
    (cartella / "chieste.json").write_text(json.dumps(chieste))
    (cartella / "vere.json").write_text(json.dumps([*VERE, *_del_dizionario()]))
    codice = CHIEDI.replace("PERCORSO", repr(str(cartella / "chieste.json")))
    codice = codice.replace("OGNI_TANTE", str(OGNI_TANTE)).replace("VERE", repr(str(cartella / "vere.json")))
    detto = manage(ambiente, "shell", "--no-imports", "-c", codice)
    return json.loads(detto.splitlines()[-1])


def _del_dizionario():
    """One word every so many of the dictionary, plain ones."""
    parole = sorted(p for p in DefaultDictionaryFactory().get_dictionary("it") if p.isascii() and p.isalpha())
    return [parola for parola in parole[:: len(parole) // 400] if parola.islower()]


PERICOLO = ["mio marito mi picchia", "voglio morire", "mio figlio si taglia", "mi fa paura", "suicidio", "in pericolo"]
ACCANTO = {
    "non ce la faccio mi servono pannolini": "mi servono pannolini",
    "sono disperata cerco casa": "cerco casa",
    "non vuole più andare a scuola": "non vuole andare a scuola",
    "tages muttter": "tagesmutter",
}
"""What is said beside a need, or badly, and the same said plainly."""
NON_SONO = ["partita iva", "corso di tombola", "spendere meno", "lezioni di viola", "parti comuni"]
"""Words that only share a short stem with those of a need: with `parto`, with `mena`, with `corsa`."""
CORTE = ["lutto", "ansia", "beve", "letto", "nibo", "cane", "mela"]


@pytest.mark.parametrize(
    ("scatola", "lista"), [*((SCATOLE[0], lista) for lista in LISTE), *((altra, "") for altra in SCATOLE[1:])]
)
def test_queries__have_the_right_answer_among_the_first_three(risposte, lista, scatola, record_property):
    """In each list from the first box, in those that were asked to each of the others."""
    query = LISTE[lista] if lista else {testo: QUERY[testo] for testo in CHIESTE[scatola]}
    assert len(query) >= 50
    trovate = {testo: risposte[scatola + testo][0] for testo in query}
    sbagliate = {testo: trovate[testo] for testo, giuste in query.items() if not {*giuste} & {*trovate[testo]}}
    giuste = 1 - len(sbagliate) / len(query)
    record_property("giuste", giuste)
    sys.stdout.write(f"{lista} {scatola}: {giuste:.1%} of {len(query)} queries\n")
    assert giuste >= GIUSTE, sbagliate
    assert not [testo for testo, trovati in trovate.items() if not trovati]


def test_searches__cost_at_most_twelve_queries_from_any_box(risposte):
    assert [*risposte["costi"]] == [*SCATOLE, "/api/hsds/services"]
    assert {s: c for s, c in risposte["costi"].items() if c[0] > QUERY_AL_DATABASE} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("indirizzo", ["/", "/programma/", "/non-c-e/"])
def test_boxes__of_the_home_page_of_the_header_and_of_a_page_not_found_ask_the_search_of_the_site(client, indirizzo):
    pagina = client.get(indirizzo).content.decode()
    moduli = re.findall(r"<form[^>]*role=\"search\"[^>]*>.*?</form>", pagina, re.S)
    assert moduli and all('action="/cerca/"' in modulo and 'name="q"' in modulo for modulo in moduli)


def test_index__has_every_page_that_the_public_reads_and_no_other(risposte):
    assert risposte["indice"] == [[], []]
    assert all(nome.startswith("Sezione") for nome in risposte["senza genere"]), risposte["senza genere"]


def test_nearness__puts_first_what_is_in_the_municipality_beside():
    indice = Indice({("comune", "tenna"): 0b01, ("comune", "bedollo"): 0b10, InsiemeFaccetta.TUTTI: 0b11}, ())
    termine = ParolaCercata("nido", 1, (Via(({"nido": 10},)),))
    levico = Detto("Comune", "Levico Terme", "comune", (("comune", "levico"),), (), True)
    chieste = [termine], [levico], {"nido": [("guide", 9, 0b11)]}, {"guide": indice}, {"guide": 0b11}
    for distanze, prima in (({"tenna": 3.1, "bedollo": 17.2}, 0), ({"tenna": 17.2, "bedollo": 3.1}, 1)):
        assert valuta(*chieste, distanze).quasi[0] == ("guide", prima)


@pytest.mark.parametrize(
    ("testo", "per", "non_per"),
    [
        ("mia suocera ha bisogno di aiuto", 80, 5),
        ("la mia mamma non cammina", 80, 5),
        ("mamma con un bimbo", 5, 80),
        ("il papà e il nonno", 80, 5),
        ("le ragazze del paese", 15, 5),
    ],
)
def test_ages__are_told_by_the_words_for_people(testo, per, non_per):
    assert per in anni_di_chi(testo) and non_per not in anni_di_chi(testo)


def test_ages__say_nothing_of_who_writes():
    assert not anni_di_chi("mamma e papà cercano casa")


def test_people__put_first_what_is_for_them_and_leave_nothing_out():
    indice = Indice({(ANNI, "5"): 0b01, (ANNI, "80"): 0b10, InsiemeFaccetta.TUTTI: 0b11}, ())
    termine = ParolaCercata("aiuto", 1, (Via(({"aiuto": 10},)),))
    chieste = [termine], [], {"aiuto": [("guide", 9, 0b11)]}, {"guide": indice}, {"guide": 0b11}
    for testo, ordine in (("la nonna", [1, 0]), ("il bimbo", [0, 1])):
        assert [n for _, n in valuta(*chieste, None, anni_di_chi(testo)).risposte] == ordine


def test_ages__what_is_for_everyone_comes_after_what_is_for_that_age():
    indice = Indice({(ANNI, "15"): 0b11, (ANNI, "40"): 0b01, InsiemeFaccetta.TUTTI: 0b11}, ())
    termine = ParolaCercata("ascolto", 1, (Via(({"ascolto": 10},)),))
    chieste = [termine], leggi("15 anni", {}, {}), {"ascolto": [("guide", 9, 0b11)]}, {"guide": indice}
    assert [n for _, n in valuta(*chieste, {"guide": 0b11}).risposte] == [1, 0]


@pytest.mark.parametrize(
    ("una", "altra", "uguali"),
    [
        ("перекладач", "перекладача", True),
        ("школу", "школа", True),
        ("вагітна", "вагітність", True),
        ("مدرسة", "المدرسة", True),
        ("няня", "ясла", False),
        ("школа", "шкода", False),
    ],
)
def test_words_of_other_languages__are_the_same_with_another_ending(una, altra, uguali):
    assert stesso_inizio(una, altra) is uguali


def test_words_of_other_languages__find_the_need_in_any_form():
    altrove = lessico().con({}, [("scuola-e-studio", "школа"), ("cura-dei-piccoli", "дитячий садок")])
    trovate = leggi_parole("школу", (), altrove, Vocabolario({}, {}))
    assert [via.chiave for termine in trovate for via in termine.vie] == ["scuola-e-studio"]


@pytest.mark.parametrize(
    ("testo", "vale"),
    [
        ("fanno parte della rete", "organizzazioni"),
        ("il latte non mi basta", "consultorio"),
        ("devo pagare la mensa", "@aiuti-materiali"),
        ("farmi da mangiare", "pasti domicilio"),
    ],
)
def test_phrases__are_known_in_other_forms_and_with_a_pronoun_within(testo, vale):
    lette = [s for s in segni(testo) if si_legge(s)]
    assert vale in {frase for n in range(len(lette)) for frase in lessico().frase(lette, n)[1]}


def test_words_that_exist__are_never_corrected(risposte):
    assert len({*VERE}) >= 600
    assert risposte["sbagliate"] == []


def test_queries__no_word_that_exists_is_corrected_nor_a_short_one(risposte):
    corrette = {parola for scatola in SCATOLE for testo in CHIESTE[scatola] for parola in risposte[scatola + testo][1]}
    corrette |= {parola for scatola in SCATOLE for testo in CORTE for parola in risposte[scatola + testo][1]}
    assert not [parola for parola in corrette if len(parola) < 6 or segni(parola)[0].esiste]
    assert {"dentsta", "peditara"} <= corrette


@pytest.mark.parametrize("scatola", SCATOLE)
@pytest.mark.parametrize("testo", PERICOLO)
def test_danger__shows_the_emergency_numbers_first(risposte, scatola, testo):
    assert risposte[scatola + testo][2]


COMUNI = {"levico-terme": "Levico Terme", "pergine-valsugana": "Pergine Valsugana", "palu": "Palù del Fersina"}
COMUNI |= {"vigolana": "Altopiano della Vigolana", "baselga": "Baselga di Piné", "sant-orsola": "Sant'Orsola Terme"}
LINGUE = {"ita": "Italiano", "ara": "Arabo", "deu": "Tedesco", "ukr": "Ucraino"}
LINGUE |= {"ise": "Lingua dei segni italiana (LIS)"}


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
        ("bimbo di 3", [("Età", "3 anni")], "bimbo di"),
        ("figli di 4 e 7 anni", [("Età", "4 anni–7 anni")], "figli di"),
        ("dai 6 agli 11 anni", [("Età", "6 anni–11 anni")], "dai"),
        ("bambini 0-3", [("Età", "fino a 3 anni")], "bambini"),
        ("sotto i 3 anni", [("Età", "fino a 3 anni")], ""),
        ("nuoto 5enne", [("Età", "5 anni")], "nuoto"),
        ("quattordicenne", [("Età", "14 anni")], ""),
        ("culla neonato", [("Età", "fino a 3 mesi")], "culla"),
        ("pomeriggi ragazzi medie", [("Età", "11 anni–14 anni"), ("Quando", "pomeriggio")], None),
        ("over 65", [("Età", "65 anni")], ""),
        ("mamma di 2 bambini", [], "mamma di 2 bambini"),
        ("nido 2026", [], "nido 2026"),
        ("10 euro", [], "10 euro"),
        ("legge 104", [], "legge 104"),
        ("dopo la terza media", [], "dopo la terza media"),
        ("caldonazo", [], "caldonazo"),
        ("piscina a pagamento", [("Costo", "A pagamento")], "piscina"),
        ("psicologo on line", [("Come", "On line")], "psicologo"),
        ("aperto sabato e domenica", [("Quando", "sabato e domenica")], "aperto e"),
        ("palestra dopo le 18", [("Quando", "sera")], "palestra"),
        ("centro estivo agosto", [("Stagione", "estate")], None),
        ("lingua araba", [("Lingua", "Arabo")], ""),
        ("medico in tedesco", [("Lingua", "Tedesco")], "medico"),
        ("fiabe in ucraino", [("Lingua", "Ucraino")], "fiabe"),
        ("corso lis", [("Lingua", "Lingua dei segni italiana (LIS)")], "corso"),
        ("lingua dei segni", [("Lingua", "Lingua dei segni italiana (LIS)")], "dei"),
        ("parla arabo", [("Lingua", "Arabo")], ""),
        ("corso di italiano", [], "corso di italiano"),
        ("sportello in italiano", [("Lingua", "Italiano")], "sportello"),
    ],
)
def test_facts__are_read_and_can_be_taken_off(testo, letti, resto):
    detti = leggi(testo, COMUNI, LINGUE)
    assert [(detto.etichetta, detto.nome) for detto in detti] == letti
    for detto in detti:
        testo = detto.senza(testo) if len(detti) == 1 else testo
    assert resto is None or testo == resto


@pytest.mark.parametrize(
    ("minima", "massima", "anni"),
    [(3, 36, range(3)), (36, 72, range(3, 7)), (36, 36, range(3, 4)), (132, 204, range(11, 18)), (0, 30, range(3))],
)
def test_ages__a_nursery_ends_on_the_third_birthday_and_years_on_the_next(minima, massima, anni):
    assert [int(anno) for nome, anno in eta_contate(minima, massima) if nome == ANNI] == [*anni]


CHIEDONO_AIUTO = """
il mio compagno mi minaccia; non voglio più vivere; ha picchiato mia figlia; mi picchiano; i segnali della
violenza; voglio farla finita; mio marito mi vuole ammazzare; penso di uccidermi; mi ha messo le mani al
collo; ho paura di mio marito; ho paura del mio ragazzo; paura di tornare a casa; vuole buttarsi dalla
finestra; sono stanca di vivere; mi voglio ammazzare; la mia vita non ha senso; vorrei sparire; mi taglio; si
taglia le braccia; mi stalkera il mio ex stalking; mi segue ovunque; MI MENA; mi ha dato uno schiaffo
schiaffi; mi tira calci e pugni botte; mi obbliga a fare cose; non mi fa uscire di casa; mio zio mi tocca; mia
figlia ha subito un abuso; help me; quiero morir; il bambino non respira; ha ingoiato una pila; meglio morta;
non ho più voglia di vivere; voglio impiccarmi; mi perseguita; mi controlla il telefono; mi ricatta con le
foto; VIOLENZA; violenza domestica; dove denuncio mio marito violento; mi alza le mani; vuole farsi del male;
i want to die
"""
NON_CHIEDONO = """
nido; paura del dentista; casa di riposo; morire di caldo; ammazzare il tempo; sto morendo di freddo; morire
dal ridere; botte di vino; mi tocca pagare la mensa; farla finita con il fumo; tagliarsi i capelli; emergenza
abitativa; polizia locale; pistola ad acqua; polizza incendio; lutto; è morto mio marito; pasti a domicilio;
assistente sociale; ansia; piango sempre; corso di primo soccorso; giochi violenti; vita indipendente;
comunità; separazione; ammazzare le zanzare
"""


@pytest.mark.parametrize(
    ("testo", "chiede"),
    [(t.strip(), si) for testi, si in ((CHIEDONO_AIUTO, True), (NON_CHIEDONO, False)) for t in testi.split(";")],
)
def test_danger__is_read_in_any_form(testo, chiede):
    assert lessico().chiede_aiuto(testo) is chiede


@pytest.mark.parametrize("testo", NON_SONO)
def test_short_stems__are_not_taken_for_other_words(testo):
    lette = segni(testo)
    detti = {frase for n in range(len(lette)) for frase in lessico().frase(lette, n)[1]}
    assert not detti & {"@gravidanza-parto", "@sport", "@violenza"} and not lessico().chiede_aiuto(testo)


@pytest.mark.parametrize(("testo", "prima"), ACCANTO.items())
def test_words__said_beside_a_need_do_not_change_what_answers(risposte, testo, prima):
    for scatola in SCATOLE:
        assert risposte[scatola + testo][0][0] in risposte[scatola + prima][0]


def test_short_words__are_never_one_letter_from_what_answers_them():
    assert a_una_lettera("lutto", "letto") and segni("lutto")[0].esiste
