"""The admin's menu: the manager's is grouped, everyone sees what they may and nothing else."""

from itertools import chain

from django.urls import reverse
from wagtail.admin.menu import MenuItem, SubmenuMenuItem, admin_menu

from home.menu import GruppoDiMenu, raggruppa

GRUPPO = GruppoDiMenu("due", "Due insieme", "mail", ("a", "b"))


def _voci(utente, rf):
    request = rf.get(reverse("wagtailadmin_home"))  # the addresses first: with them come the items of the viewsets
    request.user = utente
    return sorted(admin_menu.menu_items_for_request(request), key=lambda voce: voce.order)


def _foglie(voci):
    sotto = (voce.menu.registered_menu_items for voce in voci if isinstance(voce, SubmenuMenuItem))
    return {voce.name for voce in chain(voci, *sotto)}


def test_group__takes_the_place_of_its_first_and_one_alone_stays():
    voci = [MenuItem(nome.upper(), f"/{nome}/", name=nome, order=n) for n, nome in enumerate("cab")]
    c, due = raggruppa(voci, [GRUPPO])
    assert (c.name, due.name, due.order) == ("c", "due", 1) and isinstance(due, SubmenuMenuItem)
    assert [voce.name for voce in due.menu.initial_menu_items] == ["a", "b"]
    assert [voce.name for voce in raggruppa(voci[:2], [GRUPPO])] == ["c", "a"]


def test_menu__of_the_manager_is_short_and_lacks_nothing(manager, rf, client_di):
    voci = _voci(manager, rf)
    assert len(voci) <= 11
    assert _foglie(voci) >= {
        "da-approvare",
        "evidenze",
        "punteggio",
        "programmi",
        "piano-editoriale",
        "newsletter",
        "convenzioni",
        "card",
        "images",
        "documents",
        "organizzazioni",
        "family-guide",
        "reports",
        "settings",
    }
    casa = client_di(manager).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("newsletter:index") in casa and "Comunicazione" in casa


def test_menu__of_others_is_flat_and_has_no_more_than_before(referente_a, acs, rf):
    referente = {voce.name for voce in _voci(referente_a, rf)}
    assert referente >= {"evidenze", "piano-editoriale", "convenzioni", "card", "images", "documents"}
    assert referente.isdisjoint({"newsletter", "programmi", "da-approvare", "lavoro", "comunicazione", "accordi"})
    assert {voce.name for voce in _voci(acs, rf)}.isdisjoint({"newsletter", "piano-editoriale", "comunicazione"})
