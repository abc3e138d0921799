"""Who approves which page: never who wrote it, Coordinamento what a manager touched."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow, WorkflowState

from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.models import ApprovazioneTask, Utente
from organizzazioni.operazioni import disattiva
from organizzazioni.permissions import (
    autori_dall_ultima_approvazione,
    e_coordinamento,
    e_manager,
    legge_tutto,
    puo_agire_per,
    puo_approvare_pagina,
)
from organizzazioni.selettori import revisioni_approvabili


@pytest.fixture
def notizia(organizzazione_a):
    """Make a news page of an organisation, written by these people in turn and waiting for approval."""

    def nuova(*autori, titolo="Una notizia", organizzazione=organizzazione_a):
        sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione)
        pagina = sezione.add_child(
            instance=NotiziaPage(title=titolo, data=timezone.localdate(), live=False, owner=autori[0])
        )
        for autore in autori:
            pagina.save_revision(user=autore)
        pagina.get_workflow().start(pagina, autori[-1])
        return NotiziaPage.objects.get(pk=pagina.pk)

    return nuova


def approvabili(utente):
    task = ApprovazioneTask.objects.get()
    return {stato.revision.object_id for stato in revisioni_approvabili(task, utente)}


def approva(pagina, utente):
    stato = pagina.current_workflow_task_state
    stato.task.specific.on_action(stato, utente, "approve")


class TestRuoli:
    def test_predicates__each_role(self, referente_a, manager, coordinamento, acs, superutente):
        chi = [referente_a, manager, coordinamento, acs, superutente]
        assert [e_manager(u) for u in chi] == [False, True, False, False, True]
        assert [e_coordinamento(u) for u in chi] == [False, False, True, False, True]
        assert [legge_tutto(u) for u in chi] == [False, True, True, True, True]

    def test_predicates__inactive_user_nothing(self, manager, superutente, organizzazione_a):
        for utente in (manager, superutente):
            utente.is_active = False
            utente.save()
            assert not (e_manager(utente) or e_coordinamento(utente) or legge_tutto(utente))
            assert not puo_agire_per(utente, organizzazione_a)

    def test_acts_for__own_while_active(self, referente_a, organizzazione_a, organizzazione_b, superutente):
        assert puo_agire_per(referente_a, organizzazione_a)
        assert not puo_agire_per(referente_a, organizzazione_b)
        disattiva(organizzazione_a)
        assert not puo_agire_per(referente_a, organizzazione_a)
        assert not puo_agire_per(superutente, organizzazione_a)


@pytest.mark.parametrize(
    ("autori", "approvatori"),
    [
        (["referente_a"], {"manager", "superutente"}),
        (["referente_a", "manager"], {"coordinamento", "superutente"}),
        (["manager"], {"coordinamento", "superutente"}),
        (["coordinamento"], {"manager", "superutente"}),
        (["referente_a", "coordinamento"], {"manager", "superutente"}),
        (["superutente"], {"coordinamento"}),
        (["manager", "coordinamento"], {"superutente"}),
        (["manager", "coordinamento", "superutente"], set()),
    ],
)
def test_who_approves__never_an_author(request, notizia, autori, approvatori):
    tutti = ["referente_a", "referente_b", "manager", "coordinamento", "acs", "superutente"]
    utenti = {nome: request.getfixturevalue(nome) for nome in tutti}
    pagina = notizia(*(utenti[nome] for nome in autori))
    assert {nome for nome, utente in utenti.items() if puo_approvare_pagina(utente, pagina)} == approvatori
    assert {nome for nome, utente in utenti.items() if str(pagina.pk) in approvabili(utente)} == approvatori
    task = ApprovazioneTask.objects.get()
    assert {nome for nome, utente in utenti.items() if task.get_actions(pagina, utente)} == approvatori


def test_authors__counted_from_the_last_approval(notizia, referente_a, referente_b, manager, coordinamento):
    pagina = notizia(referente_a, manager)
    approva(pagina, coordinamento)
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    assert pagina.live
    assert autori_dall_ultima_approvazione(pagina) == set()
    pagina.save_revision(user=referente_b)
    assert autori_dall_ultima_approvazione(pagina) == {referente_b.pk}
    pagina.get_workflow().start(pagina, referente_b)
    assert puo_approvare_pagina(manager, pagina)
    assert approvabili(manager) == {str(pagina.pk)}


def test_authors__revision_saved_over_after_its_approval(notizia, manager, coordinamento):
    pagina = notizia(manager)
    approva(pagina, coordinamento)
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    pagina.save_revision(user=manager, overwrite_revision=pagina.latest_revision)
    pagina.get_workflow().start(pagina, manager)
    assert not puo_approvare_pagina(manager, pagina)
    assert approvabili(manager) == set()
    assert approvabili(coordinamento) == {str(pagina.pk)}


def test_authors__revision_saved_by_nobody(notizia, referente_a, manager):
    pagina = notizia(referente_a)
    pagina.save_revision()
    assert autori_dall_ultima_approvazione(pagina) == {referente_a.pk}


def test_action__refused_after_own_edit(notizia, referente_a, manager):
    pagina = notizia(referente_a)
    pagina.save_revision(user=manager)
    with pytest.raises(PermissionDenied):
        approva(pagina, manager)
    assert pagina.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS


def test_editor__approver_who_changes_the_text_does_not_approve(notizia, referente_a, manager, client_di):
    pagina = notizia(referente_a)
    client = client_di(manager)
    indirizzo = f"/admin/pages/{pagina.pk}/edit/"
    assert 'data-workflow-action-name="approve"' in client.get(indirizzo).content.decode()
    dati = {
        "title": "Titolo del manager",
        "slug": pagina.slug,
        "data": "2025-05-05",
        "sommario": "",
        "corpo-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    client.post(indirizzo, dati)
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    assert pagina.latest_revision.user == manager
    assert not pagina.live
    assert pagina.workflow_in_progress


def test_editor__coordinamento_opens_what_it_must_approve(notizia, manager, coordinamento, acs, client_di):
    pagina = notizia(manager, manager)
    assert client_di(coordinamento).get(f"/admin/pages/{pagina.pk}/edit/").status_code == 200
    assert client_di(acs).get(f"/admin/pages/{pagina.pk}/edit/").status_code == 302
    for percorso in (
        reverse("wagtailadmin_pages:view_draft", args=[pagina.pk]),
        reverse("programma:pagina", args=[pagina.pk]),
    ):
        assert client_di(coordinamento).get(percorso).status_code == 200, percorso
        assert client_di(acs).get(percorso).status_code != 200, percorso
    stato = pagina.current_workflow_task_state
    client_di(coordinamento).post(reverse("wagtailadmin_pages:workflow_action", args=[pagina.pk, "approve", stato.pk]))
    pagina.refresh_from_db()
    assert pagina.live


def test_editor__coordinamento_does_not_open_the_organisations(notizia, referente_a, coordinamento, client_di):
    pagina = notizia(referente_a)
    assert client_di(coordinamento).get(f"/admin/pages/{pagina.pk}/edit/").status_code == 302


def test_approval__restarts_on_what_was_written_meanwhile(notizia, referente_a, manager, coordinamento):
    pagina = notizia(referente_a)
    pagina.save_revision(user=manager)
    approva(pagina, coordinamento)
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    assert not pagina.live
    assert not puo_approvare_pagina(manager, pagina)
    approva(pagina, coordinamento)
    assert NotiziaPage.objects.get(pk=pagina.pk).live


def test_queue__constant_queries(notizia, referente_a, manager):
    def query():
        utente = Utente.objects.get(pk=manager.pk)
        with CaptureQueriesContext(connection) as contate:
            assert revisioni_approvabili(ApprovazioneTask.objects.get(), utente).count() > 0
        return len(contate)

    notizia(referente_a)
    una = query()
    for numero in range(5):
        notizia(referente_a, titolo=f"Notizia {numero}")
    assert query() == una


def test_workflow__one_task_on_the_whole_site(programma, db):
    assert Workflow.objects.count() == 1
    assert programma.get_workflow().name == "Approvazione dei contenuti"
    assert not WorkflowState.objects.exists()
