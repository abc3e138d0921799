"""Content that somebody approved in the workflow, and what it counts for."""

from datetime import date

import pytest

from notizie.models import ComunicatoPage, SezioneNotiziePage
from organizzazioni.operazioni import approva_pagina
from programma.models import Evidenza

IERI = {"valida_dal": date(2025, 6, 1), "valida_fino_al": date(2027, 5, 31)}


def nel_flusso(pagina, autore, chi):
    pagina = pagina.specific_class.objects.get(pk=pagina.pk)
    pagina.get_workflow().start(pagina, autore)
    approva_pagina(pagina.specific_class.objects.get(pk=pagina.pk), chi)
    return pagina.specific_class.objects.get(pk=pagina.pk)


@pytest.fixture
def comunicato(organizzazione_a, referente_a, manager):
    """A press release of A, approved by the manager: it counts for M6 by itself."""
    pagina = ComunicatoPage(title="La mostra apre", data=date(2025, 6, 10), owner=referente_a, live=False)
    SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=pagina)
    pagina.save_revision(user=referente_a)
    return nel_flusso(pagina, referente_a, manager)


@pytest.fixture
def convenzione(nuova, referente_a, manager):
    """A convention of A whose page the manager approved; nobody has signed it yet."""
    pagina = nuova(live=False, **IERI)
    pagina.save_revision(user=referente_a)
    return nel_flusso(pagina, referente_a, manager)


def viva(fonte):
    return Evidenza.objects.nate_da(fonte).get()
