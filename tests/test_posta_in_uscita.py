"""The outbox: mails are kept with the decision, leave by the worker at most once, and are shown if they do not."""

import io
import smtplib
import socket
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from base import posta
from base.compiti import metti_in_coda
from base.models import MessaggioInUscita
from base.posta import Esterno, operazioni, spedisci_dopo
from base.posta.operazioni import CONSERVA, PERSA, RIPROVE
from base.tasks import spedisci_posta
from notizie.models import Iscritto
from notizie.newsletter import operazioni as newsletter
from tests.posta import server_di_posta

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"
CODA = {"lenti": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def server(settings):
    settings.POSTA_BACKEND = SMTP
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    with server_di_posta() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server


@pytest.fixture
def giu(settings):
    """A mail server that is not there."""
    settings.POSTA_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1


def scrivi(*persone, oggetto="Approvata: il nido"):
    spedisci_dopo(persone, "organizzazioni/email/invito", oggetto, {"indirizzo": "https://portale.example.org/"})
    return MessaggioInUscita.objects.last()


def unico():
    return MessaggioInUscita.objects.get()


def test_message__is_kept_or_lost_with_the_decision(referente_a):
    with pytest.raises(RuntimeError), transaction.atomic():
        scrivi(referente_a)
        raise RuntimeError
    assert not MessaggioInUscita.objects.exists()
    assert scrivi(referente_a).stato == "attesa" and not mail.outbox


def test_message__that_left_leaves_no_row_and_no_address(referente_a, server):
    scrivi(referente_a)
    assert operazioni.spedisci() is None
    assert server.indirizzi() == [referente_a.email] and not MessaggioInUscita.objects.exists()
    messaggio = server.ricevuti[0][1]
    assert messaggio["Subject"] == "Approvata: il nido" and messaggio["Auto-Submitted"] == "auto-generated"
    assert [parte.get_content_type() for parte in messaggio.iter_parts()] == ["text/plain", "text/html"]


def test_who_is_not_active_or_has_no_address__is_not_written_to(referente_a, referente_b):
    referente_a.email, referente_b.is_active = "", False
    assert scrivi(referente_a, referente_b) is None
    with posta.senza_posta():
        assert scrivi(Esterno("x@example.org")) is None


def test_any_mail_of_django__passes_by_the_outbox(settings, manager, client, server):
    settings.EMAIL_BACKEND = "base.posta.backend.PostaInUscita"
    assert send_mail("Ciao", "Testo", None, ["a@example.org", "b@example.org"], html_message="<p>Testo</p>") == 1
    assert not server.ricevuti and unico().a_chi == "a@example.org, b@example.org"
    operazioni.spedisci()
    assert server.ricevuti[0][1]["To"] == "a@example.org, b@example.org"
    client.post(reverse("wagtailadmin_password_reset"), {"email": manager.email})
    assert unico().email == manager.email
    assert len(server.ricevuti) == 1, "nobody waited for the server"
    operazioni.spedisci()
    assert server.indirizzi()[-1] == manager.email


def test_message__is_made_again_as_it_was(settings):
    settings.EMAIL_BACKEND = "base.posta.backend.PostaInUscita"
    com_era = EmailMultiAlternatives(
        "Oggetto", "Perché", "Chi <da@example.org>", ["a@example.org"], ["n@example.org"], cc=["c@example.org"],
        reply_to=["r@example.org"], headers={"X-Prova": "sì"},
    )  # fmt: skip
    com_era.attach_alternative("<p>Perché</p>", "text/html")
    com_era.attach("dati.bin", b"\x00\xff", "application/octet-stream")
    com_era.send()
    operazioni.spedisci()
    (uscito,) = mail.outbox
    for campo in ("subject", "body", "from_email", "to", "bcc", "cc", "reply_to", "extra_headers"):
        assert getattr(uscito, campo) == getattr(com_era, campo), campo
    assert uscito.attachments[0][:2] == ("dati.bin", b"\x00\xff") and uscito.alternatives[0][0] == "<p>Perché</p>"


def test_server_that_is_down__is_tried_later_and_later_then_the_manager_decides(referente_a, referente_b, giu):
    scrivi(referente_a)
    for n, attesa in enumerate(RIPROVE, start=1):
        adesso = timezone.now()
        assert abs(operazioni.spedisci() - adesso - attesa) < timedelta(seconds=5)
        assert (unico().stato, unico().tentativi, unico().errore) == ("attesa", n, "il server di posta non risponde")
        assert operazioni.spedisci() is not None and unico().tentativi == n, "not before its time"
        MessaggioInUscita.objects.update(riprova_dal=adesso)
    scrivi(referente_b)
    assert operazioni.spedisci() is not None
    assert [m.stato for m in MessaggioInUscita.objects.all()] == ["fallito", "attesa"]
    assert sum(RIPROVE, timedelta()) < timedelta(days=1)


def test_refusals__temporary_are_tried_again_and_lasting_ones_are_shown(referente_a, referente_b, manager, server):
    server.risposte = {referente_a.email: "550 5.1.1 unknown", referente_b.email: "451 4.7.1 later"}
    scrivi(referente_a, referente_b, manager)
    assert operazioni.spedisci() > timezone.now()
    fallito, attesa = MessaggioInUscita.objects.all()
    assert (fallito.stato, fallito.errore) == ("fallito", "il server di posta l'ha rifiutato (550 5.1.1)")
    assert (attesa.stato, attesa.tentativi) == ("attesa", 1) and server.indirizzi() == [manager.email]
    assert attesa.contenuto["extra_headers"]["Message-ID"]


def test_server_that_refuses_our_login__counts_as_down(referente_a, server, monkeypatch):
    def rifiuta(*args, **kwargs):
        raise smtplib.SMTPSenderRefused(530, b"5.7.0 log in", "portale@example.org")

    monkeypatch.setattr(smtplib.SMTP, "sendmail", rifiuta)
    scrivi(referente_a)
    operazioni.spedisci()
    assert (unico().stato, unico().tentativi) == ("attesa", 1)


def test_server_that_hangs_up__leaves_a_doubt_that_nobody_repeats_but_a_person(referente_a, manager, server, client_di):
    server.appende = {referente_a.email}
    scrivi(referente_a, manager)
    operazioni.spedisci()
    assert unico().in_dubbio
    operazioni.spedisci(timezone.now() + timedelta(days=2))
    assert sorted(server.indirizzi()) == sorted([referente_a.email, manager.email]), "once each"
    server.appende = set()
    client_di(manager).post(reverse("posta:rispedisci", args=[unico().pk]))
    operazioni.spedisci()
    assert server.indirizzi().count(referente_a.email) == 2 and not MessaggioInUscita.objects.exists()


def test_worker_that_dies_with_a_message_in_its_hands__leaves_it_in_doubt(referente_a, monkeypatch, server):
    scrivi(referente_a)
    monkeypatch.setattr(operazioni, "_spedisci_uno", lambda riga, connessione: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        operazioni.spedisci()
    monkeypatch.undo()
    assert unico().stato == "in_corso"
    assert operazioni.spedisci() > timezone.now() + PERSA / 2, "it comes back to look"
    operazioni.spedisci(timezone.now() + PERSA + timedelta(seconds=1))
    assert unico().in_dubbio and not server.ricevuti


def test_two_workers__never_take_the_same(referente_a):
    riga = scrivi(referente_a)
    assert operazioni._prendi(riga) and not operazioni._prendi(riga)


def test_no_request__waits_for_a_server_that_hangs(
    settings, referente_a, manager, client, monkeypatch, django_capture_on_commit_callbacks
):
    settings.TASKS = {**settings.TASKS, **CODA}
    settings.EMAIL_BACKEND, settings.POSTA_BACKEND = "base.posta.backend.PostaInUscita", SMTP
    settings.EMAIL_TIMEOUT = 0.5
    with socket.create_server(("127.0.0.1", 0)) as muto:  # it accepts, and never says a word
        settings.EMAIL_HOST, settings.EMAIL_PORT = muto.getsockname()
        inizio = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            scrivi(referente_a, manager)
        client.post(reverse("wagtailadmin_password_reset"), {"email": manager.email})
        assert time.monotonic() - inizio < 0.4
        assert DBTaskResult.objects.filter(status="READY").count() == 1, "asked for once, for all of them"
        monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
        call_command("db_worker", "--backend=lenti", "--batch", "--no-startup-delay", "--no-reload", verbosity=0)
    assert {m.tentativi for m in MessaggioInUscita.objects.all()} == {1}
    assert DBTaskResult.objects.get(status="READY").run_after > timezone.now(), "and it comes back by itself"


def test_task__is_asked_for_once_by_its_hour(settings):
    settings.TASKS = {**settings.TASKS, **CODA}
    domani = timezone.now() + timedelta(days=1)
    for quando in (domani, domani + timedelta(hours=1), None, None):
        metti_in_coda(spedisci_posta, quando)
    assert DBTaskResult.objects.count() == 2


def test_text_that_cannot_be_written__does_not_undo_the_decision_and_is_shown(referente_a, manager, client_di, caplog):
    with transaction.atomic():
        spedisci_dopo([referente_a], "non/esiste", "Approvata: il nido", {})
    with pytest.raises(TemplateDoesNotExist):
        posta._scrivi(referente_a, "non/esiste", "x", {})
    assert unico().senza_testo and referente_a.email not in caplog.text
    casa = client_di(manager).get(reverse("wagtailadmin_home")).content.decode()
    assert "Avvisa tu" in casa and reverse("posta:rispedisci", args=[unico().pk]) not in casa
    assert operazioni.rispedisci(MessaggioInUscita.objects.all()) == 0


def test_manager__reads_what_did_not_leave_and_sends_it_again(
    manager, referente_a, client_di, server, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    casa = reverse("wagtailadmin_home")
    assert "Avvisi non partiti" not in client_di(manager).get(casa).content.decode()
    for n in range(7):
        scrivi(referente_a, oggetto=f"Approvata: nido {n}")
    scrivi(Esterno("segreto@example.org"))
    MessaggioInUscita.objects.update(stato="fallito", errore="il server di posta non risponde")
    testo = client_di(manager).get(casa).content.decode()
    assert f"La decisione vale; l&#x27;avviso a {referente_a} non è partito" in testo or (
        f"La decisione vale; l'avviso a {referente_a} non è partito" in testo
    )
    assert "nido 4" in testo and "nido 5" not in testo and "Avvisi non partiti" in testo
    elenco = client_di(manager).get(reverse("posta:elenco")).content.decode()
    assert "nido 6" in elenco and "un indirizzo esterno" in elenco and "segreto@" not in elenco
    client = client_di(manager)
    client.post(reverse("posta:togli", args=[MessaggioInUscita.objects.last().pk]))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("posta:rispedisci_tutti"))
    assert len(server.ricevuti) == 7 and not MessaggioInUscita.objects.exists()
    for nome in ("rispedisci", "togli"):
        risposta = client.post(reverse(f"posta:{nome}", args=[10**30]), follow=True)
        assert "forse è già partito" in risposta.content.decode()


@pytest.mark.parametrize("ruolo", ["referente_a", "coordinamento", "acs"])
def test_outbox__is_not_there_for_anyone_but_managers(ruolo, request, client_di, referente_b):
    riga = scrivi(referente_b)
    MessaggioInUscita.objects.update(stato="fallito")
    client = client_di(request.getfixturevalue(ruolo))
    for nome, argomenti in (("elenco", []), ("rispedisci_tutti", []), ("rispedisci", [riga.pk]), ("togli", [riga.pk])):
        for metodo in (client.get, client.post):
            assert metodo(reverse(f"posta:{nome}", args=argomenti)).status_code == 404
    assert unico().stato == "fallito"
    assert "Avvisi non partiti" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_command__sends_what_the_worker_did_not_and_forgets_what_is_old(referente_a, referente_b, server):
    scrivi(referente_a)
    vecchio = scrivi(referente_b)
    MessaggioInUscita.objects.filter(pk=vecchio.pk).update(
        stato="fallito", creato_il=timezone.now() - CONSERVA - timedelta(days=1)
    )
    uscita = io.StringIO()
    call_command("spedisci_posta", dry_run=True, stdout=uscita)
    assert "Da spedire: 1" in uscita.getvalue() and not server.ricevuti
    call_command("spedisci_posta", stdout=io.StringIO())
    assert server.indirizzi() == [referente_a.email] and not MessaggioInUscita.objects.exists()


def test_who_leaves_the_newsletter__is_not_in_the_outbox_either(referente_a):
    iscritto = Iscritto.objects.create(email=referente_a.email, consenso="2026-11")
    scrivi(Esterno(iscritto.email), referente_a)
    newsletter.cancella(iscritto)
    assert unico().a_chi == str(referente_a), "what they are told as a person of the network stays"
