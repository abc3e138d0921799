"""What waits for a decision cannot be published around it."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from wagtail.models import Workflow

from notizie.models import NotiziaPage, SezioneNotiziePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_attesa(organizzazione_a, referente_a):
    """A news page of A that waits for approval."""
    pagina = NotiziaPage(title="In attesa", live=False, owner=referente_a)
    SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=pagina)
    pagina.save_revision(user=referente_a)
    Workflow.objects.get(active=True).start(pagina, referente_a)
    return pagina


@pytest.mark.parametrize("chi", ["manager", "superutente"])
def test_published_by_hand_what_waits__is_refused(in_attesa, chi, request, client_di):
    client = client_di(request.getfixturevalue(chi))
    modifica = reverse("wagtailadmin_pages:edit", args=[in_attesa.pk])
    client.post(
        modifica,
        {
            "title": "Cambiata",
            "slug": "in-attesa",
            "data": "01/03/2025",
            "sommario": "",
            "corpo-count": "0",
            "action-publish": "1",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
    )
    in_blocco = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{in_blocco}?id={in_attesa.pk}")
    in_attesa.refresh_from_db()
    assert not in_attesa.live and in_attesa.workflow_in_progress


def test_after_the_decision__the_manager_publishes_again(in_attesa, manager):
    in_attesa.current_workflow_task_state.approve(user=manager)
    pagina = NotiziaPage.objects.get(pk=in_attesa.pk)
    assert pagina.live and pagina.permissions_for_user(manager).can_publish()


def _regole():
    """Every rule about a person alone: `puo_…(utente)` and the like, wherever permissions are written."""
    for app in apps.get_app_configs():
        if Path(app.path).parent != settings.BASE_DIR:
            continue
        for file in sorted(Path(app.path).rglob("permissions.py")):
            modulo = import_module(".".join(file.relative_to(settings.BASE_DIR).with_suffix("").parts))
            for funzione in filter(inspect.isfunction, vars(modulo).values()):
                firma = inspect.signature(funzione)
                di_qui = funzione.__module__ == modulo.__name__
                if di_qui and [*firma.parameters] == ["utente"] and firma.return_annotation is bool:
                    yield funzione


def test_who_was_switched_off__may_nothing_whatever_they_were(
    manager, coordinamento, acs, referente_a, superutente, programma
):
    regole, restano = list(_regole()), set()
    assert len(regole) > 20
    for utente in (manager, coordinamento, acs, referente_a, superutente):
        assert any(regola(utente) for regola in regole)
        utente.is_active = False
        utente.save()
        spento = type(utente).objects.get(pk=utente.pk)
        restano |= {(str(utente), regola.__name__) for regola in regole if regola(spento)}
    assert not restano
