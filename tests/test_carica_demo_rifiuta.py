"""`carica_demo` never touches a site where someone has already written."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from home.models import ContenutoPage, HomePage
from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.models import Organizzazione, Utente
from programma.models import Evidenza, ProgrammaPage

pytestmark = pytest.mark.django_db


def una_persona(programma):
    Utente.objects.create(username="qualcuno")
    return "utenti: 1"


def un_evidenza(programma):
    Evidenza.objects.create(organizzazione=Organizzazione.objects.get(chiave="cs4"), titolo="Vera")
    return "evidenze: 1"


def una_notizia(programma):
    SezioneNotiziePage.objects.first().add_child(instance=NotiziaPage(title="Vera", data=date(2025, 1, 1)))
    return "«Vera»"


def una_pagina(programma):
    HomePage.objects.get().add_child(instance=ContenutoPage(title="Chi siamo"))
    return "«Chi siamo»"


def un_altro_anno(programma):
    programma.get_parent().add_child(
        instance=ProgrammaPage(
            title="Programma 2024", slug="2024", anno=2024, dal=date(2024, 1, 1), scadenza=date(2024, 12, 31)
        )
    )
    return "«Programma 2024»"


def un_altro_ente(programma):
    Organizzazione.objects.create(chiave="altro", denominazione="Altro ente", natura="privata")
    return "«Altro ente»"


@pytest.mark.parametrize("qualcosa", [una_persona, un_evidenza, una_notizia, una_pagina, un_altro_anno, un_altro_ente])
def test_site_with_other_things__is_refused_saying_what(programma, qualcosa):
    trovato = qualcosa(programma)
    prima = Page.objects.count(), Utente.objects.count(), Evidenza.objects.count()
    with pytest.raises(CommandError, match="Niente è stato caricato") as preso:
        call_command("carica_demo")
    assert trovato in str(preso.value)
    assert (Page.objects.count(), Utente.objects.count(), Evidenza.objects.count()) == prima
