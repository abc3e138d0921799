"""An issue is composed, frozen and sent through a real SMTP server, never twice to anyone."""

import datetime
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from base.tempo import giorno_in_parole
from notizie.models import (
    Consegna,
    EventoPage,
    Iscritto,
    NotiziaPage,
    NumeroNewsletter,
    PaginaScelta,
    SezioneNotiziePage,
)
from notizie.newsletter import operazioni
from notizie.newsletter.operazioni import invio
from programma.models import Evidenza
from tests.posta import server_di_posta

pytestmark = pytest.mark.django_db
ATTESO = Path(__file__).parent / "attesi" / "newsletter.txt"


@pytest.fixture
def posta(settings):
    with server_di_posta() as server:
        settings.POSTA_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


@pytest.fixture
def pagine():
    sezione = SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli")
    notizia = NotiziaPage(
        title="Il nido apre un'ora prima", sommario="Da gennaio, per chi fa il turno.", slug="nido", data="2025-10-01"
    )
    evento = EventoPage(
        title="Giochi in piazza",
        slug="giochi",
        data=datetime.date(2025, 12, 6),
        luogo="Piazza Serra",
        ora_inizio=datetime.time(17),
        ora_fine=datetime.time(19),
    )
    return [sezione.add_child(instance=pagina) for pagina in (notizia, evento)]


@pytest.fixture
def numero(pagine, manager):
    numero = NumeroNewsletter(
        titolo="Autunno in famiglia",
        sommario="Un nido che apre prima e una piazza che gioca.",
        tema_acs="Family Audit",
        parole='<p>Ciao, ecco le <b>novità</b>. Scopri <a href="/programma/">il programma</a>, che dice che cosa si fa '
        "quest'anno e chi lo fa.</p><ul><li>uno</li><li>due</li></ul>",
        creato_il=datetime.datetime(2025, 11, 3, 9, tzinfo=datetime.UTC),
    )
    numero.scelte = [PaginaScelta(pagina=pagina) for pagina in pagine]
    numero.save()
    operazioni.scrive(numero, manager)
    return numero


@pytest.fixture
def iscritti():
    adesso = timezone.now()
    return Iscritto.objects.bulk_create(
        [Iscritto(email=f"i{n}@example.org", consenso="2026-11", confermata_il=adesso) for n in range(6)]
    )


@pytest.fixture
def avviato(numero, iscritti, manager):
    """Begun, with the worker not there yet."""
    return operazioni.avvia_invio(numero, manager)


def conti(numero):
    return {stato: quante for stato, quante in numero.consegne.conti().items() if quante}


def test_text_part__is_the_kept_one(numero):
    testo = operazioni.anteprima(numero).testo("https://portale.example.org/d/")
    testo = testo.replace(f"/newsletter/{numero.pk}/", "/newsletter/1/")
    assert testo == ATTESO.read_text()


def test_html_part__stands_alone_and_tells_nobody_anything(numero):
    html = operazioni.anteprima(numero).html("https://portale.example.org/d/")
    assert not re.search(r"<(script|style|link|iframe|form)\b", html)
    indirizzi = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert all(indirizzo.startswith("http") for indirizzo in indirizzi), indirizzi
    assert not any("?" in indirizzo for indirizzo in indirizzi), "no link says who follows it"
    assert f"Newsletter · {giorno_in_parole(timezone.localdate())}" in html, "of the day on which it would leave"
    assert "/programma/" in html and "sabato 6 dicembre 2025, dalle 17:00 alle 19:00" in html


def test_issue__goes_to_every_subscriber_once_with_its_headers(posta, avviato, iscritti, settings):
    settings.NEWSLETTER_LOTTO = 4
    assert invio.spedisci_lotto(avviato.pk) <= timezone.now(), "the next batch is due"
    assert posta.connessioni == 1 and len(posta.ricevuti) == 4
    assert invio.spedisci_lotto(avviato.pk) is None
    assert sorted(posta.indirizzi()) == sorted(i.email for i in iscritti)
    avviato.refresh_from_db()
    assert avviato.stato == "inviata" and conti(avviato) == {"spedita": 6}
    messaggio = posta.ricevuti[0][1]
    assert messaggio["To"] == "i0@example.org"
    assert messaggio["From"] == "Distretto Family Audit Alta Valsugana <portale@example.org>"
    assert messaggio["Precedence"] == "bulk" and messaggio["List-Id"].startswith("Newsletter <newsletter.")
    assert messaggio["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    via = re.fullmatch(r"<https?://[^/]+(/newsletter/disiscrizione/\S+)>", messaggio["List-Unsubscribe"].strip())[1]
    assert "example.org" not in via
    parti = [parte.get_content_type() for parte in messaggio.iter_parts()]
    assert parti == ["text/plain", "text/html"]
    assert via in messaggio.get_body(("plain",)).get_content() and via in messaggio.get_body(("html",)).get_content()
    assert len({m["Message-ID"] for _, m in posta.ricevuti}) == 6
    Client(enforce_csrf_checks=True).post(via, {"List-Unsubscribe": "One-Click"})
    assert not Iscritto.objects.filter(email="i0@example.org").exists()
    assert conti(avviato) == {"spedita": 6}


class Crollo(BaseException):
    """As a machine that is switched off."""


def test_crash_in_the_middle__resumes_without_sending_twice_and_says_what_is_in_doubt(posta, avviato, monkeypatch):
    segna, fatti = invio._segna, []

    def cade(consegna, stato, **campi):
        fatti.append(consegna)
        if len(fatti) == 3:
            raise Crollo  # the third message left, and nobody wrote it down
        segna(consegna, stato, **campi)

    monkeypatch.setattr(invio, "_segna", cade)
    with pytest.raises(Crollo):
        invio.spedisci_lotto(avviato.pk)
    monkeypatch.setattr(invio, "_segna", segna)
    assert conti(avviato) == {"attesa": 3, "in_corso": 1, "spedita": 2}
    assert invio.spedisci_lotto(avviato.pk) > timezone.now(), "the one taken is left alone until its time"
    assert conti(avviato) == {"in_corso": 1, "spedita": 5}
    Consegna.objects.filter(stato="in_corso").update(presa_il=timezone.now() - invio.PERSA - timedelta(seconds=1))
    NumeroNewsletter.objects.update(ultimo_lotto_il=timezone.now() - timedelta(hours=1))
    call_command("invia_newsletter", stdout=io.StringIO())
    avviato.refresh_from_db()
    assert avviato.stato == "inviata" and conti(avviato) == {"dubbia": 1, "spedita": 5}
    assert len(posta.indirizzi()) == len(set(posta.indirizzi())) == 6


def test_doubt__is_sent_again_only_by_a_manager_who_knows(posta, avviato, manager, referente_a, client_di, nel_2025):
    posta.appende = {"i1@example.org"}
    invio.spedisci_lotto(avviato.pk)
    avviato.refresh_from_db()
    inviata_il, evidenza = avviato.inviata_il, Evidenza.objects.get()
    with pytest.raises(PermissionDenied):
        operazioni.rispedisci_dubbie(avviato, referente_a)
    posta.appende, suo = set(), f"/admin/newsletter/{avviato.pk}/"
    client = client_di(manager)
    assert f'action="{suo}rispedisci/"' in client.get(suo).content.decode()
    assert "Riparte un messaggio" in client.post(f"{suo}rispedisci/", follow=True).content.decode()
    assert invio.spedisci_lotto(avviato.pk) is None
    avviato.refresh_from_db()
    assert conti(avviato) == {"spedita": 6} and (avviato.stato, avviato.inviata_il) == ("inviata", inviata_il)
    assert posta.indirizzi().count("i1@example.org") == 2 and len(posta.indirizzi()) == 7
    assert Evidenza.objects.get().stato == evidenza.stato
    assert "Nessun messaggio è più in dubbio" in client.post(f"{suo}rispedisci/", follow=True).content.decode()
    assert f"{suo}rispedisci/" not in client.get(suo).content.decode()


def test_two_workers__never_take_the_same(posta, avviato):
    consegna = avviato.consegne.first()
    assert invio._prendi(consegna) and not invio._prendi(consegna)


def test_refusals__temporary_are_tried_again_and_lasting_ones_leave_the_mailbox(posta, avviato, manager):
    posta.risposte = {"i0@example.org": "550 5.1.1 <i0@example.org> unknown", "i1@example.org": "451 4.3.0 later"}
    prossimo = invio.spedisci_lotto(avviato.pk)
    assert prossimo > timezone.now() + timedelta(minutes=14)
    assert conti(avviato) == {"attesa": 1, "rifiutata": 1, "spedita": 4}
    rifiutato = Iscritto.objects.get(email="i0@example.org")
    assert (rifiutato.rifiuti, rifiutato.ultimo_rifiuto, rifiutato.respinto_il) == (1, "550 5.1.1", None)
    assert not Consegna.objects.filter(codice__contains="@").exists()
    posta.risposte.pop("i1@example.org")
    Consegna.objects.filter(stato="attesa").update(riprova_dal=timezone.now())
    assert invio.spedisci_lotto(avviato.pk) is None
    assert conti(avviato) == {"rifiutata": 1, "spedita": 5}
    altro = operazioni.avvia_invio(NumeroNewsletter.objects.create(titolo="Due", parole="<p>x</p>"), manager)
    invio.spedisci_lotto(altro.pk)
    rifiutato.refresh_from_db()
    assert rifiutato.respinto_il and rifiutato not in Iscritto.objects.attivi()


def test_server_that_hangs_up__costs_one_doubt_or_none(posta, avviato):
    posta.appende = {"i1@example.org"}
    invio.spedisci_lotto(avviato.pk)
    assert conti(avviato) == {"dubbia": 1, "spedita": 5}
    assert len(posta.indirizzi()) == 6


def test_server_that_takes_few_messages_at_a_time__costs_no_doubt(posta, avviato):
    posta.per_connessione = 2
    invio.spedisci_lotto(avviato.pk)
    assert conti(avviato) == {"spedita": 6} and posta.connessioni >= 3


def test_server_that_is_down__loses_nothing(avviato, settings):
    settings.POSTA_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert invio.spedisci_lotto(avviato.pk) > timezone.now()
    assert conti(avviato) == {"attesa": 6}


def test_who_leaves_before_their_turn__is_not_sent(avviato, iscritti):
    operazioni.cancella(iscritti[0])
    invio.spedisci_lotto(avviato.pk)
    assert len(mail.outbox) == 5 and conti(avviato) == {"spedita": 5}


def test_issue_with_a_theme__is_evidence_that_waits_for_someone_else(avviato, manager, coordinamento, client_di):
    giorno = datetime.datetime(2025, 11, 5, 9, tzinfo=datetime.UTC)
    assert not Evidenza.objects.exists()
    with pytest.MonkeyPatch.context() as orologio:
        orologio.setattr(timezone, "now", lambda: giorno)
        invio.spedisci_lotto(avviato.pk)
    evidenza = Evidenza.objects.get()
    assert (evidenza.stato, evidenza.data, evidenza.argomento) == ("inviata", giorno.date(), "Family Audit")
    assert [criterio.codice for criterio in evidenza.criteri.all()] == ["M8"] and evidenza.quantita_dichiarata == 1
    assert evidenza.link[0].endswith(avviato.get_absolute_url()) and evidenza.fonte == avviato
    assert manager in evidenza.autori.all()
    operazioni.concludi(avviato)
    assert Evidenza.objects.count() == 1
    testo = client_di(manager).get(f"/admin/newsletter/{avviato.pk}/").content.decode()
    assert f'href="{evidenza.get_absolute_url()}">Evidenza per M8' in testo


def test_theme__says_before_sending_whether_any_programme_asks_for_it(numero, iscritti, manager, client_di):
    indirizzi = [f"/admin/newsletter/{numero.pk}/", f"/admin/newsletter/{numero.pk}/invia/"]
    for anno, detto in ((2025, "evidenza per M8"), (2031, "Nessun programma")):
        giorno = datetime.date(anno, 11, 5)
        with pytest.MonkeyPatch.context() as orologio:
            orologio.setattr("notizie.newsletter.selettori.timezone.localdate", lambda giorno=giorno: giorno)
            client = client_di(manager)
            assert all(detto in client.get(indirizzo).content.decode() for indirizzo in indirizzi), detto


def test_issue_without_a_theme__feeds_nothing(numero, iscritti, manager):
    NumeroNewsletter.objects.update(tema_acs="")
    invio.spedisci_lotto(operazioni.avvia_invio(numero, manager).pk)
    assert not Evidenza.objects.exists()


def test_sending__wants_a_manager_public_pages_and_subscribers(numero, pagine, manager, referente_a):
    with pytest.raises(PermissionDenied):
        operazioni.avvia_invio(numero, referente_a)
    pagine[0].unpublish()
    with pytest.raises(ValidationError) as errore:
        operazioni.avvia_invio(numero, manager)
    assert errore.value.messages == [
        "«Il nido apre un'ora prima» non è pubblicata: toglila o aspetta che lo sia",
        "Non c'è nessun iscritto",
    ]
    numero.refresh_from_db()
    assert numero.in_bozza


def test_sending__happens_once(avviato, manager):
    with pytest.raises(ValidationError):
        operazioni.avvia_invio(avviato, manager)
    assert avviato.consegne.count() == 6


def test_archive__has_what_was_sent_without_what_is_no_longer_public(avviato, pagine, client):
    assert "Autunno in famiglia" in client.get("/newsletter/").content.decode()
    pagine[0].unpublish()
    html = client.get(avviato.get_absolute_url()).content.decode()
    assert "Giochi in piazza" in html and "Il nido" not in html and "Una pagina di questo numero" in html
    assert " style=" not in html and html.count("<h1") == 1
    assert client.get("/newsletter/999/").status_code == 404


def test_draft__is_not_in_the_archive(numero, client):
    assert "Autunno" not in client.get("/newsletter/").content.decode()
    assert client.get(numero.get_absolute_url()).status_code == 404


def test_test_message__goes_to_who_writes_it_alone(numero, iscritti, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        operazioni.invia_prova(numero, manager)
    (prova,) = mail.outbox
    assert prova.to == [manager.email] and prova.subject == "[Prova] Autunno in famiglia"
    assert not Consegna.objects.exists()


def test_manager__composes_previews_sends_and_reads_how_far_it_is(client_di, manager, pagine, iscritti):
    client = client_di(manager)
    assert "Nuovo numero" in client.get("/admin/newsletter/").content.decode()
    nuovo = client.get("/admin/newsletter/new/").content.decode()
    assert 'id="id_parole-label"' in nuovo and "ariaLabelledBy&quot;: &quot;id_parole-label" in nuovo, "a named editor"
    modulo = {
        "titolo": "Nuovo",
        "sommario": "In breve",
        "parole": "null",
        "tema_acs": "",
        "scelte-TOTAL_FORMS": "1",
        "scelte-INITIAL_FORMS": "0",
        "scelte-0-pagina": str(pagine[0].pk),
        "scelte-0-ORDER": "1",
        "scelte-0-id": "",
        "scelte-MIN_NUM_FORMS": "0",
        "scelte-MAX_NUM_FORMS": "1000",
    }
    risposta = client.post("/admin/newsletter/new/", modulo)
    numero = NumeroNewsletter.objects.get()
    suo = f"/admin/newsletter/{numero.pk}/"
    assert risposta["Location"] == suo and list(numero.autori.all()) == [manager]
    assert "Gli iscritti che la riceveranno sono 6" in client.get(suo).content.decode()
    assert "Il nido apre" in client.get(f"{suo}anteprima/html/").content.decode()
    assert client.get(f"{suo}anteprima/txt/")["Content-Type"].startswith("text/plain")
    assert "Invia a 6 iscritti" in client.get(f"{suo}invia/").content.decode()
    assert client.post(f"{suo}prova/").status_code == 302 and len(mail.outbox) == 1
    assert client.post(f"{suo}invia/")["Location"] == suo
    in_corso = client.get(suo)
    assert "Inviati 0 di 6" in in_corso.content.decode() and in_corso["Refresh"] == "15"
    invio.spedisci_lotto(numero.pk)
    finito = client.get(suo)
    assert "Inviati 6 di 6" in finito.content.decode() and "Refresh" not in finito
    for vista in ("edit", "delete"):
        assert client.post(f"/admin/newsletter/{vista}/{numero.pk}/", modulo).status_code == 302
    numero.refresh_from_db()
    assert numero.titolo == "Nuovo" and numero.stato == "inviata"
    assert "Ricevono la newsletter: 6" in client.get("/admin/newsletter/iscritti/").content.decode()
    client.post("/admin/newsletter/iscritti/", {"email": "I0@example.org"})
    assert not Iscritto.objects.filter(email="i0@example.org").exists()


@pytest.mark.parametrize("ruolo", ["referente_a", "coordinamento", "acs"])
def test_admin__is_not_there_for_anyone_but_managers(ruolo, request, client_di, numero):
    client, suo = client_di(request.getfixturevalue(ruolo)), f"/admin/newsletter/{numero.pk}/"
    indirizzi = [
        "/admin/newsletter/",
        "/admin/newsletter/new/",
        "/admin/newsletter/iscritti/",
        suo,
        f"{suo}anteprima/html/",
        f"{suo}prova/",
        f"{suo}invia/",
        f"{suo}riprendi/",
        f"{suo}rispedisci/",
        *(f"/admin/newsletter/{vista}/{numero.pk}/" for vista in ("edit", "delete", "history", "usage")),
    ]
    for indirizzo in indirizzi:
        for risposta in (client.get(indirizzo), client.post(indirizzo, {"email": "i0@example.org"})):
            rifiutata = risposta.status_code in (403, 404, 405) or risposta.headers.get("Location") == "/admin/"
            assert rifiutata, (indirizzo, risposta.status_code)
    numero.refresh_from_db()
    assert numero.in_bozza and not mail.outbox
