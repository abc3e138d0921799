"""Entries kept true: who confirms them, when they are asked, what the public reads meanwhile."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from base.solleciti import Passo, passo
from guide import freschezza, operazioni
from guide.models import Bisogno, ServizioPage, SezioneGuidaPage, Verifica, VoceGuida
from guide.redazione.collegamenti import CONFERMA
from guide.redazione.selettori import rapporto
from organizzazioni.operazioni import approva_pagina, pubblica_nuova

pytestmark = pytest.mark.django_db
OGGI = date(2026, 6, 1)
LETTA = re.compile(r'name="letta" value="([^"]*)"')


@pytest.fixture
def nuova_scheda():
    """Publish an entry that nobody of its body verified; `verificata` is how many days ago somebody did."""

    def nuova(titolo="Nido", di="asif-chimelli", verificata=None, bisogni=()):
        servizio = ServizioPage(title=titolo, sommario="In breve", natura="pubblico")
        servizio.bisogni = Bisogno.objects.filter(chiave__in=bisogni)
        pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave=di), servizio)
        if verificata is not None:
            quando = timezone.now() - timedelta(days=verificata)
            giorni = freschezza.intervallo([(b.giorni_verifica, None) for b in servizio.bisogni.all()])
            Verifica.objects.filter(servizio=servizio).update(
                verificata_il=quando, scade_il=timezone.localdate(quando) + timedelta(days=giorni)
            )
            operazioni.indicizza(ServizioPage.objects.get(pk=servizio.pk))
        return ServizioPage.objects.get(pk=servizio.pk)

    return nuova


@pytest.fixture
def sollecita(django_capture_on_commit_callbacks):
    """Run the reminders as of `giorni` from today."""

    def esegui(giorni=0):
        with django_capture_on_commit_callbacks(execute=True):
            return operazioni.sollecita(timezone.localdate() + timedelta(days=giorni))

    return esegui


def collegamento(messaggio):
    return re.search(r"http\S+(/guida/conferma/\S+/)", messaggio.body).group(1)


# When


@pytest.mark.parametrize(("bisogni", "giorni"), [
    ([], 180), ([(None, None)], 180), ([(90, 365)], 90), ([(None, 365)], 365), ([(None, 365), (30, None)], 30),
])
def test_interval__is_the_shortest_of_its_needs(bisogni, giorni):
    assert freschezza.intervallo(bisogni) == giorni


@pytest.mark.parametrize(("solleciti", "ultimo", "giorno", "persone", "atteso"), [
    (0, None, -1, True, None), (0, None, 0, True, Passo.SOLLECITO), (1, 0, 0, True, None), (1, 0, 13, True, None),
    (1, 0, 14, True, Passo.SOLLECITO), (2, 14, 28, True, Passo.SOLLECITO), (3, 28, 41, True, None),
    (3, 28, 42, True, Passo.AL_MANAGER), (4, 42, 400, True, None), (0, None, 0, False, Passo.AL_MANAGER),
    (1, 0, 30, False, Passo.AL_MANAGER),
])
def test_step__of_each_day(solleciti, ultimo, giorno, persone, atteso):
    quando = None if ultimo is None else OGGI + timedelta(days=ultimo)
    assert passo(OGGI, solleciti, quando, OGGI + timedelta(days=giorno), persone) is atteso


def test_interval__of_a_need_changed_by_the_manager_counts_at_once(client_di, manager, nuova_scheda):
    servizio = nuova_scheda(verificata=100, bisogni=["nido"])
    bisogno = Bisogno.objects.get(chiave="nido")
    dati = {"nome": bisogno.nome, "chiave": "nido", "ordine": 0, "padre": bisogno.padre_id, "giorni_verifica": 30}
    assert client_di(manager).post(reverse("bisogno:edit", args=[bisogno.pk]), dati).status_code == 302
    servizio.verifica.refresh_from_db()
    assert servizio.verifica.scade_il == timezone.localdate() - timedelta(days=70)
    assert VoceGuida.objects.get().scheda.da_verificare(timezone.localdate())


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
    assert VoceGuida.objects.get().scheda.verificata_il == timezone.localdate(revisione.created_at)


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
    assert VoceGuida.objects.get().scheda.nome == "Nido"


# Asking


def test_reminders__one_mail_for_each_person_with_a_link_for_each_entry(
    sollecita, mailoutbox, referente_a, referente_b, nuova_scheda
):
    nuova_scheda("Nido", verificata=181)
    nuova_scheda("Ludoteca")
    nuova_scheda("Fresca", verificata=10)
    nuova_scheda("Di B", di="cs4")
    esito = sollecita()
    assert {s.title for s in esito.sollecitate} == {"Nido", "Ludoteca", "Di B"}
    per_persona = {messaggio.to[0]: messaggio for messaggio in mailoutbox}
    assert set(per_persona) == {referente_a.email, referente_b.email} and len(mailoutbox) == 2
    sua = per_persona[referente_a.email]
    assert len(re.findall("/guida/conferma/", sua.body)) == 2 and "Di B" not in sua.body and "Fresca" not in sua.body
    assert len(re.findall("/guida/conferma/", sua.alternatives[0].content)) == 2


def test_reminders__twice_the_same_day_write_once(sollecita, mailoutbox, referente_a, nuova_scheda):
    nuova_scheda()
    sollecita()
    esito = sollecita()
    assert not esito.sollecitate and len(mailoutbox) == 1


def test_reminders__then_the_manager_then_the_public(client, sollecita, mailoutbox, referente_a, manager, nuova_scheda):
    servizio = nuova_scheda(verificata=180)
    destinatari = []
    for giorno in range(0, 100, 7):
        prima = len(mailoutbox)
        sollecita(giorno)
        destinatari += [(giorno, m.to[0]) for m in mailoutbox[prima:]]
    assert destinatari == [
        (0, referente_a.email), (14, referente_a.email), (28, referente_a.email), (42, manager.email),
    ]
    scheda = VoceGuida.objects.get(servizio=servizio).scheda
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
    assert len(esito.al_manager) == 2 and not esito.sollecitate
    assert [m.to for m in mailoutbox] == [[manager.email]]


def test_reminders__wait_while_a_change_waits(sollecita, referente_a, nuova_scheda):
    servizio = nuova_scheda()
    servizio.save_revision(user=referente_a)
    servizio.get_workflow().start(servizio, referente_a)
    assert not sollecita().sollecitate


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


# The link


@pytest.fixture
def link(sollecita, mailoutbox, referente_a, nuova_scheda):
    """The path of the link that the referent received, and its entry."""
    servizio = nuova_scheda(verificata=200)
    sollecita()
    return collegamento(mailoutbox[-1]), servizio


def conferma(percorso, **campi):
    pagina = Client().get(percorso)
    trovata = LETTA.search(pagina.content.decode())
    return Client().post(percorso, {"letta": trovata.group(1) if trovata else "", **campi})


def test_link__shows_what_the_public_reads_and_changes_nothing(link, referente_a):
    percorso, servizio = link
    servizio.title = "Titolo in bozza"
    servizio.save_revision(user=referente_a)
    prima = Verifica.objects.get().verificata_il
    for metodo in ("get", "head"):
        risposta = getattr(Client(), metodo)(percorso)
        assert risposta.status_code == 200 and not risposta.cookies
    html = Client().get(percorso).content.decode()
    assert "Nido" in html and "In breve" in html and "Titolo in bozza" not in html and "noindex" in html
    assert reverse("wagtailadmin_pages:edit", args=[servizio.pk]) in html
    assert Verifica.objects.get().verificata_il == prima


def test_link__confirms_without_signing_in_and_only_once(link, referente_a):
    percorso, _servizio = link
    risposta = conferma(percorso)
    assert risposta.status_code == 302 and not risposta.cookies
    assert Client().get(risposta.url).status_code == 200
    verifica = Verifica.objects.get()
    assert (verifica.verificata_da, verifica.modo) == (referente_a, "collegamento")
    for risposta in (Client().get(percorso), conferma(percorso)):
        assert risposta.status_code == 410
        assert "già confermata" in risposta.content.decode()
    verifica.refresh_from_db()
    assert Verifica.objects.get().verificata_il == verifica.verificata_il


def test_link__of_a_colleague_is_used_too(link, sollecita, nuovo_utente, organizzazione_a, mailoutbox, referente_a):
    collega = nuovo_utente("collega_a", organizzazione_a.gruppo.name)
    sollecita(14)
    altro = next(collegamento(m) for m in mailoutbox[1:] if m.to == [collega.email])
    conferma(link[0])
    assert Client().get(altro).status_code == 410


def test_link__expired_says_what_to_do(link, monkeypatch):
    adesso = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: adesso + 31 * 86400)
    risposta = Client().post(link[0])
    assert risposta.status_code == 410 and "scaduto" in risposta.content.decode()
    assert reverse("wagtailadmin_home") in risposta.content.decode()
    assert Verifica.objects.get().modo == ""


def test_link__tampered_is_not_found(link):
    percorso, _ = link
    for guasto in (percorso[:-3] + "/", percorso.replace("conferma/", "conferma/x"), "/guida/conferma/x/"):
        for risposta in (Client().get(guasto), Client().post(guasto)):
            assert risposta.status_code == 404 and "non è valido" in risposta.content.decode()
    assert Verifica.objects.get().modo == ""


def test_link__made_for_another_entry_confirms_only_that(link, nuova_scheda, referente_b):
    """A token says whose it is: the keys cannot be changed, and a person who is of another body confirms nothing."""
    altra = nuova_scheda("Di B", di="cs4")
    percorso, servizio = link
    conferma(percorso)
    assert Verifica.objects.get(servizio=altra).verificata_il is None
    gettone = CONFERMA.gettone(servizio.pk, referente_b.pk, stato=Verifica.objects.get(
        servizio=servizio).stato_del_collegamento)
    assert Client().post(reverse("guide:conferma", args=[gettone])).status_code == 404


@pytest.mark.parametrize("perde", ["account", "gruppo", "attiva"])
def test_link__of_who_no_longer_acts_for_the_body_is_dead(link, referente_a, organizzazione_a, perde):
    if perde == "account":
        referente_a.is_active = False
        referente_a.save()
    elif perde == "gruppo":
        referente_a.groups.clear()
    else:
        organizzazione_a.attiva = False
        organizzazione_a.save()
    assert conferma(link[0]).status_code == 404
    assert Verifica.objects.get().modo == ""


def test_link__of_an_entry_taken_off_or_changed_meanwhile(link, manager):
    percorso, servizio = link
    letta = LETTA.search(Client().get(percorso).content.decode()).group(1)
    servizio.sommario = "Cambiato dal manager"
    servizio.save_revision(user=manager).publish(user=manager)
    risposta = Client().post(percorso, {"letta": letta})
    assert risposta.status_code == 200 and "è cambiata mentre la leggevi" in risposta.content.decode()
    assert Verifica.objects.get().modo == ""
    ServizioPage.objects.get().unpublish()
    assert Client().get(percorso).status_code == 410


# The admin


def test_home__of_the_referent_confirms_with_one_click(client_di, referente_a, referente_b, nuova_scheda):
    servizio = nuova_scheda(verificata=200)
    client = client_di(referente_a)
    indirizzo = reverse("guida:conferma", args=[servizio.pk])
    assert indirizzo in client.get(reverse("wagtailadmin_home")).content.decode()
    assert indirizzo not in client_di(referente_b).get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(indirizzo).status_code == 200
    assert client_di(referente_b).post(indirizzo).status_code == 404
    casa = client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.post(indirizzo, {"letta": LETTA.search(casa).group(1)}).status_code == 302
    assert Verifica.objects.get().verificata_da == referente_a
    assert indirizzo not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("pagina", ["home", "scheda", "cura"])
def test_admin__confirms_only_the_version_that_was_read(client_di, referente_a, manager, nuova_scheda, pagina):
    servizio = nuova_scheda(verificata=200)
    client = client_di(manager if pagina == "cura" else referente_a)
    conferma = reverse("guida:conferma", args=[servizio.pk])
    da_leggere = {"home": reverse("wagtailadmin_home"), "scheda": conferma, "cura": reverse("guida:freschezza")}[pagina]
    letta = LETTA.search(client.get(da_leggere).content.decode()).group(1)
    prima = Verifica.objects.get().verificata_il
    revisione = servizio.live_revision  # published again with other words: the same revision, written over
    revisione.content["sommario"] = "Mai letto"
    revisione.save()
    revisione.publish()
    for dati in ({"letta": letta}, {"letta": ""}, {}):
        risposta = client.post(conferma, dati, follow=True)
        assert "è cambiata mentre la leggevi" in risposta.content.decode() and "Mai letto" in risposta.content.decode()
    assert Verifica.objects.get().verificata_il == prima
    riletta = LETTA.search(client.get(conferma).content.decode()).group(1)
    assert client.post(conferma, {"letta": riletta}).status_code == 302
    assert Verifica.objects.get().verificata_il > prima


def test_report__by_organisation_with_what_is_due(client_di, manager, nuova_scheda):
    nuova_scheda("Nido", verificata=10)
    nuova_scheda("Ludoteca", verificata=300)
    nuova_scheda("Di B", di="cs4")
    totale, righe = rapporto(timezone.localdate())
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
    fresca, dubbia, mai = nuova_scheda("Fresca", verificata=5), nuova_scheda("Dubbia", verificata=300), \
        nuova_scheda("Mai")
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
