"""What the law asks: said where it is written, told to the manager where it is not, never made up."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import PageViewRestriction

from base.formati.lettura_yaml import leggi_yaml
from base.moduli_pubblici import TIMBRO
from guide.models import Segnalazione
from home.models import ContenutoPage
from organizzazioni.dati_di_legge import DA_DIRE
from organizzazioni.models import Distretto

from .scene.costo import quante_query

pytestmark = pytest.mark.django_db
SCRITTI = {
    "telefono": "0461 111111",
    "indirizzo": "Via della prova 1, Tenna",
    "pec": "distretto@pec.example.org",
    "codice_fiscale": "00000000000",
    "titolare": "Ente Titolare",
    "responsabile_dati": "dpo@example.org",
    "basi_giuridiche": "Interesse pubblico",
    "destinatari": "Nessun altro",
    "conservazione": "Dodici mesi",
    "dichiarazione": "https://form.example.org/dichiarazione",
    "trasparenza": "https://example.org/trasparente",
}
PAGINE = {
    "/contatti/": ("telefono", "indirizzo", "pec", "codice_fiscale"),
    "/privacy/": ("titolare", "responsabile_dati", "basi_giuridiche", "destinatari", "conservazione"),
    "/accessibilita/": ("dichiarazione",),
    "/note-legali/": ("trasparenza",),
}


def corpo(client, indirizzo):
    html = client.get(indirizzo).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_every_field_that_is_to_be_said__has_its_page():
    assert {nome for nomi in PAGINE.values() for nome in nomi} == {*DA_DIRE} == {*SCRITTI}


@pytest.mark.parametrize("indirizzo", PAGINE)
def test_page__says_what_is_written_and_nothing_else(client, indirizzo):
    prima = corpo(client, indirizzo)
    assert not any(SCRITTI[nome] in prima for nome in PAGINE[indirizzo]) and "completare" not in prima
    Distretto.objects.update(**SCRITTI)
    dopo = corpo(client, indirizzo)
    assert all(SCRITTI[nome] in dopo for nome in PAGINE[indirizzo])


def test_missing__is_told_to_the_manager_until_it_is_written(client_di, manager, referente_a):
    casa = reverse("wagtailadmin_home")
    assert "responsabile della protezione dei dati" in client_di(manager).get(casa).content.decode()
    assert "responsabile della protezione dei dati" not in client_di(referente_a).get(casa).content.decode()
    Distretto.objects.update(**SCRITTI)
    assert Distretto.objects.get().mancano == []
    assert "responsabile della protezione dei dati" not in client_di(manager).get(casa).content.decode()


def test_problem__of_the_site_arrives_in_the_triage(client, client_di, manager, monkeypatch):
    indirizzo = reverse("guide:problema")
    html = client.get(indirizzo, {"pagina": "/privacy/"}).content.decode()
    assert 'value="/privacy/"' in html
    timbro = re.search(rf'name="{TIMBRO}" value="([^"]+)"', html)[1]
    dati = {TIMBRO: timbro, "pagina": "/privacy/", "testo": "Non si legge", "email": ""}
    assert client.post(indirizzo, dati).status_code == 302
    segnalazione = Segnalazione.objects.get()
    assert (segnalazione.tipo, segnalazione.nome, segnalazione.testo) == ("problema", "/privacy/", "Non si legge")
    for dove in (reverse("guida:segnalazioni"), segnalazione.get_absolute_url()):
        assert "Problema nel sito" in client_di(manager).get(dove).content.decode()


def test_map_of_the_site__has_what_everyone_may_read_in_few_queries(client):
    riservata = ContenutoPage.objects.get(slug="licenza")
    PageViewRestriction.objects.create(page=riservata, restriction_type=PageViewRestriction.LOGIN)
    html = corpo(client, "/mappa-del-sito/")
    assert 'href="/family-guide/estate/"' in html and 'href="/chi-siamo/"' in html and "/licenza/" not in html
    quante, elenco = quante_query("/mappa-del-sito/")
    assert quante <= 8, elenco


def test_publiccode__has_what_the_standard_asks():
    """https://docs.italia.it/italia/developers-italia/publiccodeyml/ : the keys without which it is not valid."""
    dati = leggi_yaml((settings.BASE_DIR / "publiccode.yml").read_bytes())
    chieste = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert chieste <= dati.keys() and dati["url"].startswith("https://")
    assert all(contatto["name"] for contatto in dati["maintenance"]["contacts"])
    assert {"shortDescription", "longDescription", "features"} <= dati["description"]["it"].keys()
    assert len(dati["description"]["it"]["shortDescription"]) <= 150
