"""Content that feeds the score: one door, through every life that a page can lead."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Workflow

from notizie.models import NotiziaPage, SezioneNotiziePage
from programma import operazioni
from programma.models import Criterio, Evidenza, Riconoscimento

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterio(programma):
    return Criterio.objects.get(programma=programma, codice="P1.2")


@pytest.fixture
def sezione(organizzazione_a):
    return SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)


@pytest.fixture
def notizia(sezione, criterio, referente_a):
    """A draft by the referent of A that names P1.2."""
    pagina = NotiziaPage(title="Relazione sull'estate", data=date(2025, 6, 10), owner=referente_a, live=False)
    sezione.add_child(instance=pagina)
    pagina.criteri_serviti = [criterio]
    pagina.save_revision(user=referente_a)
    return pagina


def approva_nel_flusso(pagina, autore, chi):
    """Submit the latest revision and approve it, as the admin does."""
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    Workflow.objects.get(active=True).start(pagina, autore)
    pagina.current_workflow_task_state.approve(user=chi)
    return NotiziaPage.objects.get(pk=pagina.pk)


def della(pagina):
    return Evidenza.objects.nate_da(pagina).get()


def cambia(pagina, utente, **campi):
    pagina = NotiziaPage.objects.get(pk=pagina.pk).get_latest_revision_as_object()
    for nome, valore in campi.items():
        setattr(pagina, nome, valore)
    return pagina.save_revision(user=utente)


def test_approved_in_the_workflow__is_born_approved_and_counts(notizia, referente_a, manager, criterio):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    assert notizia.live
    evidenza = della(notizia)
    assert (evidenza.stato, evidenza.origine) == ("approvata", "contenuto")
    assert evidenza.organizzazione.chiave == "asif-chimelli"
    riga = Riconoscimento.objects.get(evidenza=evidenza)
    assert (riga.criterio, riga.deciso_da, riga.data) == (criterio, manager, date(2025, 6, 10))


def test_published_directly__waits_for_who_did_not_write_it(notizia, manager, coordinamento):
    cambia(notizia, manager, sommario="Rivista").publish(user=manager)
    evidenza = della(notizia)
    assert evidenza.stato == "inviata"
    assert list(Evidenza.objects.decidibili_da(manager)) == []
    assert operazioni.approva(evidenza, coordinamento).stato == "approvata"


def test_publishing_again_and_moving__changes_nothing(notizia, referente_a, manager, organizzazione_b):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    prima = della(notizia)
    cambia(notizia, manager, title="Titolo più bello").publish(user=manager)
    notizia.move(SezioneNotiziePage.objects.get(organizzazione=organizzazione_b), pos="last-child")
    notizia.refresh_from_db()
    notizia.get_latest_revision().publish(user=manager)
    assert della(notizia).pk == prima.pk
    assert Riconoscimento.objects.filter(evidenza__fonte_id=notizia.pk).count() == 1


@pytest.mark.parametrize("giorno", [date(2025, 5, 1), date(2025, 7, 1)])
def test_changed_fact__goes_back_to_approval(notizia, referente_a, manager, giorno):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    prima = della(notizia)
    cambia(notizia, manager, data=giorno).publish(user=manager)
    prima.refresh_from_db()
    assert prima.stato == "revocata"
    assert della(notizia).stato == "inviata"
    assert della(notizia).data == giorno


def test_fact_changed_and_approved_in_the_workflow__counts_at_once(notizia, referente_a, manager):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    cambia(notizia, referente_a, data=date(2025, 7, 1))
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    assert della(notizia).stato == "approvata"
    assert Riconoscimento.objects.validi_al(timezone.now()).filter(evidenza__fonte_id=notizia.pk).count() == 1


def test_taking_the_criterion_away__revokes(notizia, referente_a, manager):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    cambia(notizia, manager, criteri_serviti=[]).publish(user=manager)
    assert not Evidenza.objects.nate_da(notizia).exists()
    assert Evidenza.objects.get(fonte_id=notizia.pk).stato == "revocata"


def test_taken_off_and_put_back__who_took_it_off_is_not_enough_to_give_it_back(notizia, referente_a, manager):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    notizia.unpublish(user=manager)
    assert not Riconoscimento.objects.validi_al(timezone.now()).exists()
    notizia.get_latest_revision().publish(user=manager)
    assert della(notizia).stato == "inviata"
    assert operazioni.approva(della(notizia), manager).stato == "approvata"


def test_revoked_by_a_person__stays_revoked_until_published_again(notizia, referente_a, manager):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    operazioni.revoca(della(notizia), manager, "Non parla del Distretto")
    call_command("allinea")
    assert not Evidenza.objects.nate_da(notizia).exists()
    cambia(notizia, referente_a, sommario="Ora ne parla")
    assert della(approva_nel_flusso(notizia, referente_a, manager)).stato == "approvata"


def test_deleting__revokes_and_the_history_stays(notizia, referente_a, manager):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    notizia.delete()
    evidenza = Evidenza.objects.get(origine="contenuto")
    assert evidenza.stato == "revocata" and evidenza.passaggi.count() == 3


def test_deleting_a_whole_section__revokes_below_it_too(notizia, referente_a, manager, sezione):
    approva_nel_flusso(notizia, referente_a, manager)
    sezione.delete()
    assert Evidenza.objects.get(origine="contenuto").stato == "revocata"


def test_while_it_waits__unpublishing_takes_it_back(notizia, manager):
    cambia(notizia, manager, sommario="x").publish(user=manager)
    NotiziaPage.objects.get(pk=notizia.pk).unpublish()
    assert della(notizia).stato == "bozza"
    notizia.get_latest_revision().publish(user=manager)
    assert della(notizia).stato == "inviata"


def test_copy_inherits_nothing__and_an_alias_does_not_count(notizia, referente_a, manager, sezione):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    copia = notizia.copy(update_attrs={"slug": "copia"}, keep_live=True, user=manager)
    assert not NotiziaPage.objects.get(pk=copia.pk).criteri_serviti.exists()
    assert not copia.get_latest_revision_as_object().criteri_serviti.all()
    alias = notizia.create_alias(parent=sezione, update_slug="alias")
    assert not Evidenza.objects.filter(fonte_id__in=[copia.pk, alias.pk]).exists()
    alias.delete()
    assert della(notizia).stato == "approvata"


def test_scheduled__waits_without_an_approval(notizia, manager):
    cambia(notizia, manager, go_live_at=timezone.now() + timedelta(hours=1)).publish(user=manager)
    assert not Evidenza.objects.nate_da(notizia).exists()
    with pytest.MonkeyPatch.context() as orologio:
        domani = timezone.now() + timedelta(days=1)
        orologio.setattr("django.utils.timezone.now", lambda: domani)
        call_command("publish_scheduled", stdout=StringIO())
    assert della(notizia).stato == "inviata"


def test_returned__publishing_again_sends_it_again(notizia, manager, coordinamento, referente_a):
    cambia(notizia, manager, sommario="x").publish(user=manager)
    operazioni.restituisci(della(notizia), coordinamento, "Manca la data giusta")
    call_command("allinea", stdout=StringIO())
    assert della(notizia).stato == "da_integrare"
    cambia(notizia, manager, sommario="y").publish(user=manager)
    assert della(notizia).stato == "inviata"


def test_out_of_the_period__nothing_is_born(notizia, referente_a, manager):
    cambia(notizia, referente_a, data=date(2024, 5, 1))
    approva_nel_flusso(notizia, referente_a, manager)
    assert not Evidenza.objects.exists()


def test_fact__to_come_waits_for_its_day_and_counts_on_it(notizia, referente_a, manager, monkeypatch):
    """The day of here: half an hour after midnight it is still the day before in UTC."""
    for giorno, ora, nate in ((9, 23, 0), (10, 0, 1), (11, 9, 1)):
        adesso = timezone.make_aware(datetime(2025, 6, giorno, ora, 30))
        monkeypatch.setattr("django.utils.timezone.now", lambda adesso=adesso: adesso)
        if giorno == 9:
            approva_nel_flusso(notizia, referente_a, manager)
        call_command("allinea", stdout=StringIO())
        assert Evidenza.objects.count() == nate


def test_daily_command__is_idempotent(notizia, referente_a, manager):
    approva_nel_flusso(notizia, referente_a, manager)
    prima = list(Evidenza.objects.values_list("pk", "versione"))
    for _ in range(2):
        call_command("allinea", stdout=StringIO())
    assert list(Evidenza.objects.values_list("pk", "versione")) == prima


def test_closed_programme__stays_as_it_was(notizia, referente_a, manager, programma):
    notizia = approva_nel_flusso(notizia, referente_a, manager)
    operazioni.chiudi_programma(programma, manager)
    notizia.unpublish(user=manager)
    assert Riconoscimento.objects.validi_al(timezone.now()).count() == 1


def test_taken_off_while_returned__stays_returned(notizia, manager, coordinamento):
    cambia(notizia, manager, sommario="Rivista").publish(user=manager)
    operazioni.restituisci(della(notizia), coordinamento, "Manca il luogo")
    NotiziaPage.objects.get(pk=notizia.pk).unpublish(user=manager)
    assert [(p.da, p.a) for p in della(notizia).passaggi.all()] == [("inviata", "da_integrare"), ("bozza", "inviata")]


def test_title_longer_than_an_evidence_holds__stops_there(notizia, referente_a, manager):
    cambia(notizia, referente_a, title="a" * 255)
    assert della(approva_nel_flusso(notizia, referente_a, manager)).titolo == "a" * 200
