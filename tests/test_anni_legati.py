"""A day is of one programme only; what goes on from one year to the next says so to the public."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.test import Client

from organizzazioni.operazioni import pubblica_nuova
from programma import operazioni
from programma.models import AzionePage, ProgrammaPage
from programma.selettori.pubblici import negli_altri_anni

from .scene.programma import bozza_2026

pytestmark = pytest.mark.django_db


def test_period__that_overlaps_another_is_refused(programma, nuovo_anno):
    prossimo = nuovo_anno(2026, "bozza")
    prossimo.dal = date(2025, 12, 31)
    with pytest.raises(
        ValidationError, match="si sovrappone a quello del programma 2025, dal 01/01/2025 al 31/12/2025"
    ):
        prossimo.save()
    prossimo.dal = date(2026, 1, 2)
    prossimo.save()
    assert ProgrammaPage.objects.get(anno=2026).dal == date(2026, 1, 2)


def test_period__of_before_that_overlaps_can_still_be_published(programma, nuovo_anno):
    prossimo = nuovo_anno(2026, "bozza")
    ProgrammaPage.objects.filter(pk=prossimo.pk).update(dal=date(2025, 6, 1))
    prossimo = ProgrammaPage.objects.get(pk=prossimo.pk)
    prossimo.title = "Con un altro titolo"
    prossimo.save()
    assert ProgrammaPage.objects.get(anno=2026).title == "Con un altro titolo"


def test_period__of_a_file_that_overlaps_is_refused_with_its_place(carica, impianto):
    nuovi = bozza_2026(impianto)
    nuovi["programma"]["dal"] = date(2025, 12, 1)
    with pytest.raises(CommandError, match=r"programma\.dal: il periodo si sovrappone a quello del 2025"):
        carica(nuovi)
    assert not ProgrammaPage.objects.filter(anno=2026).exists()


def test_next_year__that_would_take_days_of_another_is_not_prepared(programma, manager):
    ProgrammaPage.objects.filter(pk=programma.pk).update(scadenza=date(2026, 3, 31))
    with pytest.raises(ValidationError, match="sarebbero anche del programma 2025"):
        operazioni.prepara_programma(ProgrammaPage.objects.get(pk=programma.pk), manager, {})
    assert not ProgrammaPage.objects.filter(anno=2026).exists()


def test_public_action__names_the_one_it_goes_on_from_and_into(programma, nuovo_anno):
    mostra = AzionePage.objects.get(numero=2)
    prossimo = nuovo_anno(2026)
    seguente = pubblica_nuova(
        prossimo, AzionePage(title="La mostra prosegue", area=mostra.area, numero=1, precedente=mostra)
    )
    assert [a.anno for a in negli_altri_anni(mostra)] == [2026]
    client = Client()
    prima, dopo = (client.get(a.url).content.decode() for a in (mostra, seguente))
    assert "Prosegue nel" in prima and "La mostra prosegue" in prima
    assert "Prosegue dal" in dopo and mostra.title.replace("'", "&#x27;") in dopo
    assert prossimo.title in client.get(programma.url).content.decode()
    seguente.unpublish()
    assert "La mostra prosegue" not in client.get(mostra.url).content.decode()


def test_public_programme__does_not_name_a_draft(programma, nuovo_anno):
    nuovo_anno(2026, "bozza")
    assert "Gli altri anni" not in Client().get(programma.url).content.decode()
