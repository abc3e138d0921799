"""The municipalities are the District's own: they come from a file beside its facts, read strictly."""

import io
import shutil

import pytest
from django.core.management import CommandError, call_command

from base.formati.schema import FileNonValido
from guide.impianto import leggi_comuni
from guide.models import Comune

from .conftest import IMPIANTO_2025

ALTROVE = """comuni:
  ala: {nome: Ala, cap: 38061, provincia: TN, latitudine: 45.76, longitudine: 11.005}
  avio: {nome: Avio}
"""


@pytest.mark.parametrize(
    ("voce", "messaggio"),
    [
        ({"nome": "Ala", "cap": 380}, "comuni.ala.cap: valore non ammesso «380» (per esempio: 38057)"),
        ({"nome": "Ala", "provincia": "Trento"}, "comuni.ala.provincia: valore non ammesso «Trento» (per esempio: TN)"),
        (
            {"nome": "Ala", "latitudine": 45.7},
            "comuni.ala.longitudine: servono sia la latitudine sia la longitudine, o nessuna",
        ),
        (
            {"nome": "Ala", "latitudine": 45.7, "longitudine": 11.0000001},
            "comuni.ala.longitudine: valore non ammesso «11.0000001» (al massimo cinque decimali)",
        ),
        ({"nome": "Ala", "abitanti": 8000}, "comuni.ala.abitanti: chiave sconosciuta"),
        ({"cap": 38061}, "comuni.ala.nome: valore mancante"),
        (None, "comuni.ala: valore mancante"),
        ("Ala", "comuni.ala: qui serve un gruppo di voci «chiave: valore»"),
    ],
)
def test_wrong_file__says_where_and_why(voce, messaggio):
    with pytest.raises(FileNonValido) as errore:
        leggi_comuni({"comuni": {"ala": voce}})
    assert messaggio in str(errore.value).splitlines()


@pytest.mark.django_db
def test_another_district__has_its_own(tmp_path):
    Comune.objects.all().delete()
    fatti = shutil.copy(IMPIANTO_2025, tmp_path)
    call_command("carica_programma", fatti, stdout=io.StringIO())
    assert not Comune.objects.exists()
    file = tmp_path / "comuni.yaml"
    file.write_text(ALTROVE)
    call_command("carica_programma", fatti, stdout=io.StringIO())
    assert list(Comune.objects.values_list("nome", "cap")) == [("Ala", "38061"), ("Avio", "")]
    Comune.objects.all().delete()
    call_command("carica_categorie", comuni=file, stdout=io.StringIO())
    assert Comune.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("testo", "messaggio"), [(None, "il file non esiste"), ("comuni: {x: {}}", "comuni.x.nome")])
def test_command__refuses_a_wrong_file(tmp_path, testo, messaggio):
    file = tmp_path / "comuni.yaml"
    if testo:
        file.write_text(testo)
    with pytest.raises(CommandError, match=messaggio):
        call_command("carica_categorie", comuni=file, stdout=io.StringIO())
