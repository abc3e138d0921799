"""The words of a unit: asked of who writes a criterion, filled by the migration where known, said as written."""

import importlib
from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from programma.models import Criterio

from .punteggio_dati import criterio

pytestmark = pytest.mark.django_db

riempi = importlib.import_module("programma.migrations.0002_parole_delle_unita").riempi


def parole(codice):
    return Criterio.objects.values_list("unita", "unita_plurale", "unita_genere").get(codice=codice)


def test_migration__fills_the_words_that_were_shipped_and_guesses_no_other(programma):
    di_prima = {c.codice: (c.unita, c.unita_plurale, c.unita_genere) for c in programma.criteri.all()}
    programma.criteri.update(unita_plurale="", unita_genere="")
    programma.criteri.filter(codice="M9").update(unita="ora di formazione offerta")
    programma.criteri.filter(codice="M2").update(unita="psicologo")
    riempi(apps, None)
    assert parole("M2") == ("psicologo", "", "")
    di_prima.pop("M2")
    assert {codice: parole(codice) for codice in di_prima} == di_prima


def test_missing_words__the_manager_is_asked_them_even_when_the_act_is_approved(programma, manager, client_di):
    programma.criteri.filter(codice="M2").update(unita="psicologo", unita_plurale="", unita_genere="")
    cliente, url = client_di(manager), reverse("programma:criterio", args=[criterio("M2").pk])
    errori = cliente.post(url, {"testo_atto": ""}).context["form"].errors
    assert set(errori) == {"unita_plurale", "unita_genere"}
    cliente.post(url, {"testo_atto": "", "unita": "altro", "unita_plurale": "psicologi", "unita_genere": "maschile"})
    assert parole("M2") == ("psicologo", "psicologi", "maschile")
    assert "unita_plurale" not in cliente.get(url).context["form"].fields


@pytest.mark.parametrize(("offerto", "totale"), [(40, "40 ore"), (None, "non ancora noto")])
def test_m9__asks_the_hours_attended_beside_the_total_on_offer(programma, manager, client_di, offerto, totale):
    programma.criteri.filter(codice="M9").update(offerto=offerto)
    modulo = client_di(manager).get(reverse("programma:nuova"), {"criterio": criterio("M9").pk}).context["form"]
    assert modulo["quantita"].label == "Ore frequentate"
    assert modulo["quantita"].help_text == f"Totale offerto nell'anno: {totale}"


def test_quantity__is_asked_in_the_plural_of_the_unit(programma, manager, client_di):
    programma.criteri.filter(codice="M2").update(unita="uomo", unita_plurale="uomini", unita_genere="maschile")
    modulo = client_di(manager).get(reverse("programma:nuova"), {"criterio": criterio("M2").pk}).context["form"]
    assert modulo["quantita"].label == "Quantità (uomini)"


def test_page_of_the_score__after_the_deadline_nothing_is_still_to_be_done_by_then(programma, manager, client_di):
    programma.__class__.objects.filter(pk=programma.pk).update(scadenza=date(2025, 12, 31))
    pagina = client_di(manager).get(reverse("programma:punteggio"), {"al": "2026-01-01"}).content.decode()
    assert "entro il 31 dicembre" not in pagina
    assert "Mancavano 5 incontri: il termine è passato il 31 dicembre 2025" in pagina
    prima = client_di(manager).get(reverse("programma:punteggio"), {"al": "2025-12-31"}).content.decode()
    assert "Mancano 5 incontri entro il 31 dicembre 2025" in prima and "è passato" not in prima
