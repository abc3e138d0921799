"""Conventions as time passes: what feeds the score, who is reminded before the end, the renewal."""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse

from convenzioni import operazioni
from convenzioni.models import ConvenzionePage, Promemoria
from organizzazioni.operazioni import approva_pagina
from programma.models import Evidenza
from programma.operazioni import approva

from .scene.convenzioni import OGGI, elenco, tra

pytestmark = pytest.mark.django_db

# The score


def in_workflow(convenzione, autore, chi):
    convenzione.save_revision(user=autore)
    convenzione.get_workflow().start(convenzione, autore)
    approva_pagina(ConvenzionePage.objects.get(pk=convenzione.pk), chi)
    return ConvenzionePage.objects.get(pk=convenzione.pk)


NEL_2025 = {"valida_dal": date(2025, 6, 1), "valida_fino_al": date(2027, 5, 31)}


def test_score__a_new_convention_counts_when_it_is_active(nuova, referente_a, manager):
    convenzione = in_workflow(nuova(live=False, **NEL_2025), referente_a, manager)
    assert not Evidenza.objects.exists()
    operazioni.registra_firma(convenzione, referente_a, date(2025, 6, 10))
    evidenza = Evidenza.objects.get()
    assert (evidenza.stato, evidenza.data) == ("inviata", date(2025, 6, 10))
    assert [c.codice for c in evidenza.criteri.all()] == ["P7.1"]
    approva(evidenza, manager)
    call_command("allinea", stdout=io.StringIO())
    assert Evidenza.objects.count() == 1
    operazioni.cessa(convenzione, referente_a, date(2026, 1, 1), "Chiude")
    assert Evidenza.objects.get().stato == "approvata"


def test_score__a_renewal_and_what_never_began_do_not_count(nuova, referente_a, manager):
    rinnovo = in_workflow(nuova("R", live=False, rinnovo=True, **NEL_2025), referente_a, manager)
    operazioni.registra_firma(rinnovo, referente_a, date(2025, 6, 10))
    mai = in_workflow(nuova("M", live=False, **NEL_2025), referente_a, manager)
    operazioni.cessa(mai, referente_a, date(2025, 5, 1), "Ripensamento")
    operazioni.registra_firma(mai, referente_a, date(2025, 4, 1))
    altro_anno = in_workflow(nuova("A", live=False, valida_dal=date(2024, 6, 1)), referente_a, manager)
    operazioni.registra_firma(altro_anno, referente_a, date(2024, 6, 1))
    assert not Evidenza.objects.exists()


# Reminders and renewal


def promemoria(oggi):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return operazioni.manda_promemoria(oggi)


def test_reminders__at_sixty_thirty_and_seven_days_once_each(nuova, referente_a, manager, referente_b):
    nuova(firmata=tra(-1), valida_fino_al=tra(100))
    nuova("Proposta", valida_fino_al=tra(100))
    assert not promemoria(tra(39))
    for giorno, soglia in ((40, 60), (71, 30), (93, 7)):
        assert [p.soglia for p in promemoria(tra(giorno))] == [soglia]
        assert not promemoria(tra(giorno)) and not promemoria(tra(giorno + 1))
        assert {m.to[0] for m in mail.outbox} == {referente_a.email, manager.email}
        assert "In scadenza: Dentista" in mail.outbox[-1].subject
        mail.outbox.clear()
    assert Promemoria.objects.count() == 3


def test_reminders__late_send_only_the_nearest(nuova, referente_a):
    nuova(firmata=tra(-1), valida_fino_al=tra(5))
    assert [p.soglia for p in promemoria(OGGI())] == [7]
    assert not promemoria(tra(1))


def test_reminders__of_a_tacit_renewal_come_again_every_year(nuova, referente_a):
    convenzione = nuova(firmata=date(2024, 1, 1), valida_dal=date(2024, 1, 1), valida_fino_al=date(2024, 12, 31))
    ConvenzionePage.objects.filter(pk=convenzione.pk).update(rinnovo_tacito=True, preavviso=30)
    for anno in 2024, 2025, 2026:
        ultimo = date(anno, 12, 1)
        assert not promemoria(ultimo - timedelta(days=61))
        for giorni, soglia in (60, 60), (30, 30), (7, 7):
            mandati = promemoria(ultimo - timedelta(days=giorni))
            assert [(p.scadenza, p.soglia) for p in mandati] == [(date(anno, 12, 31), soglia)]
        assert not promemoria(ultimo) and not promemoria(ultimo + timedelta(days=1))


def test_reminders__one_that_was_missed_is_sent_on_the_last_day_for_withdrawing(nuova, referente_a):
    convenzione = nuova(firmata=date(2024, 1, 1), valida_dal=date(2024, 1, 1), valida_fino_al=date(2024, 12, 31))
    ConvenzionePage.objects.filter(pk=convenzione.pk).update(rinnovo_tacito=True, preavviso=30)
    assert [p.soglia for p in promemoria(date(2025, 12, 1))] == [7]
    assert not promemoria(date(2025, 12, 2))


def test_reminders__command_tries_first(nuova, referente_a):
    nuova(firmata=tra(-1), valida_fino_al=tra(5))
    for argomenti, detto, quanti in (["--dry-run"], "da mandare: 1", 0), ([], "mandati: 1", 1), ([], "mandati: 0", 1):
        uscita = io.StringIO()
        call_command("avvisa_scadenze", *argomenti, stdout=uscita)
        assert detto in uscita.getvalue() and Promemoria.objects.count() == quanti


def test_renewal__is_a_draft_that_follows(client, client_di, referente_a, nuova):
    vecchia = nuova(firmata=tra(-400), valida_dal=date(2025, 3, 1), valida_fino_al=date(2027, 2, 28), comuni=["Tenna"])
    risposta = client_di(referente_a).post(reverse("convenzioni:rinnova", args=[vecchia.pk]))
    nuovo = ConvenzionePage.objects.get(precedente=vecchia)
    assert risposta["Location"] == reverse("wagtailadmin_pages:edit", args=[nuovo.pk])
    assert (nuovo.valida_dal, nuovo.valida_fino_al) == (date(2027, 3, 1), date(2029, 2, 28))
    assert nuovo.rinnovo and not nuovo.live and not hasattr(nuovo, "accordo") and nuovo.slug == "dentista-2027"
    assert [o.su for o in nuovo.offerte.all()] == ["le cure"] and nuovo.luoghi.count() == 1
    bozza = nuovo.get_latest_revision_as_object()
    assert bozza.valida_dal == date(2027, 3, 1) and bozza.precedente_id == vecchia.pk and bozza.rinnovo
    client_di(referente_a).post(reverse("convenzioni:rinnova", args=[vecchia.pk]))
    assert ConvenzionePage.objects.count() == 2 and elenco(client) == ["Dentista"]


def test_renewal__is_not_written_by_who_only_reads(coordinamento, nuova):
    with pytest.raises(PermissionDenied):
        operazioni.rinnova(nuova(), coordinamento)
