"""The front door: what a family needs before what the District says of itself."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from guide.models import EstatePage, FaseVita, GuidaIndexPage, Scadenza, ServizioPage, SezioneGuidaPage
from home.models import ContenutoPage, HomePage, SezioneHome
from notizie.models import EventoPage, SezioneNotiziePage
from organizzazioni.operazioni import pubblica_nuova

from .scene.costo import quante_query

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def servizio_con(titolo, fasi=(), scade_tra=()):
    """Publish an entry with these moments of life and a deadline for each of these days from today."""
    servizio = ServizioPage(title=titolo, sommario="In breve", natura="pubblico")
    servizio.fasi = FaseVita.objects.filter(chiave__in=fasi)
    servizio.scadenze = [Scadenza(descrizione=f"Fine {n}", data=OGGI() + timedelta(days=n)) for n in scade_tra]
    return pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave="asif-chimelli"), servizio)


def evento(titolo, tra):
    sezione = SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli")
    return pubblica_nuova(sezione, EventoPage(title=titolo, data=OGGI() + timedelta(days=tra), sommario="Si balla"))


def sezione(client, tipo):
    return dict(client.get("/").context["sezioni"]).get(tipo)


def test_home__asks_one_question(client):
    html = client.get("/").content.decode()
    assert '<h1><label for="q">Di che cosa ha bisogno la tua famiglia?</label></h1>' in html
    HomePage.objects.update(titolo_principale="Che cosa ti serve?")
    assert '<h1><label for="q">Che cosa ti serve?</label></h1>' in client.get("/").content.decode()


def test_moments__are_those_that_lead_to_something_in_the_manager_s_order(client):
    servizio_con("Prima", fasi=["arrivare", "attesa"])
    assert [m.chiave for m in client.get("/").context["momenti"]] == ["attesa", "arrivare"]
    FaseVita.objects.filter(chiave="attesa").update(ordine=99)
    html = client.get("/").content.decode()
    assert re.findall(r'href="/family-guide/\?fase=(\w+)#risultati"', html) == ["arrivare", "attesa"]


def test_deadlines__are_the_near_ones_one_for_each_entry(client):
    servizio_con("Nido", scade_tra=[30, 12, 80])
    servizio_con("Assegno", scade_tra=[0])
    servizio_con("Passato", scade_tra=[-1])
    servizio_con("Lontano", scade_tra=[61])
    assert [(s.servizio.title, s.descrizione) for s in sezione(client, "scadenze")] == [
        ("Assegno", "Fine 0"),
        ("Nido", "Fine 12"),
    ]
    html = client.get("/").content.decode()
    assert "mancano 12 giorni" in html and "oggi è l&#x27;ultimo giorno" in html


def test_deadlines__of_what_not_everyone_reads_are_not_told(client):
    chiuso, tolto = servizio_con("Chiuso", scade_tra=[3]), servizio_con("Tolto", scade_tra=[3])
    PageViewRestriction.objects.create(page=chiuso, restriction_type=PageViewRestriction.LOGIN)
    tolto.unpublish()
    assert sezione(client, "scadenze") is None


def test_events__of_this_week_or_the_first_to_come(client):
    evento("Lontano", 30)
    assert sezione(client, "eventi")["questa_settimana"] is False
    evento("Domenica", 6), evento("Tra una settimana", 7), evento("Ieri", -1)
    mostrati = sezione(client, "eventi")
    assert [e.title for e in mostrati["eventi"]] == ["Domenica"] and mostrati["questa_settimana"]


def test_menu__says_what_families_look_for(client):
    menu = re.search(r'<nav id="menu".*?</nav>', client.get("/").content.decode(), re.S)[0]
    assert re.findall(r">([^<]+)</a>", menu) == [
        "Family Guide",
        "Centri estivi",
        "Convenzioni e card",
        "Eventi e notizie",
        "Chi siamo",
        "Documenti",
    ]


def test_menu__is_the_manager_s(client):
    """A page below the first level is in the menu, after the one that it is in, as long as it is shown in menus."""
    EstatePage.objects.update(show_in_menus=False)
    ContenutoPage.objects.filter(slug="accessibilita").update(show_in_menus=True)
    html = client.get(GuidaIndexPage.objects.get().url).content.decode()
    menu = re.search(r'<nav id="menu".*?</nav>', html, re.S)[0]
    assert "Centri estivi" not in menu and "Accessibilità" in menu and menu.count('aria-current="page"') == 1


def test_who_we_are__leads_to_programme_bodies_and_the_pages_inside(client):
    chi_siamo = ContenutoPage.objects.get(slug="chi-siamo")
    pubblica_nuova(chi_siamo, ContenutoPage(title="Statuto", sommario="Come decidiamo"))
    html = client.get("/chi-siamo/").content.decode()
    assert 'href="/programma/"' in html and 'href="/organizzazioni/"' in html
    assert '<a href="/chi-siamo/statuto/">Statuto</a>' in html and "Come decidiamo" in html


def test_home__costs_less_than_it_did_whatever_it_shows(client):
    """Fifteen before: what scales is in one query each."""
    home = HomePage.objects.get()
    home.sezioni = [SezioneHome(tipo=tipo, quanti=12, sort_order=n) for n, tipo in enumerate(SezioneHome.Tipo.values)]
    home.save()
    servizio_con("Nido", ["attesa"], [3]), evento("Festa", 2)
    con_uno, elenco = quante_query("/")
    assert con_uno <= 15, elenco
    for n in range(12):
        servizio_con(f"Nido {n}", ["neonato"], [n, n + 1]), evento(f"Festa {n}", n)
    con_molti, elenco = quante_query("/")
    assert con_molti == con_uno, elenco
