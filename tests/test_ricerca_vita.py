"""What the search says is what everyone may read now, for every kind: published, taken off, moved, closed, renamed."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from convenzioni.models import Categoria, SezioneConvenzioniPage
from cura.models import VoceIndice
from cura.ovunque import cerca_nel_sito
from cura.registro import cura_di
from guide.models import Bisogno, EssenzialePage, EstatePage, GuidaIndexPage, SezioneGuidaPage
from home.models import ContenutoPage
from notizie.models import ComunicatoPage, EventoPage, NotiziaPage, SezioneNotiziePage
from organizzazioni.models import OrganizzazionePage
from organizzazioni.operazioni import disattiva, pubblica_nuova
from programma.models import AzionePage, ProgrammaPage

from .scene.convenzioni import tra
from .scene.fascicoli import pubblica

pytestmark = pytest.mark.django_db
PAROLA = "zampogna"
"""What nothing else says."""


@pytest.fixture
def home():
    return Page.objects.get(depth=2)


def notizia(tipo, **campi):
    sezione = SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli")
    return pubblica_nuova(sezione, tipo(title=f"La {PAROLA}", sommario="In breve", **campi))


def rinominata(pagina):
    """A page of a kind that is there already, that says the word."""
    pagina.title = f"La {PAROLA}"
    pagina.save_revision().publish()
    return pagina


def confronto(home):
    return pubblica_nuova(home, EstatePage(title=f"La {PAROLA}", slug="confronto-di-prova"))


GENERI = {
    "guide": lambda nuova, home: pubblica(f"La {PAROLA}"),
    "convenzioni": lambda nuova, home: nuova(f"La {PAROLA}", firmata=tra(-9)),
    "notizie": lambda nuova, home: notizia(NotiziaPage, data=timezone.localdate()),
    "comunicati": lambda nuova, home: notizia(ComunicatoPage, data=timezone.localdate()),
    "eventi": lambda nuova, home: notizia(EventoPage, data=tra(9)),
    "pagine": lambda nuova, home: pubblica_nuova(home, ContenutoPage(title=f"La {PAROLA}")),
    "estate": lambda nuova, home: confronto(home),
    "lingue": lambda nuova, home: rinominata(EssenzialePage.objects.first()),
    "organizzazioni": lambda nuova, home: rinominata(OrganizzazionePage.objects.first()),
    "azioni": lambda nuova, home: rinominata(AzionePage.objects.first()),
    "programmi": lambda nuova, home: rinominata(ProgrammaPage.objects.first()),
    "elenchia": lambda nuova, home: rinominata(GuidaIndexPage.objects.get()),
}


@pytest.fixture(params=GENERI)
def pagina(request, nuova, home, programma):
    return GENERI[request.param](nuova, home).specific


def trovate(client, testo=PAROLA):
    """The titles that the search of the site shows, wherever they stand in its page."""
    risposta = client.get("/cerca/", {"q": testo})
    assert risposta.status_code == 200
    html = risposta.content.decode()
    risultati = [*risposta.context["risultati"], *risposta.context["quasi"]]
    assert all(risultato.nome in html for risultato in risultati)
    return [risultato.nome for risultato in risultati]


def si_vede(client):
    """Whether the title is anywhere in what a visitor may ask for by words, or read in a list."""
    indirizzi = [f"/cerca/?q={PAROLA}", f"/family-guide/?q={PAROLA}", f"/convenzioni/?q={PAROLA}", "/family-guide/"]
    indirizzi += ["/convenzioni/", "/api/hsds/services", "/api/guida.csv", "/family-guide/novita-rss/"]
    detti = {i: client.get(i).content.decode() for i in indirizzi}
    corpi = {i: html.partition("<main")[2].partition("</main>")[0] or html for i, html in detti.items()}  # no menus
    return [i for i, corpo in corpi.items() if f"La {PAROLA}" in corpo]


def test_page__is_found_while_it_is_published(client, pagina):
    assert trovate(client) == [f"La {PAROLA}"]
    pagina.unpublish()
    assert trovate(client) == [] and not VoceIndice.objects.filter(pagina=pagina.pk).exists()
    pagina.save_revision().publish()
    assert trovate(client) == [f"La {PAROLA}"]


def test_page__is_found_by_its_new_title_alone(client, pagina):
    pagina.title = "La cornamusa"
    pagina.save_revision()
    assert trovate(client) == [f"La {PAROLA}"] and not trovate(client, "cornamusa")
    pagina.get_latest_revision().publish()
    assert trovate(client) == [] and trovate(client, "cornamusa") == ["La cornamusa"]


def test_page__goes_out_and_away_at_its_hour(client, pagina, monkeypatch):
    pagina.unpublish()
    adesso = timezone.now()
    pagina.go_live_at, pagina.expire_at = adesso + timedelta(hours=1), adesso + timedelta(hours=2)
    pagina.embargo = pagina.go_live_at  # of a press release, which knows no other
    pagina.save_revision().publish()
    for ore, attese in ((0, []), (1.5, [f"La {PAROLA}"]), (2.5, [])):
        monkeypatch.setattr(timezone, "now", lambda ore=ore: adesso + timedelta(hours=ore))
        call_command("publish_scheduled", verbosity=0)
        assert trovate(client) == attese, ore


@pytest.mark.parametrize("dove", ["su di lei", "sopra di lei"])
def test_page__that_not_everyone_may_read_is_not_found(client, pagina, dove, home):
    chiusa = pagina if dove == "su di lei" else pagina.get_parent()
    limite = chiusa.view_restrictions.create(restriction_type="password", password="x")
    assert trovate(client) == [] and si_vede(client) == []
    pagina.save_revision().publish()
    assert trovate(client) == [] and not VoceIndice.objects.filter(pagina=pagina.pk).exists()
    limite.delete()
    assert trovate(client) == [f"La {PAROLA}"]


def test_page__that_is_moved_is_where_it_went(client, nuova, programma):
    for pagina, tipo, elenco in (
        (pubblica(f"La {PAROLA}"), SezioneGuidaPage, "/family-guide/"),
        (nuova("La cornamusa", firmata=tra(-9)), SezioneConvenzioniPage, "/convenzioni/"),
    ):
        qui = tipo.objects.get(organizzazione__chiave="asif-chimelli")
        altra = tipo.objects.exclude(pk=qui.pk).filter(organizzazione__chiave="cs4").get()
        pagina.move(altra, pos="last-child")
        altrove = client.get(f"{elenco}cs4/").content.decode()
        assert pagina.title in altrove and pagina.title not in client.get(f"{elenco}asif-chimelli/").content.decode()
        risultato = client.get("/cerca/", {"q": pagina.title}).context["risultati"][0]
        assert risultato.url == f"{elenco}cs4/{pagina.slug}/" and client.get(risultato.url).status_code == 200


def test_page__that_is_moved_under_a_closed_one_is_not_found(client, home):
    chiusa = pubblica_nuova(home, ContenutoPage(title="Riservata"))
    chiusa.view_restrictions.create(restriction_type="password", password="x")
    pagina = pubblica_nuova(home, ContenutoPage(title=f"La {PAROLA}"))
    Page.objects.get(pk=pagina.pk).move(Page.objects.get(pk=chiusa.pk), pos="last-child")
    assert trovate(client) == []
    Page.objects.get(pk=pagina.pk).move(home, pos="last-child")
    assert trovate(client) == [f"La {PAROLA}"]


@pytest.mark.parametrize("pagina", ["guide", "convenzioni", "notizie", "eventi", "pagine"], indirect=True)
def test_page__that_is_deleted_leaves_no_word(client, pagina):
    Page.objects.get(pk=pagina.pk).delete()
    assert trovate(client) == [] and si_vede(client) == []


def test_category__that_is_renamed_is_found_by_its_new_name(client, nuova, dopo, client_di, manager):
    servizio, convenzione = pubblica("Centro"), nuova("Sconto", firmata=tra(-9))
    nido, salute = Bisogno.objects.get(chiave="nido"), Categoria.objects.get(chiave="salute")
    for categoria, schermata in ((nido, "bisogno:edit"), (salute, "categoria_convenzioni:edit")):
        dati = {"nome": f"{PAROLA} {categoria.chiave}", "ordine": categoria.ordine, "padre": nido.padre_id}
        risposta = dopo(client_di(manager).post, reverse(schermata, args=[categoria.pk]), dati)
        assert risposta.status_code == 302
    assert sorted(trovate(client)) == [servizio.title, convenzione.title]


def test_convention__is_found_while_it_is_in_force(client, nuova):
    nuova(f"La {PAROLA}", firmata=tra(-9))
    assert trovate(client) == [f"La {PAROLA}"]
    dopo_la_fine = timezone.localdate() + timedelta(days=201)
    trovato = cerca_nel_sito(PAROLA, dopo_la_fine)
    assert trovato.risultati([*trovato.esito.risposte, *trovato.esito.quasi]) == []


def test_body__that_is_deactivated_keeps_what_it_published(client, organizzazione_a):
    pubblica(f"La {PAROLA}", di=organizzazione_a.chiave)
    disattiva(organizzazione_a)
    assert trovate(client) == [f"La {PAROLA}"]


def test_alias__is_not_found_twice(client, home):
    pagina = pubblica_nuova(home, ContenutoPage(title=f"La {PAROLA}"))
    pagina.create_alias(update_slug="copia")
    assert trovate(client) == [f"La {PAROLA}"]
    assert cura_di(ContenutoPage).voci.filter(pagina__title=f"La {PAROLA}").count() == 1
