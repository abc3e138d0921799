"""The map: the outlines of a District's own file, how many in each municipality, names that do not overlap."""

import io
import itertools
import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from base.disegno import LARGO, LATO, STRETTO, Area, Ingombro, Proiezione, scrivi
from base.formati.contorni import leggi_contorni
from base.formati.schema import FileNonValido
from cura.models import Contorno
from guide.models import Comune, Luogo, ServizioPage, SezioneGuidaPage
from organizzazioni.operazioni import pubblica_nuova

DEL_DISTRETTO = Path("home/dati/confini.geojson")
GUIDA = "/family-guide/"
QUADRATO = [[[11.2, 46.0], [11.3, 46.0], [11.3, 46.1], [11.2, 46.1], [11.2, 46.0]]]


def file(*voci, **altro):
    dati = {"type": "FeatureCollection", "fonte": "Noi, CC0", "features": list(voci), **altro}
    return json.dumps(dati).encode()


def voce(nome="Tenna", comune="tenna", codice="022190", coordinate=QUADRATO, tipo="Polygon", **proprie):
    return {
        "type": "Feature",
        "id": codice,
        "properties": {"nome": nome, "comune": comune, **proprie},
        "geometry": {"type": tipo, "coordinates": coordinate},
    }


# The file


def test_file__of_the_district_says_every_municipality_its_source_and_its_licence():
    letti = leggi_contorni(DEL_DISTRETTO.read_bytes())
    assert len(letti) == 15 and len({c.codice for c in letti}) == 15
    assert all(re.fullmatch(r"022\d{3}", c.codice) for c in letti), "the province of Trento is 022"
    assert {c.fonte for c in letti} == {"Confini dei comuni: Istat 2023, generalizzati da openpolis, CC BY 4.0"}
    assert DEL_DISTRETTO.stat().st_size < 60_000


def test_file__tells_water_from_municipalities_and_keeps_the_holes():
    isola = [[[11.24, 46.04], [11.26, 46.04], [11.26, 46.06], [11.24, 46.04]]]
    lago = voce("Lago di prova", "", None, [[*QUADRATO, *isola]], "MultiPolygon", fonte="Altri, CC BY 4.0")
    comune, acqua = leggi_contorni(file(voce(), lago))
    assert (comune.comune, comune.codice, comune.fonte) == ("tenna", "022190", "Noi, CC0")
    assert (acqua.comune, acqua.fonte) == ("", "Altri, CC BY 4.0") and len(acqua.poligoni[0]) == 2


@pytest.mark.parametrize(
    ("contenuto", "detto"),
    [
        (b"{", "non è un file JSON"),
        (b"[" * 100_000, "non è un file JSON"),
        (b"[]", "FeatureCollection"),
        (file("niente"), "serve un nome"),
        (file(voce(nome=7)), "serve un nome"),
        (file(voce(), fonte=""), "licenza"),
        (file(voce(comune="Non Una Chiave")), "chiave non ammessa"),
        (file(voce(codice="22190")), "codice Istat"),
        (file(voce(coordinate=[[[11.2, 46.0]]])), "Polygon"),
        (file(voce(coordinate=[[[11.2, "NaN"]] * 4])), "Polygon"),
        (file(voce(coordinate=[[[46.0, 111.2]] * 4])), "longitudine prima"),
        (file(voce(tipo="Point", coordinate=[11.2, 46.0])), "Polygon"),
        (file(voce(), voce()), "più di una volta"),
        (file(voce(coordinate=[QUADRATO[0] * 1001])), "troppi"),
    ],
    ids=str,
)
def test_file__that_is_wrong_says_where_and_why(contenuto, detto):
    with pytest.raises(FileNonValido, match=detto):
        leggi_contorni(contenuto)


# Names


def _aree(file):
    letti = [c for c in leggi_contorni(file) if c.comune]
    verso = Proiezione.di(punto for c in letti for poligono in c.poligoni for punto in poligono[0])
    return [Area((c.nome, "29"), verso.poligoni(c.poligoni)) for c in letti], verso.alto


@pytest.mark.parametrize("corpo", [STRETTO, LARGO])
def test_names__are_all_there_and_cover_one_another_nowhere(corpo):
    aree, alto = _aree(DEL_DISTRETTO.read_bytes())
    scritte = scrivi(aree, alto, corpo)
    assert all(scritte), "each municipality of the District has its name"
    for una, altra in itertools.combinations([s.riquadro for s in scritte], 2):
        assert not una.tocca(altra)
    for r in (s.riquadro for s in scritte):
        assert r.x - r.largo / 2 >= -1 and r.x + r.largo / 2 <= LATO + 1 and r.y - r.alto / 2 >= -1


def test_names__that_have_no_room_are_shorter_or_not_there():
    stretta = [[(100.0, 100.0), (110.0, 100.0), (110.0, 110.0), (100.0, 110.0), (100.0, 100.0)]]
    grande = [[(0.0, 0.0), (360.0, 0.0), (360.0, 40.0), (0.0, 40.0), (0.0, 0.0)]]
    due = [Area(("Uno", "1"), [stretta]), Area(("Due", "2"), [stretta])]
    assert sum(s is not None for s in scrivi(due, 300.0, STRETTO)) == 1
    basso = scrivi([Area(("Palù del Fersina/Palai en Bersntol", "8"), [grande])], 50.0, STRETTO)[0]
    assert [riga for riga, _ in basso.righe] == ["Palù del", "Fersina", "8"]
    assert not Ingombro(0, 0, 10, 10).tocca(Ingombro(10, 0, 10, 10)), "side by side is not over"


def test_territory__of_one_point_or_very_long_is_still_a_picture():
    assert 0 < Proiezione.di([(11.2, 46.0)]).alto < LATO
    assert Proiezione.di([(11.2, 40.0), (11.3, 46.0)]).alto <= 4 * LATO


# The page


@pytest.fixture
def nuovo_servizio(db):
    def nuovo(titolo, *chiavi, **campi):
        servizio = ServizioPage(title=titolo, sommario="In breve", natura="pubblico", **campi)
        servizio.luoghi = [Luogo(comune=Comune.objects.get(chiave=chiave)) for chiave in chiavi]
        return pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave="asif-chimelli"), servizio)

    return nuovo


def _quanti(risposta):
    return {luogo.nome: luogo.quanti for luogo in risposta.context["disegno"].in_elenco}


def test_page__says_how_many_in_each_municipality_as_its_list_does(client, nuovo_servizio):
    nuovo_servizio("Biblioteca", "tenna")
    nuovo_servizio("Nido", "tenna", "bedollo")
    risposta = client.get(GUIDA, {"vista": "mappa"})
    html = risposta.content.decode()
    assert _quanti(risposta) == {"Tenna": 2, "Bedollo": 1}
    assert html.count("<path") == 15 and 'class="pieno"' in html and "CC BY 4.0" in html
    assert html.count('href="?comune=tenna#risultati"') == 2, "in the picture and in the list"
    assert len(client.get(GUIDA, {"comune": "tenna"}).context["voci"].object_list) == 2
    assert "Biblioteca" not in html and "momenti" not in html, "a view of its own"
    assert re.search(r"<title>\s*Mappa", html)


def test_page__keeps_the_rest_of_the_question_and_shows_the_chosen_municipality(client, nuovo_servizio):
    nuovo_servizio("Biblioteca dei bambini", "tenna")
    risposta = client.get(GUIDA, {"vista": "mappa", "q": "biblioteca", "comune": "tenna"})
    assert 'href="?q=biblioteca&amp;comune=tenna#risultati" aria-current="true"' in risposta.content.decode()
    assert 'class="scelto"' in risposta.content.decode()
    assert client.get(GUIDA, {"vista": "boh"}).context["disegno"] is None


def test_page__costs_the_same_with_one_and_with_many(client, nuovo_servizio):
    nuovo_servizio("Uno", "tenna")
    client.get(GUIDA, {"vista": "mappa"})
    with CaptureQueriesContext(connection) as con_uno:
        client.get(GUIDA, {"vista": "mappa"})
    for n in range(8):
        nuovo_servizio(f"Servizio {n}", "bedollo", "civezzano")
    with CaptureQueriesContext(connection) as con_tanti:
        assert _quanti(client.get(GUIDA, {"vista": "mappa"})) == {"Tenna": 1, "Bedollo": 8, "Civezzano": 8}
    assert len(con_tanti) == len(con_uno) <= 15


def test_page__without_outlines_has_points_and_without_points_a_list(client, nuovo_servizio):
    nuovo_servizio("Uno", "tenna")
    Contorno.objects.all().delete()
    html = client.get(GUIDA, {"vista": "mappa"}).content.decode()
    assert html.count("<circle") == 15 and "<path" not in html.split("territorio-disegno")[1].split("</svg>")[0]
    Comune.objects.update(latitudine=None, longitudine=None)
    risposta = client.get(GUIDA, {"vista": "mappa"})
    assert "territorio-disegno" not in risposta.content.decode() and _quanti(risposta) == {"Tenna": 1}


def test_page__draws_water_over_the_municipalities_and_says_who_made_it(client, nuovo_servizio):
    nuovo_servizio("Uno", "tenna")
    lago = {"nome": "Lago di prova", "fonte": "Altri, CC0", "poligoni": [QUADRATO]}
    Contorno.objects.create(**lago)
    html = client.get(GUIDA, {"vista": "mappa"}).content.decode()
    assert html.count('class="acqua"') == 1 and html.rindex('class="pieno"') < html.index('class="acqua"')
    assert "Altri, CC0" in html and "Lago di prova" not in html, "it is no place where something is found"


# Another District


def test_command__puts_the_outlines_of_another_file_in_place_of_those_there_were(db, tmp_path):
    altro, detto, avvisi = tmp_path / "confini.geojson", io.StringIO(), io.StringIO()
    altro.write_bytes(file(voce("Ala", "ala", "022001"), voce("Lago di prova", "", None)))
    call_command("carica_contorni", altro, stdout=detto, stderr=avvisi)
    assert list(Contorno.objects.values_list("nome", flat=True)) == ["Ala", "Lago di prova"]
    assert "caricati: 2" in detto.getvalue()
    assert "che la guida non ha: ala" in avvisi.getvalue() and "tenna" in avvisi.getvalue()


def test_command__leaves_everything_where_the_file_is_wrong_or_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match="non si legge"):
        call_command("carica_contorni", tmp_path / "niente.geojson")
    (tmp_path / "rotto.geojson").write_text("{}")
    with pytest.raises(CommandError, match="niente è stato caricato"):
        call_command("carica_contorni", tmp_path / "rotto.geojson")
    assert Contorno.objects.count() == 15


def test_set_up__reads_the_outlines_once_and_then_leaves_them_alone(db):
    Contorno.objects.filter(comune="tenna").delete()
    call_command("carica_programma", "home/dati/programma-2025.yaml", stdout=io.StringIO())
    assert Contorno.objects.count() == 14
