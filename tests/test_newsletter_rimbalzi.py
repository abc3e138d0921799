"""What comes back after a server took it: believed only about our own messages, whatever else the mailbox holds."""

import io
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from notizie.models import Consegna, Iscritto, NumeroNewsletter
from notizie.newsletter import operazioni
from notizie.newsletter.operazioni import invio
from notizie.newsletter.rimbalzi import della_casella, leggi, perche
from tests.posta import rapporto, server_di_posta

ALTRUI = {"To": "x@example.org", "Message-ID": "<newsletter-1-0123456789abcdef0123@example.org>"}


NIDO = b"Content-Type: message/rfc822\n\n" * 5000
IN_PARTI = b"Content-Type: multipart/report; boundary=x\n\n--x\n"


@pytest.mark.parametrize(
    "grezzo",
    [
        b"",
        b"\0\xff",
        b"Subject: Sono in ferie\n\nTorno presto",
        b"Content-Type: multipart/report\n\nniente",
        NIDO,
        IN_PARTI + NIDO,
        IN_PARTI + b"Content-Type: message/delivery-status\n\n\xff\xfe\n\n--x\n",
        IN_PARTI + b"Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n!!!\n--x--",
    ],
    ids=["empty", "bytes", "answer", "no parts", "nest", "nest in a report", "status", "headers"],
)
def test_odd_input__is_nothing(grezzo):
    letto = leggi(grezzo)
    assert letto is None or (letto.nomi, letto.codice) == ((), "")


@pytest.mark.parametrize(
    ("stato", "esito", "codice"),
    [
        ("5.2.2", "failed", "5.2.2"),
        ("4.4.7", "Failed", "4.4.7"),
        ("5.0.0", "failed", "5.1.1"),
        ("boh", "failed", "5.1.1"),
        ("4.4.1", "delayed", ""),
        ("2.0.0", "delivered", ""),
    ],
)
def test_report__says_the_code_of_what_failed(stato, esito, codice):
    for solo_testate in (False, True):
        letto = leggi(rapporto(ALTRUI, stato, esito, solo_testate))
        assert (letto.nomi, letto.codice) == ((ALTRUI["Message-ID"].strip("<>"),), codice)


def test_codes__tell_the_mailbox_from_the_message_and_are_told_in_words():
    casella = ["550", "550 5.1.1", "5.2.2", "5.4.4", "550 5.7.1", "5.6.0", "5.3.4", "4.2.2", "451 4.7.1"]
    assert [della_casella(codice) for codice in casella] == [True] * 4 + [False] * 5
    assert [perche(codice) for codice in ("550 5.1.10", "4.2.2", "554")] == [
        "l'indirizzo non esiste",
        "la casella è piena",
        "senza dire perché",
    ]


@pytest.fixture
def posta(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.NEWSLETTER_RIMBALZI = "rimbalzi@example.org"
    with server_di_posta() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server


@pytest.fixture
def maildir(tmp_path, settings):
    for cartella in ("new", "cur", "tmp"):
        (tmp_path / cartella).mkdir()
    settings.NEWSLETTER_MAILDIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def spedito(db, posta, manager):
    """A callable that sends an issue to three mailboxes, and gives it with its messages by address."""
    ora = timezone.now()
    for nome in ("ada", "bea", "cleo"):
        Iscritto.objects.create(email=f"{nome}@example.org", consenso="2026-11", confermata_il=ora)

    def _spedito(titolo):
        numero = NumeroNewsletter.objects.create(titolo=titolo, parole="<p>x</p>")
        invio.spedisci_lotto(operazioni.avvia_invio(numero, manager).pk)
        return numero, dict(posta.ricevuti[-3:])

    return _spedito


def comando(*argomenti):
    detto = io.StringIO()
    call_command("leggi_rimbalzi", *argomenti, stdout=detto)
    return detto.getvalue().strip()


def test_mailbox_that_sends_back_two_issues__is_left_and_says_why(spedito, posta, maildir, client_di, manager):
    primo, messaggi = spedito("Uno")
    assert posta.mittenti == {"rimbalzi@example.org"}
    assert messaggi["ada@example.org"]["From"].endswith("<portale@example.org>")
    (maildir / "new" / "1").write_bytes(rapporto(messaggi["ada@example.org"]))
    (maildir / "cur" / "2:2,").write_bytes(rapporto(messaggi["bea@example.org"], "5.7.1"))
    (maildir / "new" / "3").write_bytes(rapporto(messaggi["cleo@example.org"], esito="delayed"))
    (maildir / "new" / "4").write_bytes(b"Subject: Sono in ferie\n\nTorno presto")
    assert comando("--dry-run") == "Da leggere: 4" and primo.consegne.conti()["spedita"] == 3
    assert comando() == "Rapporti letti: 3; altri messaggi, lasciati: 1"
    assert [f.name for f in (*maildir.glob("new/*"), *maildir.glob("cur/*"))] == ["4:2,S"], "addresses are gone"
    assert comando() == "Rapporti letti: 0; altri messaggi, lasciati: 0"
    assert primo.consegne.conti() == {"attesa": 0, "in_corso": 0, "spedita": 1, "rifiutata": 2, "dubbia": 0}
    ada, bea = Iscritto.objects.get(email="ada@example.org"), Iscritto.objects.get(email="bea@example.org")
    assert (ada.rifiuti, ada.attivo, bea.rifiuti) == (1, True, 0), "our server's name is not bea's fault"
    assert (
        "Non consegnati: 2 (l&#x27;indirizzo non esiste: 1; "
        in client_di(manager).get(f"/admin/newsletter/{primo.pk}/").content.decode()
    )

    _, messaggi = spedito("Due")
    for volta in range(2):  # told twice, it is as once
        (maildir / "new" / f"5{volta}").write_bytes(rapporto(messaggi["ada@example.org"], "5.0.0", solo_testate=True))
    comando()
    ada.refresh_from_db()
    assert (ada.rifiuti, ada.attivo, ada.ultimo_rifiuto) == (2, False, "5.1.1")
    testo = client_di(manager).get("/admin/newsletter/iscritti/").content.decode()
    assert "ada@example.org" in testo and "l&#x27;indirizzo non esiste (codice 5.1.1)" in testo


def test_issue_that_arrived_in_between__begins_the_count_again(spedito, maildir):
    for titolo, torna in (("Uno", True), ("Due", False), ("Tre", True)):
        _, messaggi = spedito(titolo)
        if torna:
            (maildir / "new" / titolo).write_bytes(rapporto(messaggi["ada@example.org"]))
            comando()
    ada = Iscritto.objects.get(email="ada@example.org")
    assert (ada.rifiuti, ada.attivo) == (1, True)


def test_forged_report__does_no_harm(spedito, monkeypatch):
    numero, messaggi = spedito("Uno")
    vero = messaggi["ada@example.org"]["Message-ID"]
    chiave = Consegna.objects.get(iscritto__email="ada@example.org").pk
    altra = Consegna.objects.get(iscritto__email="bea@example.org").pk
    for finto in (
        vero.replace(f"-{chiave}-", f"-{altra}-"),
        vero[:-20] + "@x>",
        f"<newsletter-{altra}-{'0' * 20}@example.org>",
        f"<newsletter-{'9' * 400}-{'0' * 20}@example.org>",
        "<>",
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rapporto({"To": "b@x", "Message-ID": finto}))))
        assert comando("-") == "Non è un rapporto su un nostro messaggio"
    assert numero.consegne.conti()["spedita"] == 3
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rapporto(messaggi["ada@example.org"]))))
    assert comando("-") == "È un rapporto sulla consegna"
    assert Consegna.objects.get(stato="rifiutata").pk == chiave


def test_report_about_who_left__brings_nothing_back(spedito, maildir):
    _, messaggi = spedito("Uno")
    operazioni.cancella(Iscritto.objects.get(email="ada@example.org"))
    (maildir / "new" / "1").write_bytes(rapporto(messaggi["ada@example.org"]))
    assert comando() == "Rapporti letti: 1; altri messaggi, lasciati: 0" and not list(maildir.glob("*/*"))
    assert Consegna.objects.get(stato="rifiutata").iscritto is None


def test_command__without_a_maildir_says_so_and_with_one_it_is_watched(tmp_path):
    with pytest.raises(CommandError):
        comando(str(tmp_path))
    for maildir in ("", "/var/mail/x"):
        detto = subprocess.run(
            [sys.executable, "-c", "from cms.settings import production as p; print(*p.COMANDI_PERIODICI)"],
            env={"SECRET_KEY": "x", "NEWSLETTER_MAILDIR": maildir},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert ("leggi_rimbalzi" in detto) is bool(maildir)


def test_refusal_of_our_server_at_once__is_not_the_mailbox_s(spedito, posta):
    posta.risposte = {"ada@example.org": "550 5.7.1 blocked", "bea@example.org": "550 no such user"}
    numero, _ = spedito("Uno")
    assert numero.consegne.conti()["rifiutata"] == 2
    assert dict(Iscritto.objects.values_list("email", "rifiuti")) == {
        "ada@example.org": 0,
        "bea@example.org": 1,
        "cleo@example.org": 0,
    }
