"""Another District: a programme of two years, no duties of the manager, thirds, an action without criteria."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from organizzazioni.models import Distretto
from programma.models import AzionePage, Criterio, ProgrammaPage

FATTI = Path(__file__).parent / "attesi" / "altro-distretto" / "programma.yaml"
pytestmark = pytest.mark.django_db


@pytest.fixture
def caricato():
    uscita = io.StringIO()
    call_command("carica_programma", FATTI, stdout=uscita)
    call_command("carica_programma", FATTI, stdout=uscita)  # twice the same
    return ProgrammaPage.objects.get(anno=2014)


def test_another_district__is_loaded(caricato):
    assert Distretto.objects.get().denominazione == "Distretto Famiglia Valdombra"
    assert (caricato.dal.year, caricato.scadenza.year) == (2014, 2015)
    assert caricato.criteri.count() == 1
    assert Criterio.objects.get(programma=caricato).nome_unita.plurale == "unità («percorso»)"


def test_another_district__its_pages_open(caricato, client, client_di, manager):
    for azione in AzionePage.objects.child_of(caricato):
        assert client.get(azione.url).status_code == 200
    assert client.get(caricato.url).status_code == 200
    assert client_di(manager).get(f"{reverse('programma:punteggio')}?anno=2014").status_code == 200
