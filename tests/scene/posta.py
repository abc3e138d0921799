"""What leaves by mail when a change is kept."""

import pytest

from base.models import MessaggioInUscita


@pytest.fixture
def dopo(django_capture_on_commit_callbacks):
    """Do it, and send its mails and no others."""

    def esegui(funzione, *argomenti, **campi):
        MessaggioInUscita.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            return funzione(*argomenti, **campi)

    return esegui
