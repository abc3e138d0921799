"""What was done of an action: what names it in its year, and what serves it by its kind."""

import re
from datetime import date
from html import unescape

import pytest
from django.contrib.contenttypes.models import ContentType

from guide.models import GuidaIndexPage, Istantanea
from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.models import Organizzazione
from programma.models import AzionePage, Evidenza
from programma.selettori.pubblici import azioni_per_area, contenuti_di

pytestmark = pytest.mark.django_db


@pytest.fixture
def notizia():
    def scrivi(titolo, giorno, *azioni):
        pagina = NotiziaPage(title=titolo, data=giorno)
        pagina.azioni_realizzate = list(azioni)
        return SezioneNotiziePage.objects.get(organizzazione__chiave="cs4").add_child(instance=pagina)

    return scrivi


def azione(programma, numero):
    return AzionePage.objects.child_of(programma).get(numero=numero)


def evidenza(fonte, programma, codice, stato="approvata"):
    nata = Evidenza.objects.create(
        organizzazione=Organizzazione.objects.get(chiave="cs4"), data=date(2025, 5, 5), titolo="Nata", stato=stato
    )
    Evidenza.objects.filter(pk=nata.pk).update(
        fonte_id=fonte.pk, fonte_tipo=ContentType.objects.get_for_model(fonte), programma=programma
    )
    nata.criteri.add(programma.criteri.get(codice=codice))
    return nata


def titoli(programma, numero):
    fatti = [pagina.title for pagina in contenuti_di(azione(programma, numero), programma)]
    aree, _ = azioni_per_area(programma)
    (conto,) = [a.contenuti for _, azioni in aree for a in azioni if a.numero == numero]
    assert conto == len(fatti), "the list of actions and the action's page tell two stories"
    return fatti


def test_done__is_what_names_the_action_and_is_of_its_year(programma, notizia):
    una = azione(programma, 1)
    notizia("Quest'anno", date(2025, 12, 31), una)
    notizia("L'anno dopo", date(2026, 1, 1), una)
    notizia("L'anno prima", date(2024, 12, 31), una)
    notizia("Di un'altra azione", date(2025, 3, 3), azione(programma, 2))
    assert titoli(programma, 1) == ["Quest'anno"]


def test_done__is_also_what_proves_a_criterion_of_it_once_and_while_it_counts(programma, notizia):
    pagina = notizia("Una convenzione nuova", date(2025, 5, 5))
    evidenza(pagina, programma, "P7.1")
    evidenza(pagina, programma, "P6.1", stato="revocata")
    assert titoli(programma, 7) == ["Una convenzione nuova"] and titoli(programma, 6) == []
    pagina.azioni_realizzate = [azione(programma, 7)]
    pagina.save()
    assert titoli(programma, 7) == ["Una convenzione nuova"]
    NotiziaPage.objects.filter(pk=pagina.pk).update(live=False)
    assert titoli(programma, 7) == []


def test_done__of_what_is_proved_apart_is_the_place_where_it_is_read(programma):
    guida = GuidaIndexPage.objects.get()
    istantanea = Istantanea(pk=7)
    assert titoli(programma, 5) == []
    evidenza(istantanea, programma, "P5.1", stato="bozza")
    assert titoli(programma, 5) == []
    evidenza(istantanea, programma, "P5.1")
    assert titoli(programma, 5) == [guida.title] and titoli(programma, 7) == []


def test_action__shows_how_it_is_measured_and_what_the_act_expects_and_no_percentage(client, programma):
    html = client.get(azione(programma, 7).get_url()).content.decode()
    detto = " ".join(unescape(html).split())
    assert "Nuove convenzioni attivate con servizi o esercenti: l'atto ne aspetta 1" in detto
    assert "%" not in re.sub(r"<[^>]*>", "", html)
    assert f"n. {programma.atto_numero}" in html


def test_page__of_another_day_that_proves_something_shows_no_day_of_another_year(client, programma, notizia):
    evidenza(notizia("Nata dopo", date(2026, 3, 4)), programma, "P7.1")
    html = client.get(azione(programma, 7).get_url()).content.decode()
    assert "Nata dopo" in html and "4 marzo 2026" not in html
