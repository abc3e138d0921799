# ruff: noqa: F401, F811 (fixtures that two files share)
"""Nothing approved dies in silence: who takes it off is told before, and is written down."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from base.posta.operazioni import spedisci
from convenzioni import operazioni as convenzioni
from notizie.models import ComunicatoPage, NotiziaPage, PezzoProgrammato, SezioneNotiziePage
from organizzazioni.operazioni import approva_pagina
from programma import alimentazione, operazioni
from programma.alimentazione import Fatto, Provenienza
from programma.flusso import PassaggioNonAmmesso
from programma.models import Criterio, Evidenza, Passaggio, Riconoscimento

from .scene.approvata import IERI, comunicato, convenzione, nel_flusso, viva

pytestmark = pytest.mark.django_db


def messaggi(funzione, mailoutbox):
    """The mails that `funzione` makes leave, and no other."""
    spedisci(datetime.now(UTC))
    mailoutbox.clear()
    funzione()
    spedisci(datetime.now(UTC))
    return list(mailoutbox)


# Nothing approved dies in silence


@pytest.fixture
def registrato(pianifica, registra, criterio, manager):
    """A post recorded by the referent of A, whose evidence the manager approved."""
    pezzo = registra(pianifica(criterio=criterio("P1.2"), canale="mail"), destinatari="Le famiglie", url="")
    operazioni.approva(viva(pezzo), manager)
    return pezzo


def caduta_di(chi):
    passaggio = Passaggio.objects.filter(a="revocata").get()
    riga = Riconoscimento.objects.get()
    assert (passaggio.chi, riga.revocato_da, passaggio.caduta) == (chi, chi, True)
    return passaggio


@pytest.mark.parametrize("nome", ["annulla", "elimina"])
def test_plan__who_cancels_is_told_before_and_is_written_down(
    nel_2025, registrato, referente_a, manager, client_di, nome, mailoutbox
):
    client, indirizzo = client_di(referente_a), reverse(f"ped:{nome}", args=[registrato.pk])
    prima = client.get(indirizzo).content.decode()
    assert "Vale come evidenza" in prima and "P1.2" in prima
    partiti = messaggi(lambda: client.post(indirizzo), mailoutbox)
    caduta_di(referente_a)
    (messaggio,) = [m for m in partiti if m.to == [manager.email]]
    assert messaggio.subject.startswith("Revocata") and str(referente_a) in messaggio.body
    casa = client_di(manager).get("/admin/").content.decode()
    assert "Non contano più" in casa and str(referente_a) in casa


@pytest.mark.parametrize("come", ["unpublish", "delete"])
@pytest.mark.parametrize("insieme", [False, True])
def test_pages__who_takes_them_off_is_told_before_and_is_written_down(
    comunicato, manager, superutente, client_di, come, insieme
):
    client = client_di(superutente)
    indirizzo = reverse(f"wagtailadmin_pages:{come}", args=[comunicato.pk])
    if insieme:
        indirizzo = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', come])}?id={comunicato.pk}"
    prima = client.get(indirizzo).content.decode()
    assert "Vale come evidenza" in prima and "M6" in prima
    assert client.post(indirizzo, {"next": "/admin/"}).status_code == 302
    caduta_di(superutente)


def test_pages__out_of_the_editor_too_it_is_known_who(comunicato, manager, superutente):
    comunicato.unpublish(user=superutente)
    caduta_di(superutente)


def test_pages__the_section_taken_off_with_what_it_holds(comunicato, superutente, client_di):
    sezione = Page.objects.get(pk=comunicato.get_parent().pk)
    indirizzo = reverse("wagtailadmin_pages:unpublish", args=[sezione.pk])
    assert "M6" in client_di(superutente).get(indirizzo).content.decode()
    client_di(superutente).post(indirizzo, {"include_descendants": "on"})
    caduta_di(superutente)


def test_pages__what_expires_by_itself_has_no_name_but_is_known(comunicato, manager, mailoutbox):
    scade = {"set_expired": True, "log_action": "wagtail.unpublish.scheduled"}
    partiti = messaggi(lambda: comunicato.unpublish(**scade), mailoutbox)
    caduta_di(None)
    assert manager.email in {m.to[0] for m in partiti}


def test_published_without_the_criterion__it_is_written_who_took_it_away(comunicato, manager, superutente):
    bozza = comunicato.get_latest_revision_as_object()
    bozza.data = date(2024, 1, 1)
    bozza.save_revision(user=superutente).publish(user=superutente)
    caduta_di(superutente)


def test_convention__who_withdraws_it_is_told_before_and_is_written_down(convenzione, referente_a, manager, client_di):
    convenzioni.registra_firma(convenzione, referente_a, date(2025, 6, 10))
    operazioni.approva(viva(convenzione), manager)
    client = client_di(referente_a)
    pagina = client.get(reverse("convenzioni:convenzione", args=[convenzione.pk])).content.decode()
    assert "La convenzione vale come evidenza" in pagina and "P7.1" in pagina
    client.post(reverse("convenzioni:cessa", args=[convenzione.pk]), {"dal": "2025-06-01", "motivo": "Mai partita"})
    caduta_di(referente_a)


def test_plan__the_piece_that_empties_it(scrivi_piano, pianifica, referente_a, coordinamento, nel_2025, client_di):
    pezzo = pianifica("L'unico")
    piano = scrivi_piano()
    operazioni.approva(viva(piano), coordinamento)
    client, indirizzo = client_di(referente_a), reverse("ped:elimina", args=[pezzo.pk])
    assert "M7" in client.get(indirizzo).content.decode()
    client.post(indirizzo)
    assert not PezzoProgrammato.objects.exists()
    caduta_di(referente_a)


@pytest.mark.parametrize("come", ["sposta", "sposta-altrove", "annullato"])
def test_plan__a_piece_moved_out_of_the_year_is_read_before(
    scrivi_piano, pianifica, referente_a, coordinamento, nel_2025, client_di, come
):
    pezzo = pianifica("L'unico")
    evidenza = viva(scrivi_piano())
    operazioni.approva(evidenza, coordinamento)
    dati = {"giorno": "2026-01-02"}
    if come != "sposta":
        dati = {"titolo": "L'unico", "canale": "facebook", "data": "2025-10-10", "stato": pezzo.stato}
        dati |= {"organizzazione": pezzo.organizzazione_id}
        dati |= {"data": "2026-01-02"} if come == "sposta-altrove" else {"stato": "annullato"}
    client = client_di(referente_a)
    indirizzo = reverse("ped:sposta" if come == "sposta" else "ped:modifica", args=[pezzo.pk])
    prima = client.post(indirizzo, dati)
    assert prima.status_code == 200 and "Se vai avanti, non vale più" in prima.content.decode()
    pezzo.refresh_from_db()
    assert (pezzo.data, pezzo.stato) == (date(2025, 10, 10), PezzoProgrammato.Stato.IDEA)
    evidenza.refresh_from_db()
    assert evidenza.stato == "approvata"
    assert client.post(indirizzo, dati | {"anche_se_non_vale_piu": "1"}).status_code == 302
    caduta_di(referente_a)


def test_plan__moved_within_the_year_or_not_the_last_nothing_is_asked(
    scrivi_piano, pianifica, referente_a, nel_2025, client_di
):
    pezzo, piano = pianifica("L'unico"), scrivi_piano()
    indirizzo, client = reverse("ped:sposta", args=[pezzo.pk]), client_di(referente_a)
    assert client.post(indirizzo, {"giorno": "2025-11-02"}).status_code == 302
    pianifica("Un altro")
    assert client.post(indirizzo, {"giorno": "2026-01-02"}).status_code == 302
    assert viva(piano).stato == "inviata"


def test_editor__says_what_counts(comunicato, manager, client_di):
    pagina = client_di(manager).get(reverse("wagtailadmin_pages:edit", args=[comunicato.pk])).content.decode()
    assert "Vale come evidenza" in pagina and "non vale più finché qualcuno non la approva di nuovo" in pagina


def test_revocation__is_told_to_authors_organisation_and_managers(
    comunicato, manager, superutente, referente_a, mailoutbox
):
    partiti = messaggi(lambda: operazioni.revoca(viva(comunicato), superutente, "Doppia"), mailoutbox)
    assert {m.to[0] for m in partiti} == {referente_a.email, manager.email}
    assert all("revocata da" in m.body and "Doppia" in m.body for m in partiti)


def test_piece_of_a_referent__approved_in_the_workflow_stays_as_it_was(
    programma, organizzazione_a, referente_a, manager
):
    """What stood in the revision is approved with it, once and in the right name."""
    pagina = NotiziaPage(title="Letta", data=date(2025, 6, 10), owner=referente_a, live=False)
    SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=pagina)
    pagina.criteri_serviti = [Criterio.objects.get(programma=programma, codice="P1.2")]
    pagina.save_revision(user=referente_a)
    evidenza = viva(nel_flusso(pagina, referente_a, manager))
    assert (evidenza.stato, evidenza.inviata_da) == ("approvata", referente_a)
    assert [p.chi for p in evidenza.passaggi.all()] == [manager, referente_a]
