"""Groups, sections and rights of the members: given, taken away, given again."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission, ModelLogEntry, Page

from notizie.models import NotiziaPage, NotizieIndexPage, SezioneNotiziePage
from organizzazioni import operazioni
from organizzazioni.models import ApprovazioneTask, Organizzazione, Utente
from organizzazioni.selettori import revisioni_approvabili


def permessi_di_pagina(gruppo):
    return set(GroupPagePermission.objects.filter(group=gruppo).values_list("page__url_path", "permission__codename"))


def sezione(organizzazione):
    return SezioneNotiziePage.objects.get(organizzazione=organizzazione)


class TestAttiva:
    def test_member__own_places_only_and_never_publish(self, organizzazione_a):
        assert permessi_di_pagina(organizzazione_a.gruppo) == {
            ("/home/convenzioni/asif-chimelli/", "add_page"),
            ("/home/convenzioni/asif-chimelli/", "change_page"),
            ("/home/family-guide/asif-chimelli/", "add_page"),
            ("/home/family-guide/asif-chimelli/", "change_page"),
            ("/home/notizie/asif-chimelli/", "add_page"),
            ("/home/notizie/asif-chimelli/", "change_page"),
            ("/home/organizzazioni/asif-chimelli/", "change_page"),
        }
        assert set(organizzazione_a.gruppo.permissions.values_list("codename", flat=True)) == {"access_admin"}
        assert set(
            GroupCollectionPermission.objects.filter(group=organizzazione_a.gruppo).values_list(
                "collection__name", "permission__codename"
            )
        ) == {
            ("ASIF Chimelli", f"{azione}_{tipo}")
            for azione in ("add", "change", "choose")
            for tipo in ("image", "document")
        }

    def test_member__tree_of_rights_in_wagtail(self, referente_a, organizzazione_a, organizzazione_b):
        sua = sezione(organizzazione_a).permissions_for_user(referente_a)
        altrui = sezione(organizzazione_b).permissions_for_user(referente_a)
        assert sua.can_add_subpage()
        assert not sua.can_edit()
        assert not sua.can_publish_subpage()
        assert not altrui.can_add_subpage()
        assert organizzazione_a.pagina.permissions_for_user(referente_a).can_edit()
        assert not organizzazione_b.pagina.permissions_for_user(referente_a).can_edit()

    def test_again__changes_nothing(self, organizzazione_a):
        prima = (
            GroupPagePermission.objects.count(),
            GroupCollectionPermission.objects.count(),
            Group.objects.count(),
            Page.objects.count(),
            ModelLogEntry.objects.count(),
        )
        operazioni.attiva(organizzazione_a)
        assert prima == (
            GroupPagePermission.objects.count(),
            GroupCollectionPermission.objects.count(),
            Group.objects.count(),
            Page.objects.count(),
            ModelLogEntry.objects.count(),
        )

    def test_person_of_two__acts_for_both(self, referente_a, organizzazione_a, organizzazione_b):
        referente_a.groups.add(organizzazione_b.gruppo)
        assert set(Organizzazione.objects.di(referente_a)) == {organizzazione_a, organizzazione_b}
        for organizzazione in (organizzazione_a, organizzazione_b):
            assert sezione(organizzazione).permissions_for_user(referente_a).can_add_subpage()

    def test_same_short_name__own_group(self, organizzazione_a):
        gemella = Organizzazione.objects.create(
            chiave="gemella", denominazione="Altra", nome_breve=organizzazione_a.nome_breve, natura="privata"
        )
        operazioni.attiva(gemella)
        assert gemella.gruppo != organizzazione_a.gruppo

    def test_only_managers(self, referente_a, coordinamento, organizzazione_a):
        for utente in (referente_a, coordinamento):
            for operazione in (operazioni.attiva, operazioni.disattiva):
                with pytest.raises(PermissionDenied):
                    operazione(organizzazione_a, utente)


class TestDisattiva:
    def test_rights_go__content_and_queue_stay(self, referente_a, manager, organizzazione_a):
        pubblica = sezione(organizzazione_a).add_child(
            instance=NotiziaPage(title="Pubblica", data=timezone.localdate(), owner=referente_a)
        )
        in_attesa = sezione(organizzazione_a).add_child(
            instance=NotiziaPage(title="In attesa", data=timezone.localdate(), live=False, owner=referente_a)
        )
        in_attesa.save_revision(user=referente_a)
        in_attesa.get_workflow().start(in_attesa, referente_a)

        operazioni.disattiva(organizzazione_a, manager)

        referente_a = type(referente_a).objects.get(pk=referente_a.pk)
        assert not permessi_di_pagina(organizzazione_a.gruppo)
        assert not organizzazione_a.gruppo.collection_permissions.exists()
        assert not referente_a.has_perm("wagtailadmin.access_admin")
        assert not pubblica.permissions_for_user(referente_a).can_edit()
        assert not Organizzazione.objects.di(referente_a).exists()
        assert NotiziaPage.objects.live().filter(pk=pubblica.pk).exists()
        assert organizzazione_a.pagina.live
        assert revisioni_approvabili(ApprovazioneTask.objects.get(), manager).count() == 1
        assert list(organizzazione_a.persone) == [referente_a]

    def test_then_active_again__same_group_and_places(self, referente_a, organizzazione_a):
        gruppo, prima = organizzazione_a.gruppo_id, permessi_di_pagina(organizzazione_a.gruppo)
        operazioni.disattiva(organizzazione_a)
        operazioni.attiva(organizzazione_a)
        assert organizzazione_a.gruppo_id == gruppo
        assert permessi_di_pagina(organizzazione_a.gruppo) == prima
        assert SezioneNotiziePage.objects.filter(organizzazione=organizzazione_a).count() == 1

    def test_log__who_and_once(self, manager, organizzazione_a):
        operazioni.disattiva(organizzazione_a, manager)
        operazioni.disattiva(organizzazione_a, manager)
        voce = ModelLogEntry.objects.get(action="organizzazioni.disattiva")
        assert (voce.user, voce.object_id) == (manager, str(organizzazione_a.pk))


class TestRiattiva:
    def test_command__gives_what_a_new_app_adds(self, organizzazione_a, db):
        disattiva = Organizzazione.objects.get(chiave="soste")
        operazioni.disattiva(disattiva)
        NotizieIndexPage.objects.get().delete()
        call_command("riattiva", stdout=io.StringIO())
        assert NotizieIndexPage.objects.live().get().show_in_menus
        assert permessi_di_pagina(organizzazione_a.gruppo) >= {("/home/notizie/asif-chimelli/", "add_page")}
        assert not SezioneNotiziePage.objects.filter(organizzazione=disattiva).exists()

    def test_command__dry_run(self, db):
        NotizieIndexPage.objects.get().delete()
        call_command("riattiva", "--dry-run", stdout=io.StringIO())
        assert not NotizieIndexPage.objects.exists()


@pytest.mark.django_db
def test_bodies__with_one_long_name_have_each_a_group(manager):
    """A name of 200 letters, of which a group holds 150."""
    gruppi = [
        operazioni.attiva(Organizzazione.objects.create(chiave=chiave, denominazione="Lunga " * 33), manager).gruppo
        for chiave in ("prima", "seconda")
    ]
    assert len({gruppo.name for gruppo in gruppi}) == 2 and all(len(gruppo.name) <= 150 for gruppo in gruppi)
    assert gruppi[0].name.startswith("Referenti – Lunga") and gruppi[1].name.endswith("(seconda)")


@pytest.mark.django_db
def test_person__is_called_as_the_address_and_with_a_number_where_it_is_taken():
    for nome in ("ada@example.org", "ada@example.org-2"):
        Utente.objects.create(username=nome, email="altra@example.org")
    persona = operazioni.persona_invitata("Ada@example.org", "Ada", "Rossi")
    assert (persona.username, persona.email) == ("ada@example.org-3", "Ada@example.org")
    lunga = operazioni.persona_invitata(f"{'x' * 200}@example.org", "Ada", "Rossi")
    assert lunga.username == "x" * 140


@pytest.mark.django_db
def test_person__with_two_accounts_is_the_one_that_is_open(nuovo_utente):
    chiuso, aperto = (nuovo_utente(nome, is_active=nome == "aperto") for nome in ("chiuso", "aperto"))
    Utente.objects.filter(pk__in=[chiuso.pk, aperto.pk]).update(email="ada@example.org")
    assert operazioni.persona_invitata("ADA@example.org", "A", "R") == aperto
    aperto.delete()
    with pytest.raises(ValidationError, match="accesso chiuso"):
        operazioni.persona_invitata("ada@example.org", "A", "R")
