# ruff: noqa: F401, F811 (fixtures that two files share)
"""One approval, really given: what was not read was not approved, what a person revoked only a person gives back."""

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


DECISIONE = Path(__file__).parent.parent / "docs/decisioni/0030-un-approvazione-data-davvero.md"


# Where each fact is approved


def test_every_source__is_in_the_decision_and_says_where_it_is_approved():
    righe = dict(re.findall(r"^\| `([\w.]+)` \|.*\| ([^|]+) \|$", DECISIONE.read_text(), re.MULTILINE))
    assert set(righe) == {*alimentazione.fonti(), *alimentazione.fonti_a_parte()}
    assert all(righe[fonte].startswith("a parte") for fonte in alimentazione.fonti_a_parte())


def test_a_source_that_nobody_registered__gives_no_evidence(programma, organizzazione_a):
    criterio = Criterio.objects.get(programma=programma, codice="P1.1")
    fatto, provenienza = Fatto(criterio, date(2025, 6, 1)), Provenienza(organizzazione_a, "Una")
    for apri in (
        lambda: alimentazione.allinea(organizzazione_a, [fatto], provenienza),
        lambda: alimentazione.offri(organizzazione_a, fatto, provenienza),
    ):
        with pytest.raises(ImproperlyConfigured, match="non è una fonte registrata"):
            apri()
    assert not Evidenza.objects.exists()


def test_signature_after_approval__is_decided_apart_for_who_wrote_it(convenzione, referente_a, manager, client_di):
    risposta = client_di(referente_a).post(
        reverse("convenzioni:firma", args=[convenzione.pk]), {"firmata_il": "2025-06-10"}
    )
    assert risposta.status_code == 302
    evidenza = viva(convenzione)
    assert (evidenza.stato, evidenza.inviata_da, evidenza.passaggi.get().chi) == ("inviata", referente_a, referente_a)
    assert not Riconoscimento.objects.exists()
    operazioni.approva(evidenza, manager)
    client_di(referente_a).post(reverse("convenzioni:firma", args=[convenzione.pk]), {"firmata_il": "2025-06-20"})
    evidenza.refresh_from_db()
    assert evidenza.stato == "revocata" and evidenza.passaggi.first().chi == referente_a
    assert (viva(convenzione).stato, viva(convenzione).data) == ("inviata", date(2025, 6, 20))
    assert not Riconoscimento.objects.filter(revocato_il=None).exists()


def test_signature_before_approval__is_decided_apart_all_the_same(nuova, referente_a, manager):
    pagina = nuova(live=False, **IERI)
    pagina.save_revision(user=referente_a)
    convenzioni.registra_firma(pagina, referente_a, date(2025, 6, 10))
    assert viva(nel_flusso(pagina, referente_a, manager)).stato == "inviata"


def test_signature_recorded_by_the_manager__is_not_for_them_to_decide(convenzione, manager, coordinamento):
    convenzioni.registra_firma(convenzione, manager, date(2025, 6, 10))
    evidenza = viva(convenzione)
    assert evidenza.inviata_da == manager and manager in evidenza.autori.all()
    with pytest.raises(PermissionDenied):
        operazioni.approva(evidenza, manager)
    assert operazioni.approva(evidenza, coordinamento).stato == "approvata"


def test_what_changes_out_of_the_revision__was_not_read(comunicato, manager):
    """A date written straight in the database, as a script would: the approver read another one."""
    ComunicatoPage.objects.filter(pk=comunicato.pk).update(data=date(2025, 7, 1))
    call_command("allinea", stdout=StringIO())
    evidenza = viva(comunicato)
    assert (evidenza.stato, evidenza.data) == ("inviata", date(2025, 7, 1))


def test_who_approved__decides_at_the_moment_when_they_did(
    programma, organizzazione_a, referente_a, manager, monkeypatch
):
    """A page with an hour of its own: approved today, it goes out and counts tomorrow."""
    domani = timezone.now() + timedelta(days=1)
    pagina = NotiziaPage(title="Domani", data=date(2025, 6, 10), owner=referente_a, live=False, go_live_at=domani)
    SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=pagina)
    pagina.criteri_serviti = [Criterio.objects.get(programma=programma, codice="P1.2")]
    pagina.save_revision(user=referente_a)
    nel_flusso(pagina, referente_a, manager)
    approvata_il = TaskState.objects.get(revision__object_id=str(pagina.pk)).finished_at
    monkeypatch.setattr(timezone, "now", lambda: domani + timedelta(hours=1))
    call_command("publish_scheduled", stdout=StringIO())
    riga = Riconoscimento.objects.get()
    assert (riga.deciso_da, riga.deciso_il) == (manager, approvata_il)
    assert riga.noto_dal == domani + timedelta(hours=1)
    assert not Riconoscimento.objects.validi_al(domani).exists()
    assert Riconoscimento.objects.validi_al(domani + timedelta(hours=2)).exists()


def test_who_read_the_one_before__reads_again(comunicato, manager, coordinamento):
    """A waiting evidence whose fact changes is another version: the decision on the one before is refused."""
    bozza = comunicato.get_latest_revision_as_object()
    bozza.data = date(2025, 7, 1)
    bozza.save_revision(user=manager).publish(user=manager)
    letta = viva(comunicato)
    bozza = ComunicatoPage.objects.get(pk=comunicato.pk)
    bozza.data = date(2025, 8, 1)
    bozza.save_revision(user=manager).publish(user=manager)
    with pytest.raises(PassaggioNonAmmesso, match="rileggila"):
        operazioni.approva(letta, coordinamento, versione=letta.versione)


def test_born_of_a_content__is_not_taken_back_alone(convenzione, referente_a):
    convenzioni.registra_firma(convenzione, referente_a, date(2025, 6, 10))
    with pytest.raises(PermissionDenied):
        operazioni.richiama(viva(convenzione), referente_a)


# What a person revoked


def ripubblica(pagina, autore, client):
    pagina.get_latest_revision().publish(user=autore)


def togli_e_rimetti(pagina, autore, client):
    pagina.unpublish(user=autore)
    pagina.get_latest_revision().publish(user=autore)


def dall_elenco(pagina, autore, client):
    indirizzo = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert client.post(f"{indirizzo}?id={pagina.pk}", {"next": "/admin/"}).status_code == 302


def a_tempo(pagina, autore, client):
    adesso = timezone.now()
    pagina.unpublish(user=autore)
    pagina.go_live_at = adesso + timedelta(hours=1)
    pagina.save_revision(user=autore).publish(user=autore)
    with pytest.MonkeyPatch.context() as orologio:
        orologio.setattr("django.utils.timezone.now", lambda: adesso + timedelta(hours=2))
        call_command("publish_scheduled", stdout=StringIO())


def riporta_la_versione(pagina, autore, client):
    prima = pagina.revisions.order_by("pk").first()
    pagina.title = "Altro titolo"
    pagina.save_revision(user=autore).publish(user=autore)
    prima.publish(user=autore, previous_revision=pagina.get_latest_revision())


def sposta(pagina, autore, client):
    altra = SezioneNotiziePage.objects.exclude(pk=pagina.get_parent().pk).first()
    pagina.move(altra, pos="last-child", user=autore)
    call_command("allinea", stdout=StringIO())
    ripubblica(ComunicatoPage.objects.get(pk=pagina.pk), autore, client)


def copia(pagina, autore, client):
    pagina.copy(update_attrs={"slug": "copia"}, keep_live=True, user=autore)
    call_command("allinea", stdout=StringIO())


def alias(pagina, autore, client):
    nuovo = pagina.create_alias(update_slug="alias", user=autore)
    indirizzo = reverse("wagtailadmin_pages:convert_alias", args=[nuovo.pk])
    assert client.post(indirizzo).status_code == 302
    call_command("allinea", stdout=StringIO())


def allinea(pagina, autore, client):
    call_command("allinea", stdout=StringIO())


def cambia_e_torna(pagina, autore, client):
    for giorno in (date(2025, 7, 1), date(2025, 6, 10)):
        bozza = ComunicatoPage.objects.get(pk=pagina.pk).get_latest_revision_as_object()
        bozza.data = giorno
        bozza.save_revision(user=autore).publish(user=autore)


STRADE = [
    ripubblica,
    togli_e_rimetti,
    dall_elenco,
    a_tempo,
    riporta_la_versione,
    sposta,
    copia,
    alias,
    allinea,
    cambia_e_torna,
]


@pytest.mark.parametrize("strada", STRADE, ids=lambda strada: strada.__name__)
def test_revoked_by_a_person__no_way_gives_it_back(comunicato, manager, client_di, strada):
    operazioni.revoca(viva(comunicato), manager, "Non riguarda il Distretto")
    strada(ComunicatoPage.objects.get(pk=comunicato.pk), manager, client_di(manager))
    assert not Evidenza.objects.filter(stato="approvata").exists()
    assert Riconoscimento.objects.count() == 1 and not Riconoscimento.objects.filter(revocato_il=None).exists()


def test_revoked__comes_back_by_who_approves_the_page_again_knowing_it(comunicato, manager, referente_a, client_di):
    operazioni.revoca(viva(comunicato), manager, "Non riguarda il Distretto")
    comunicato.title = "Un titolo che lo riguarda"
    comunicato.save_revision(user=referente_a)
    pagina = ComunicatoPage.objects.get(pk=comunicato.pk)
    pagina.get_workflow().start(pagina, referente_a)
    letta = client_di(manager).get(reverse("programma:pagina", args=[pagina.pk])).content.decode()
    assert "aveva detto di no" in letta and "Non riguarda il Distretto" in letta
    approva_pagina(ComunicatoPage.objects.get(pk=pagina.pk), manager)
    assert viva(comunicato).stato == "approvata"


def test_revoked_by_coordinamento__the_manager_who_wrote_it_does_not_give_it_back(
    distretto, manager, coordinamento, referente_a
):
    """The new words are the referent's, the fact is still the manager's: Coordinamento refused it."""
    pagina = ComunicatoPage(title="Del manager", data=date(2025, 6, 10), owner=manager, live=False)
    SezioneNotiziePage.objects.get(organizzazione=distretto).add_child(instance=pagina)
    pagina.save_revision(user=manager)
    pagina = nel_flusso(pagina, manager, coordinamento)
    operazioni.revoca(viva(pagina), coordinamento, "Non è stato mandato a nessuno")
    pagina.sommario = "Una virgola"
    pagina.save_revision(user=referente_a)
    pagina = nel_flusso(pagina, referente_a, manager)
    evidenza = viva(pagina)
    assert evidenza.stato == "inviata" and manager in evidenza.autori.all()
    assert list(Evidenza.objects.decidibili_da(manager)) == []
    assert list(Evidenza.objects.decidibili_da(coordinamento)) == [evidenza]


def test_move__does_not_touch_what_is_approved(comunicato, manager):
    prima = viva(comunicato)
    comunicato.move(SezioneNotiziePage.objects.exclude(pk=comunicato.get_parent().pk).first(), pos="last-child")
    call_command("allinea", stdout=StringIO())
    assert viva(comunicato).pk == prima.pk and viva(comunicato).versione == prima.versione
