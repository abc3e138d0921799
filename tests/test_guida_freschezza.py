"""Entries kept true: who confirms them, when they are asked, what the public reads meanwhile."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cura.freschezza import rapporto
from cura.registro import cura_di
from cura.solleciti import Passo, passo
from guide import freschezza, operazioni
from guide.models import Bisogno, ServizioPage, Verifica
from organizzazioni.operazioni import approva_pagina

pytestmark = pytest.mark.django_db
OGGI = date(2026, 6, 1)


# When


@pytest.mark.parametrize(
    ("bisogni", "giorni"),
    [
        ([], 180),
        ([(None, None)], 180),
        ([(90, 365)], 90),
        ([(None, 365)], 365),
        ([(None, 365), (30, None)], 30),
    ],
)
def test_interval__is_the_shortest_of_its_needs(bisogni, giorni):
    assert freschezza.intervallo(bisogni) == giorni


@pytest.mark.parametrize(
    ("solleciti", "ultimo", "giorno", "persone", "atteso"),
    [
        (0, None, -1, True, None),
        (0, None, 0, True, Passo.SOLLECITO),
        (1, 0, 0, True, None),
        (1, 0, 13, True, None),
        (1, 0, 14, True, Passo.SOLLECITO),
        (2, 14, 28, True, Passo.SOLLECITO),
        (3, 28, 41, True, None),
        (3, 28, 42, True, Passo.AL_MANAGER),
        (4, 42, 400, True, None),
        (0, None, 0, False, Passo.AL_MANAGER),
        (1, 0, 30, False, Passo.AL_MANAGER),
    ],
)
def test_step__of_each_day(solleciti, ultimo, giorno, persone, atteso):
    quando = None if ultimo is None else OGGI + timedelta(days=ultimo)
    assert passo(OGGI, solleciti, quando, OGGI + timedelta(days=giorno), persone) is atteso


def test_interval__of_a_need_changed_by_the_manager_counts_at_once(
    client_di, manager, nuova_scheda, django_capture_on_commit_callbacks
):
    servizio = nuova_scheda(verificata=100, bisogni=["nido"])
    bisogno = Bisogno.objects.get(chiave="nido")
    dati = {"nome": bisogno.nome, "chiave": "nido", "ordine": 0, "padre": bisogno.padre_id, "giorni_verifica": 30}
    with django_capture_on_commit_callbacks(execute=True):
        assert client_di(manager).post(reverse("bisogno:edit", args=[bisogno.pk]), dati).status_code == 302
    servizio.verifica.refresh_from_db()
    assert servizio.verifica.scade_il == timezone.localdate() - timedelta(days=70)
    assert cura_di(ServizioPage).voci.get().scheda.da_verificare(timezone.localdate())


# Who confirms


def test_publication__of_what_the_organisation_wrote_is_a_verification(referente_a, manager, nuova_scheda):
    servizio = nuova_scheda()
    assert servizio.verifica.verificata_il is None
    servizio.sommario = "Corretto"
    revisione = servizio.save_revision(user=referente_a)
    servizio.get_workflow().start(servizio, referente_a)
    approva_pagina(ServizioPage.objects.get(pk=servizio.pk), manager)
    verifica = Verifica.objects.get(servizio=servizio)
    assert (verifica.verificata_da, verifica.modo) == (referente_a, "pubblicazione")
    assert verifica.verificata_il == revisione.created_at
    assert cura_di(ServizioPage).voci.get().scheda.verificata_il == timezone.localdate(revisione.created_at)


def test_publication__by_others_or_of_a_draft_only_changes_nothing(manager, referente_a, referente_b, nuova_scheda):
    servizio = nuova_scheda(verificata=100)
    prima = servizio.verifica.verificata_il
    for autore in (manager, referente_b, None):
        servizio.save_revision(user=autore).publish(user=manager)
        assert Verifica.objects.get(servizio=servizio).verificata_il == prima
    servizio.save_revision(user=referente_a)
    assert Verifica.objects.get(servizio=servizio).verificata_il == prima


def test_publication__of_an_older_version_does_not_go_back(referente_a, manager, nuova_scheda):
    servizio = nuova_scheda()
    vecchia = servizio.save_revision(user=referente_a)
    operazioni.conferma(servizio, manager)
    confermata = Verifica.objects.get(servizio=servizio)
    vecchia.publish(user=manager)
    assert Verifica.objects.get(servizio=servizio).verificata_il == confermata.verificata_il


def test_confirm__is_of_the_organisation_and_the_manager(
    referente_a, referente_b, manager, coordinamento, acs, nuova_scheda
):
    servizio = nuova_scheda(verificata=200)
    for estraneo in (referente_b, coordinamento, acs):
        with pytest.raises(PermissionDenied):
            operazioni.conferma(servizio, estraneo)
    operazioni.conferma(servizio, referente_a)
    verifica = Verifica.objects.get(servizio=servizio)
    assert verifica.verificata_da == referente_a and verifica.solleciti == 0
    assert verifica.scade_il == timezone.localdate() + timedelta(days=180)
    assert PageLogEntry.objects.filter(page=servizio.pk, action="guide.verifica", user=referente_a).exists()
    operazioni.conferma(servizio, manager)
    ServizioPage.objects.get(pk=servizio.pk).unpublish()
    with pytest.raises(PermissionDenied):
        operazioni.conferma(ServizioPage.objects.get(pk=servizio.pk), referente_a)


def test_confirm__never_publishes_the_draft(referente_a, nuova_scheda):
    servizio = nuova_scheda()
    servizio.title = "Titolo in bozza"
    servizio.save_revision(user=referente_a)
    operazioni.conferma(servizio, referente_a)
    assert cura_di(ServizioPage).voci.get().scheda.nome == "Nido"


# Asking


def test_reminders__one_mail_for_each_person_with_a_link_for_each_entry(
    sollecita, mailoutbox, referente_a, referente_b, nuova_scheda
):
    nuova_scheda("Nido", verificata=181)
    nuova_scheda("Ludoteca")
    nuova_scheda("Fresca", verificata=10)
    nuova_scheda("Di B", di="cs4")
    esito = sollecita()
    assert {dovuta.pagina.title for dovuta in esito.chieste} == {"Nido", "Ludoteca", "Di B"}
    per_persona = {messaggio.to[0]: messaggio for messaggio in mailoutbox}
    assert set(per_persona) == {referente_a.email, referente_b.email} and len(mailoutbox) == 2
    sua = per_persona[referente_a.email]
    assert len(re.findall("/guida/conferma/", sua.body)) == 2 and "Di B" not in sua.body and "Fresca" not in sua.body
    assert len(re.findall("/guida/conferma/", sua.alternatives[0].content)) == 2


def test_reminders__twice_the_same_day_write_once(sollecita, mailoutbox, referente_a, nuova_scheda):
    nuova_scheda()
    sollecita()
    esito = sollecita()
    assert not esito.chieste and len(mailoutbox) == 1


def test_reminders__then_the_manager_then_the_public(client, sollecita, mailoutbox, referente_a, manager, nuova_scheda):
    servizio = nuova_scheda(verificata=180)
    destinatari = []
    for giorno in range(0, 100, 7):
        prima = len(mailoutbox)
        sollecita(giorno)
        destinatari += [(giorno, m.to[0]) for m in mailoutbox[prima:]]
    assert destinatari == [
        (0, referente_a.email),
        (14, referente_a.email),
        (28, referente_a.email),
        (42, manager.email),
    ]
    scheda = cura_di(ServizioPage).voci.get(pagina=servizio).scheda
    assert not scheda.da_verificare(timezone.localdate() + timedelta(days=55))
    assert scheda.da_verificare(timezone.localdate() + timedelta(days=56))


def test_reminders__of_a_body_without_people_go_to_the_manager(
    sollecita, mailoutbox, manager, referente_b, nuova_scheda
):
    nuova_scheda()
    referente_b.is_active = False
    referente_b.save()
    nuova_scheda("Di B", di="cs4")
    esito = sollecita()
    assert len(esito.senza_risposta) == 2 and not esito.chieste
    assert [m.to for m in mailoutbox] == [[manager.email]]


def test_reminders__wait_while_a_change_waits(sollecita, referente_a, nuova_scheda):
    servizio = nuova_scheda()
    servizio.save_revision(user=referente_a)
    servizio.get_workflow().start(servizio, referente_a)
    assert not sollecita().chieste


def test_ask_now__once_a_day_and_not_of_what_is_being_corrected(
    client_di, django_capture_on_commit_callbacks, mailoutbox, referente_a, referente_b, manager, nuova_scheda
):
    scheda = nuova_scheda(verificata=1)
    chiedi = reverse("guida:chiedi", args=[scheda.pk])
    assert chiedi in client_di(manager).get(reverse("guida:conferma", args=[scheda.pk])).content.decode()
    assert client_di(referente_b).post(chiedi).status_code == 404
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client_di(manager).post(chiedi)
    assert [m.to for m in mailoutbox] == [[referente_a.email]] and "/guida/conferma/" in mailoutbox[0].body
    assert PageLogEntry.objects.filter(page=scheda.pk, action="guide.chiedi", user=manager).count() == 1
    assert Verifica.objects.get().solleciti == 0
    domani = timezone.localdate() + timedelta(days=1)
    with pytest.raises(PermissionDenied):
        operazioni.chiedi_conferma(scheda, referente_b, domani)
    scheda.save_revision(user=referente_a)
    scheda.get_workflow().start(scheda, referente_a)
    with pytest.raises(ValidationError, match="in correzione"):
        operazioni.chiedi_conferma(scheda, manager, domani)
    scheda.current_workflow_state.cancel(user=manager)
    referente_a.groups.clear()
    with pytest.raises(ValidationError, match="non ha persone"):
        operazioni.chiedi_conferma(scheda, manager, domani)


def test_command__dry_run_says_and_writes_nothing(mailoutbox, referente_a, nuova_scheda):
    nuova_scheda()
    uscita = io.StringIO()
    call_command("verifiche", "--dry-run", stdout=uscita)
    assert "Nido" in uscita.getvalue() and not mailoutbox
    assert Verifica.objects.get().solleciti == 0
    call_command("verifiche", stdout=io.StringIO())
    assert Verifica.objects.get().solleciti == 1


def test_command__makes_the_rows_of_entries_published_before(referente_a, nuova_scheda):
    nuova_scheda()
    Verifica.objects.all().delete()
    call_command("verifiche", stdout=io.StringIO())
    assert Verifica.objects.get().solleciti == 1


def test_reminders__cost_the_same_with_many_entries(referente_a, nuova_scheda):
    def query(quante):
        for n in range(quante):
            nuova_scheda(f"Servizio {quante} {n}")
        operazioni.aggiorna_scadenze()
        with CaptureQueriesContext(connection) as lette:
            operazioni.sollecita(timezone.localdate())
        return len(lette)

    assert query(1) == query(12)


# The report


def test_report__by_organisation_with_what_is_due(client_di, manager, nuova_scheda):
    nuova_scheda("Nido", verificata=10)
    nuova_scheda("Ludoteca", verificata=300)
    nuova_scheda("Di B", di="cs4")
    totale, righe = rapporto(cura_di(ServizioPage), timezone.localdate())
    assert (totale.schede, totale.verificate, totale.da_verificare, totale.percentuale) == (3, 1, 1, 33)
    assert [(str(r.organizzazione), r.percentuale) for r in righe] == [("Cooperativa CS4", 0), ("ASIF Chimelli", 50)]
    html = client_di(manager).get(reverse("guida:freschezza")).content.decode()
    assert "33% verificate" in html and "Ludoteca" in html and "Di B" in html
    filtrata = client_di(manager).get(reverse("guida:freschezza"), {"organizzazione": "cs4"}).content.decode()
    assert "Di B" in filtrata and "Ludoteca" not in filtrata
    for formato in ("csv", "xlsx", "boh"):
        risposta = client_di(manager).get(reverse("guida:freschezza_esporta"), {"formato": formato})
        assert risposta.status_code == (302 if formato == "boh" else 200)
    csv = client_di(manager).get(reverse("guida:freschezza_esporta")).content.decode("utf-8-sig")
    assert "ASIF Chimelli;2;1;50;1;1" in csv and "Tutta la guida;3;1;33;2;1" in csv


def test_report__costs_the_same_with_many_entries(client_di, manager, nuova_scheda):
    client = client_di(manager)

    def query():
        with CaptureQueriesContext(connection) as lette:
            assert client.get(reverse("guida:freschezza")).status_code == 200
        return len(lette)

    nuova_scheda()
    query()
    con_una = query()
    for n in range(12):
        nuova_scheda(f"Servizio {n}")
    assert query() == con_una


# The public


def test_public__reads_when_and_from_when_it_is_in_doubt(client, nuova_scheda):
    fresca, dubbia, mai = (
        nuova_scheda("Fresca", verificata=5),
        nuova_scheda("Dubbia", verificata=300),
        nuova_scheda("Mai"),
    )
    assert "Verificato il" in client.get(fresca.url).content.decode()
    html = client.get(dubbia.url).content.decode()
    assert "Da verificare" in html and "senti il servizio" in html
    assert "Verificato il" not in client.get(mai.url).content.decode()
    elenco = client.get("/family-guide/").content.decode()
    assert elenco.count("Da verificare") == 1


def test_public__page_has_the_way_to_report_and_costs_no_more(client, nuova_scheda):
    servizio = nuova_scheda(verificata=300)
    assert reverse("guide:errore", args=[servizio.pk]) in client.get(servizio.url).content.decode()
    assert reverse("guide:proponi") + "?nome=zzzz" in client.get("/family-guide/", {"q": "zzzz"}).content.decode()
