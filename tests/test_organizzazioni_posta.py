"""Mail about pages: ours, and only ours."""

import pytest
from django.core import mail

from notizie.models import NotiziaPage, SezioneNotiziePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def notizia(organizzazione_a, referente_a):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    pagina = sezione.add_child(instance=NotiziaPage(title="Open day", live=False, owner=referente_a))
    pagina.save_revision(user=referente_a)
    return pagina


def test_who_approves_and_who_writes__get_one_message_each_and_the_superuser_none(
    notizia, referente_a, manager, superutente, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        notizia.get_workflow().start(notizia, referente_a)
    assert [(m.to, m.subject) for m in mail.outbox] == [([manager.email], "Da approvare: Open day")]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        notizia.current_workflow_task_state.reject(user=manager, comment="Manca la data")
    assert [m.to for m in mail.outbox] == [[referente_a.email]]
    assert "Manca la data" in mail.outbox[0].body
