"""What we do in place of Wagtail is compared with Wagtail: an upgrade that changes it is not met in production."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import resolve, reverse
from wagtail import VERSION

from base.ritocchi import LETTA, Ritocco
from guide.models import Bisogno
from organizzazioni.accesso import NuovaPasswordView

NOSTRE = [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
RITOCCHI = [
    ritocco
    for app in NOSTRE
    if (Path(app.path) / "ritocchi.py").exists()
    for ritocco in import_module(f"{app.name}.ritocchi").RITOCCHI
]


@pytest.mark.parametrize("ritocco", RITOCCHI, ids=lambda r: f"{r.nostro} > {r.loro}")
def test_override__was_read_in_what_is_installed(ritocco):
    assert ritocco.ora() == ritocco.impronta, (
        f"Wagtail {VERSION[:3]} changed {ritocco.loro}, that {ritocco.nostro} stands in place of (read in {LETTA}): "
        f"read both again, then write {ritocco.ora()}"
    )


@pytest.mark.parametrize("ritocco", RITOCCHI, ids=lambda r: r.nostro)
def test_override__is_where_it_is_said_to_be(ritocco):
    if ritocco.nostro.startswith("templates/"):
        assert (settings.BASE_DIR / ritocco.nostro).is_file()
    else:
        assert Ritocco("", ritocco.nostro, "").sorgente()


def test_override__that_changed_is_told_apart():
    una, altra = (Ritocco("", f"wagtail.models:AbstractPage.{nome}", "") for nome in ("get_context", "get_template"))
    assert una.ora() == una.ora() != altra.ora()
    with pytest.raises(AttributeError):
        Ritocco("", "wagtail.models:AbstractPage.get_what_is_gone", "").ora()


def test_templates__that_shadow_core_are_all_declared():
    sotto = settings.BASE_DIR / "templates" / "wagtailadmin" / "pages"
    nostri = {str(file.relative_to(settings.BASE_DIR)) for file in sotto.rglob("*.html")}
    assert nostri == {r.nostro for r in RITOCCHI if r.nostro.startswith("templates/")}


def test_address_of_a_new_password__is_ours_and_core_still_has_one_there():
    indirizzo = reverse("wagtailadmin_password_reset")
    assert resolve(indirizzo).func.view_class is NuovaPasswordView
    assert indirizzo == "/admin/password_reset/"
    assert "wagtailadmin_password_reset" in {
        schema.name for schema in import_module("wagtail.admin.urls.password_reset").urlpatterns
    }


@pytest.mark.django_db
@pytest.mark.parametrize("tipo", ["notiziapage", "comunicatopage", "eventopage"])
def test_title__asks_the_browser_for_no_empty_selector(client_di, manager, organizzazione_a, tipo):
    from notizie.models import SezioneNotiziePage

    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    html = (
        client_di(manager).get(reverse("wagtailadmin_pages:add", args=["notizie", tipo, sezione.pk])).content.decode()
    )
    assert 'name="title"' in html and "w-sync" not in html


@pytest.mark.django_db
def test_key_of_a_category__follows_its_name_until_it_is_given(client_di, manager):
    client = client_di(manager)
    nuova = client.get(reverse("bisogno:add")).content.decode()
    assert 'data-w-sync-target-value="#id_chiave"' in nuova and "w-slug" in nuova
    bisogno = Bisogno.objects.first()
    assert "w-sync-target-value" not in client.get(reverse("bisogno:edit", args=[bisogno.pk])).content.decode()
