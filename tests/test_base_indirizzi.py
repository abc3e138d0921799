"""Every page has an address, also when its title has no letters to make one from."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from wagtail.models import Page

from guide.models import SezioneGuidaPage
from guide.models.dettagli import EtichettaGuida
from home.models import ContenutoPage, HomePage
from notizie.models import NotiziaPage, SezioneNotiziePage

pytestmark = pytest.mark.django_db
SENZA_LETTERE = ["🎉", "...", "👨‍👩‍👧", "— !? —", "€ / %"]


def modulo(titolo, **altro):
    return {
        "title": titolo,
        "data": "01/03/2025",
        "sommario": "Una frase",
        "corpo-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **altro,
    }


@pytest.mark.parametrize("titolo", SENZA_LETTERE)
def test_title_without_letters__the_editor_makes_a_page_and_the_section_opens(
    client_di, manager, referente_a, organizzazione_a, titolo
):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    cliente = client_di(referente_a)
    for _ in range(2):
        assert cliente.post(f"/admin/pages/add/notizie/notiziapage/{sezione.pk}/", modulo(titolo)).status_code == 302
    una, altra = NotiziaPage.objects.child_of(sezione)
    assert una.slug and altra.slug and una.slug != altra.slug
    una.full_clean()
    una.get_latest_revision().publish()
    una.refresh_from_db()
    for indirizzo in (f"/admin/pages/{sezione.pk}/", f"/admin/pages/{una.pk}/edit/", una.url, "/notizie/", "/"):
        assert client_di(manager).get(indirizzo).status_code == 200, indirizzo


@pytest.mark.parametrize("titolo", ["\u200b", " \u00a0 ", "\ufeff"])
def test_title_that_is_not_seen__is_no_title(client_di, referente_a, organizzazione_a, titolo):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    risposta = client_di(referente_a).post(f"/admin/pages/add/notizie/notiziapage/{sezione.pk}/", modulo(titolo))
    assert risposta.status_code == 200
    assert "title" in risposta.context["form"].errors
    assert not NotiziaPage.objects.child_of(sezione).exists()


def test_title_without_letters__also_where_the_address_is_asked(client_di, superutente):
    home = HomePage.objects.get()
    risposta = client_di(superutente).post(
        f"/admin/pages/add/home/contenutopage/{home.pk}/", modulo("🎉", slug="", show_in_menus="")
    )
    assert risposta.status_code == 302, risposta.context["form"].errors
    assert ContenutoPage.objects.get(title="🎉").slug.startswith("pagina")


def test_service_without_letters__in_code_too():
    from guide.models import ServizioPage

    sezione = SezioneGuidaPage.objects.first()
    servizio = sezione.add_child(instance=ServizioPage(title="❤️", sommario="x", natura="pubblico", live=False))
    assert servizio.slug.startswith("servizio-")
    with pytest.raises(ValidationError):
        sezione.add_child(instance=ServizioPage(title="x", slug=servizio.slug, sommario="x", natura="pubblico"))


def test_keyword_without_letters__has_a_name_for_addresses_too():
    una, altra = EtichettaGuida.objects.create(name="🎉"), EtichettaGuida.objects.create(name="🎈")
    assert una.slug and altra.slug and una.slug != altra.slug


def test_pages_already_without_address__get_one_with_what_is_under_them(organizzazione_a):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    prima = sezione.get_parent().specific
    figlia = sezione.add_child(instance=NotiziaPage(title="Una", slug="una", data="2025-05-05"))
    sezione.save_revision()
    Page.objects.filter(pk=sezione.pk).update(slug="", url_path=f"{prima.url_path}/")
    Page.objects.filter(pk=figlia.pk).update(url_path=f"{prima.url_path}/una/")
    sezione.latest_revision.content["slug"] = ""
    sezione.latest_revision.save()
    importlib.import_module("base.migrations.0003_indirizzi_mancanti").da_un_indirizzo(apps, None)
    sezione, figlia = Page.objects.get(pk=sezione.pk), Page.objects.get(pk=figlia.pk)
    assert sezione.slug
    assert figlia.url_path == f"{prima.url_path}{sezione.slug}/una/"
    assert sezione.latest_revision.content["slug"] == sezione.slug
