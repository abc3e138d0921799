"""What we do in place of Wagtail is compared with Wagtail: an upgrade that changes it is not met in production."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import resolve, reverse
from wagtail import VERSION, __version__

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
    nostri = {str(p.relative_to(settings.BASE_DIR)) for p in (settings.BASE_DIR / "templates").glob("wagtail*/**/*.*")}
    assert len(nostri) > 5
    assert nostri == {r.nostro for r in RITOCCHI if r.nostro.startswith("templates/")}


def test_version__in_which_they_were_read_is_the_installed_one():
    assert __version__ == LETTA, (
        f"Wagtail is {__version__}, and what we do in its place was read in {LETTA}: run this file, read what it "
        f"names and the notes of the upgrade, walk `tests/test_muri_admin.py`, then write {__version__} in LETTA"
    )


DENTRO = re.compile(
    r"wagtail\.(rich_text[.:]|models\.sites|\w+\.(views[.:](?!generic)|urls|forms\.(auth|pages)|rich_text\.|action_menu|signal_h|utils))"
)
"""The modules of Wagtail that are its own affair: views that are not generic, addresses, forms, rich text's makers,
and what it remembers of sites."""
DOCUMENTATI = {"wagtail.admin.views.account:BaseSettingsPanel"}


def test_insides__that_we_import_are_declared():
    """What we subclass, change or reuse of Wagtail's own affairs has been read, and is read again at an upgrade."""
    usati = set()
    for app in NOSTRE:
        for percorso in Path(app.path).rglob("*.py"):
            for nodo in ast.walk(ast.parse(percorso.read_text(encoding="utf-8"))):
                if isinstance(nodo, ast.ImportFrom) and nodo.module and "migrations" not in percorso.parts:
                    for nome in nodo.names:
                        usati.add(f"{nodo.module}:{nome.name}")
    usati = {usato for usato in usati if DENTRO.match(usato)} - DOCUMENTATI
    letti = {ritocco.loro.replace(":", ".") for ritocco in RITOCCHI}
    assert len(usati) > 8
    assert [u for u in sorted(usati) if not any(in_parte(u.replace(":", "."), letto) for letto in letti)] == []


def test_what_wagtail_keeps_for_itself__is_written_only_where_it_was_read():
    """Names of Wagtail that begin with `_wagtail`, which nobody promised."""
    suoi = {p for app in NOSTRE for p in Path(app.path).rglob("*.py") if "._wagtail_" in p.read_text(encoding="utf-8")}
    suoi = {".".join(p.relative_to(settings.BASE_DIR).with_suffix("").parts) for p in suoi}
    assert suoi and suoi <= {ritocco.nostro.partition(":")[0] for ritocco in RITOCCHI}


def in_parte(uno, altro):
    """Whether one of the two names is the other, or a part of it."""
    return f"{uno}.".startswith(f"{altro}.") or f"{altro}.".startswith(f"{uno}.")


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
