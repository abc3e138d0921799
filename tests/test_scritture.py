"""Who wrote what is not forgotten with the revisions that `purge_revisions` throws away."""

from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError, deletion
from wagtail.models import Revision

from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.operazioni import approva_pagina
from organizzazioni.permissions import autori_dall_ultima_approvazione, puo_approvare_pagina
from programma.models import Criterio, Evidenza

pytestmark = pytest.mark.django_db


@pytest.fixture
def pagina(organizzazione_a, referente_a, programma):
    """A news of A, with a revision by each of `chi`."""

    def scrivi(*chi):
        nuova = NotiziaPage(title="Una", slug="una", data=date(2025, 6, 10), owner=referente_a, live=False)
        SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=nuova)
        nuova.criteri_serviti = [Criterio.objects.get(programma=programma, codice="P1.2")]
        for autore in chi:
            nuova.save_revision(user=autore)
        return nuova

    return scrivi


def fresca(pagina):
    return NotiziaPage.objects.get(pk=pagina.pk)


def nel_flusso(pagina, autore):
    pagina = fresca(pagina)
    pagina.get_workflow().start(pagina, autore)
    return fresca(pagina)


@pytest.fixture(autouse=True)
def ogni_eliminazione_a_parte(monkeypatch):
    """As for a command, which begins no transaction: what is refused undoes nothing of what went before."""
    a_parte = SimpleNamespace(
        atomic=lambda using, savepoint: transaction.atomic(using),
        mark_for_rollback_on_error=transaction.mark_for_rollback_on_error,
    )
    monkeypatch.setattr(deletion, "transaction", a_parte)


def sfoltisci():
    call_command("purge_revisions", stdout=StringIO())


def test_old_revisions_go__but_not_who_wrote(pagina, referente_a, referente_b, manager):
    scritta = pagina(manager, referente_a, referente_a, manager, referente_b, referente_a)
    sfoltisci()
    assert [r.user for r in scritta.revisions.order_by("pk")] == [manager, referente_b, referente_a]
    assert not puo_approvare_pagina(manager, nel_flusso(scritta, referente_a))


def test_content__who_wrote_a_part_does_not_approve_it_after_a_purge(
    pagina, referente_a, manager, coordinamento, nuovo_utente
):
    altro = nuovo_utente("altro_manager", "Manager territoriale")
    scritta = pagina(altro, referente_a)
    sfoltisci()
    in_attesa = nel_flusso(scritta, referente_a)
    assert not puo_approvare_pagina(altro, in_attesa) and not puo_approvare_pagina(manager, in_attesa)
    approva_pagina(in_attesa, coordinamento)
    evidenza = Evidenza.objects.nate_da(scritta).get()
    assert evidenza.stato == "approvata" and set(evidenza.autori.all()) == {altro, referente_a}


def test_what_was_approved_and_what_is_public__stay(pagina, referente_a, manager):
    scritta = nel_flusso(pagina(referente_a, referente_a), referente_a)
    approva_pagina(scritta, manager)
    approvata = fresca(scritta).live_revision
    for _ in range(3):
        fresca(scritta).save_revision(user=referente_a)
    prima = autori_dall_ultima_approvazione(fresca(scritta))
    sfoltisci()
    assert scritta.revisions.count() == 2 and fresca(scritta).live_revision == approvata
    assert autori_dall_ultima_approvazione(fresca(scritta)) == prima == {referente_a.pk}
    call_command("allinea", stdout=StringIO())
    assert Evidenza.objects.nate_da(scritta).get().stato == "approvata"


def test_published_without_the_workflow__stays_as_long_as_it_is_public(pagina, referente_a, manager):
    scritta = pagina(referente_a)
    fresca(scritta).get_latest_revision().publish(user=manager)
    fresca(scritta).save_revision(user=referente_a)
    sfoltisci()
    assert fresca(scritta).live_revision is not None


def test_all_together__is_no_way_around(pagina, referente_a, manager):
    scritta = pagina(manager, referente_a)
    with pytest.raises(ProtectedError):
        Revision.objects.for_instance(scritta).delete()
    assert scritta.revisions.count() == 2


def test_page_deleted__takes_its_revisions_along(pagina, referente_a):
    scritta = pagina(referente_a, referente_a)
    scritta.delete()
    assert not Revision.objects.for_instance(scritta).exists()
