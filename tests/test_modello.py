"""The drawings of objects and states are those of the code."""

from importlib import import_module

import pytest

from home import modello


def test_drawings__are_those_of_the_code():
    tenute = {percorso.name: percorso.read_text(encoding="utf-8") for percorso in modello.CARTELLA.glob("*.md")}
    assert tenute == modello.pagine(), "draw them again: manage.py disegna_modello"


def test_drawing__follows_the_code(tmp_path):
    assert modello.scrivi(tmp_path)
    assert modello.scrivi(tmp_path) == []
    (tmp_path / "stati.md").write_text("vecchio", encoding="utf-8")
    (tmp_path / "app_che_non_c_e_piu.md").write_text("vecchio", encoding="utf-8")
    assert modello.scrivi(tmp_path) == ["app_che_non_c_e_piu.md", "stati.md"]
    assert not (tmp_path / "app_che_non_c_e_piu.md").exists()


@pytest.mark.parametrize("nome", modello.TABELLE)
def test_table_of_states__names_only_states_that_have_words(nome):
    flusso = import_module(nome)
    nominati = {stato for partenze, arrivo, _ in flusso.PASSAGGI.values() for stato in (*partenze, arrivo)}
    assert nominati == set(flusso.ETICHETTE)
