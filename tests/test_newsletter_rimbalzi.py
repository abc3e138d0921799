"""What comes back after a server took it: believed only about our own messages, whatever else the mailbox holds."""

import base64
import io
import subprocess
import sys

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from notizie.models import Consegna, Iscritto, NumeroNewsletter
from notizie.newsletter import operazioni
from notizie.newsletter.codici import capisci, della_casella, perche
from notizie.newsletter.operazioni import invio
from notizie.newsletter.rimbalzi import leggi
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


@pytest.mark.parametrize(
    ("codice", "detto", "capito", "conta", "parole"),
    [
        ("550", "", "550", True, "senza dire perché"),
        ("550", "no such user", "550 5.1.1", True, "l'indirizzo non esiste"),
        ("550 5.1.1", "<spf@example.org>: User unknown", "550 5.1.1", True, "l'indirizzo non esiste"),
        ("550 5.1.10", "", "550 5.1.10", True, "l'indirizzo non esiste"),
        ("5.1.2", "", "5.1.2", True, "il dominio dell'indirizzo non esiste"),
        ("5.2.1", "Mailbox disabled", "5.2.1", True, "la casella è disattivata"),
        ("5.2.2", "Mailbox full", "5.2.2", True, "la casella è piena"),
        ("5.0.0", "552 mailbox size limit exceeded, over quota", "5.2.2", True, "la casella è piena"),
        ("550 5.5.0", "Requested action not taken: mailbox unavailable", "550 5.1.1", True, "l'indirizzo non esiste"),
        ("5.4.1", "Recipient address rejected: Access denied", "5.1.1", True, "l'indirizzo non esiste"),
        ("5.4.4", "", "5.4.4", True, "il suo server di posta non si raggiunge"),
        (
            "5.1.7",
            "Bad sender address syntax",
            "5.1.7",
            False,
            "il suo server non accetta il nostro indirizzo di mittente",
        ),
        ("5.1.8", "", "5.1.8", False, "il suo server non accetta il nostro indirizzo di mittente"),
        (
            "554",
            "Domain of sender address does not exist",
            "554 5.1.8",
            False,
            "il suo server non accetta il nostro indirizzo di mittente",
        ),
        ("5.2.3", "", "5.2.3", False, "il messaggio è troppo grande"),
        ("5.0.0", "Message size exceeds fixed limit", "5.2.3", False, "il messaggio è troppo grande"),
        ("5.6.0", "", "5.6.0", False, "il suo server non accetta il contenuto del messaggio"),
        ("5.1.0", "550 5.1.0 Content rejected", "5.6.0", False, "il suo server non accetta il contenuto del messaggio"),
        ("550 5.7.1", "", "550 5.7.1", False, "il suo server non accetta la nostra posta"),
        ("5.7.26", "", "5.7.26", False, "il suo server non accetta la nostra posta"),
        ("5.1.0", "550 Address rejected by local policy", "5.7.1", False, "il suo server non accetta la nostra posta"),
        ("5.0.0", "554 listed at zen.spamhaus.example", "5.7.1", False, "il suo server non accetta la nostra posta"),
        ("5.0.0", "DMARC evaluation failed", "5.7.1", False, "il suo server non accetta la nostra posta"),
        ("5.2.0", "552 5.2.0 DKIM signature missing", "5.7.1", False, "il suo server non accetta la nostra posta"),
        ("5.1.1", "550 5.7.1 refused by a block list", "5.7.1", False, "il suo server non accetta la nostra posta"),
        ("5.3.4", "", "5.3.4", False, "il messaggio è troppo grande"),
        ("5.0.0", "Absender abgelehnt", "5.1.8", False, "il suo server non accetta il nostro indirizzo di mittente"),
        ("5.0.0", "Die Nachricht ist zu groß", "5.2.3", False, "il messaggio è troppo grande"),
        ("5.0.0", "Das Postfach des Empfängers ist voll", "5.2.2", True, "la casella è piena"),
        ("5.0.0", "Empfänger unbekannt", "5.1.1", True, "l'indirizzo non esiste"),
        ("5.2.1", "user is receiving mail too quickly", "5.7.1", False, "il suo server non accetta la nostra posta"),
        ("5.4.5", "Daily limit", "5.4.5", False, "il nostro server ha spedito troppo in poco tempo"),
        ("5.4.0", "too many hops", "5.4.6", False, "il messaggio gira tra i server senza arrivare"),
        ("4.2.2", "", "4.2.2", False, "la casella è piena"),
        ("451 4.7.1", "", "451 4.7.1", False, "il suo server non accetta la nostra posta"),
    ],
)
def test_codes__tell_the_mailbox_from_us_and_say_why(codice, detto, capito, conta, parole):
    assert capisci(codice, detto) == capito
    assert (della_casella(capito), perche(capito)) == (conta, parole)


LETTERA = (
    "From: {da}\nTo: rimbalzi@example.org\nSubject: {oggetto}\n{altro}MIME-Version: 1.0\n"
    "Content-Type: {tipo}; charset=utf-8\n\n{testo}\n\nFrom: portale@example.org\n"
    "Message-ID: &lt;newsletter-1-0@example.org&gt;\nSubject: 550 ragioni\n\nCiao\n"
)


def lettera(testo, da="MAILER-DAEMON@mx.example.org", oggetto="failure notice", altro="", tipo="text/plain"):
    intera = LETTERA.format(da=da, oggetto=oggetto, altro=altro, tipo=tipo, testo=testo)
    return (intera if tipo == "text/html" else intera.replace("&lt;", "<").replace("&gt;", ">")).encode()


@pytest.mark.parametrize(
    ("grezzo", "codice"),
    [
        (
            lettera(
                "Hi. I wasn't able to deliver your message.\n\n<x@example.org>:\nRemote host said: 550 no such user"
            ),
            "5.1.1",
        ),
        (lettera("  x@example.org\n    550 5.1.1 no such user", altro="X-Failed-Recipients: x@example.org\n"), "5.1.1"),
        (lettera("<x@example.org>: host mx said: 554 refused (in reply to MAIL FROM command)"), "5.1.8"),
        (lettera("x@example.org: #5.2.2 mailbox full", da="Postmaster <postmaster@example.org>"), "5.2.2"),
        (lettera("<p>Utente sconosciuto: x@example.org</p>", oggetto="Mancato recapito", tipo="text/html"), "5.1.1"),
        (lettera("550-5.7.26 unauthenticated\n550 5.7.26 See SPF"), "5.7.26"),
        (lettera("non è stato possibile", oggetto="=?utf-8?q?Nachricht_nicht_zugestellt?="), "5.0.0"),
        (lettera("550 5.1.1 no such user", da="Mail Delivery Service <mail@example.org>"), "5.1.1"),
        (lettera("Errore 5.1.1 - indirizzo non valido", da="posta-certificata@pec.example.org"), "5.1.1"),
        (lettera("No action is required.\n\n450 4.2.1 greylisted", oggetto="Warning: message delayed"), ""),
        (lettera("No action is required.", oggetto="Consegna in ritardo"), ""),
    ],
    ids=[
        "qmail",
        "exim",
        "postfix",
        "exchange",
        "html",
        "many lines",
        "German",
        "service",
        "PEC",
        "late",
        "late, no code",
    ],
)
def test_letter_of_a_server_that_is_no_report__is_read(grezzo, codice):
    letto = leggi(grezzo)
    assert "newsletter-1-0@example.org" in letto.nomi and letto.codice == codice


BLOCCHI = "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; x@example.org\nAction: {azione}\nStatus: {stato}\n"


def con_stato(blocchi, tipo="message/delivery-status", altro=""):
    return (
        f"{IN_PARTI.decode()}Content-Type: {tipo}\n{altro}\n{blocchi}\n--x\nContent-Type: message/rfc822\n\n"
        f"Message-ID: {ALTRUI['Message-ID']}\n\nCiao\n--x--\n"
    ).encode()


def test_report_in_a_shape_of_its_own__says_its_code():
    fallito = BLOCCHI.format(azione="failed", stato="5.7.1")
    in_cifra = base64.encodebytes(fallito.encode()).decode()
    for grezzo, codice in (
        (con_stato(fallito, altro="Content-Transfer-Encoding: 8bit\n").replace(b"\n", b"\r\n"), "5.7.1"),
        (con_stato(in_cifra, altro="Content-Transfer-Encoding: base64\n"), "5.7.1"),
        (con_stato(fallito.replace("rfc822;", "utf-8;"), "message/global-delivery-status"), "5.7.1"),
        (con_stato(BLOCCHI.format(azione="failed (expired)", stato="4.2.2")), "5.2.2"),
        (con_stato(BLOCCHI.format(azione="", stato="5.7.26")), "5.7.26"),
    ):
        letto = leggi(grezzo)
        assert (letto.nomi, letto.codice) == ((ALTRUI["Message-ID"].strip("<>"),), codice), grezzo


def test_letter_of_a_person__is_not_a_refusal_whatever_it_quotes():
    assert (
        leggi(
            lettera("Sono in ferie: 550 5.1.1 no such user", da="x@example.org", altro="Auto-Submitted: auto-replied\n")
        )
        is None
    )


@pytest.fixture
def posta(settings):
    settings.POSTA_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
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
    assert comando() == "Rapporti letti: 3; altri messaggi, lasciati: 1\nNella cartella, letti e non capiti: 1"
    assert [f.name for f in (*maildir.glob("new/*"), *maildir.glob("cur/*"))] == ["4:2,S"], "addresses are gone"
    assert comando().startswith("Rapporti letti: 0; altri messaggi, lasciati: 0")
    assert primo.consegne.conti() == {"attesa": 0, "in_corso": 0, "spedita": 1, "rifiutata": 2, "dubbia": 0}
    ada, bea = Iscritto.objects.get(email="ada@example.org"), Iscritto.objects.get(email="bea@example.org")
    assert (ada.rifiuti, ada.attivo, bea.rifiuti) == (1, True, 0), "our server's name is not bea's fault"
    html = client_di(manager).get(f"/admin/newsletter/{primo.pk}/").content.decode()
    assert "Non consegnati: 2 (l&#x27;indirizzo non esiste: 1; " in " ".join(html.split())

    _, messaggi = spedito("Due")
    for volta in range(2):  # told twice, it is as once
        (maildir / "new" / f"5{volta}").write_bytes(rapporto(messaggi["ada@example.org"], "5.0.0", solo_testate=True))
    comando()
    ada.refresh_from_db()
    assert (ada.rifiuti, ada.attivo, ada.ultimo_rifiuto) == (2, False, "5.1.1")
    testo = client_di(manager).get("/admin/newsletter/iscritti/").content.decode()
    assert "ancora da leggere: 0; letti, ma che non si capisce di chi parlino: 1." in testo
    testo = " ".join(testo.split())
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


def test_fault_of_ours__never_counts_and_plain_words_about_the_mailbox_do(spedito, maildir):
    for titolo in ("Uno", "Due"):
        _, messaggi = spedito(titolo)
        (maildir / "new" / "1").write_bytes(rapporto(messaggi["ada@example.org"], "5.1.8"))
        nome = messaggi["bea@example.org"]["Message-ID"]
        testo = lettera("  bea@example.org\n    550 5.1.1 no such user", oggetto="Mail delivery failed")
        (maildir / "new" / "2").write_bytes(testo.replace(b"<newsletter-1-0@example.org>", nome.encode()))
        assert comando() == "Rapporti letti: 2; altri messaggi, lasciati: 0"
    ada, bea = Iscritto.objects.get(email="ada@example.org"), Iscritto.objects.get(email="bea@example.org")
    assert (ada.rifiuti, ada.attivo, bea.rifiuti, bea.attivo) == (0, True, 2, False)


@pytest.fixture
def molti(db, posta, manager, settings):
    """An issue to twenty mailboxes, sent ten at a time."""
    settings.NEWSLETTER_LOTTO = 10
    for n in range(20):
        Iscritto.objects.create(email=f"i{n}@example.org", consenso="2026-11", confermata_il=timezone.now())
    return NumeroNewsletter.objects.create(titolo="Uno", parole="<p>x</p>")


def test_many_refusals_alike_for_a_fault_of_ours__hold_the_sending_until_a_person_lets_it_go(
    molti, posta, manager, client_di, monkeypatch
):
    posta.risposte = {f"i{n}@example.org": "550 5.7.1 listed" for n in range(2, 7)}
    monkeypatch.setattr("notizie.newsletter.notifiche.approvatori", lambda autori: [manager])
    numero = operazioni.avvia_invio(molti, manager)
    assert invio.spedisci_lotto(numero.pk) is None, "held"
    conti = numero.consegne.conti()
    assert (conti["spedita"], conti["rifiutata"], conti["attesa"]) == (2, 5, 13)
    assert invio.spedisci_lotto(numero.pk) is None and numero.consegne.conti() == conti
    assert not Iscritto.objects.exclude(rifiuti=0).exists()
    testo = client_di(manager).get(f"/admin/newsletter/{numero.pk}/").content.decode()
    assert "Invio fermato" in testo and "5 caselle hanno rifiutato questo numero per lo stesso motivo" in testo
    client_di(manager).post(f"/admin/newsletter/{numero.pk}/riprendi/")
    while invio.spedisci_lotto(numero.pk):
        pass
    numero.refresh_from_db()
    assert (numero.stato, numero.allarme_il) == (numero.Stato.INVIATA, None), "those seen are not counted again"
    assert numero.consegne.conti()["spedita"] == 15


def test_many_reports_alike__tell_the_managers_once(
    molti, posta, maildir, manager, settings, django_capture_on_commit_callbacks
):
    numero = operazioni.avvia_invio(molti, manager)
    while invio.spedisci_lotto(numero.pk):
        pass
    for n, (_, messaggio) in enumerate(posta.ricevuti[:8]):
        (maildir / "new" / str(n)).write_bytes(rapporto(messaggio, "5.7.1"))
    settings.POSTA_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        comando()
    avvisi = [messaggio for messaggio in mail.outbox if manager.email in messaggio.to]
    assert [avviso.subject for avviso in avvisi] == ["Newsletter «Uno»: 5 caselle non la accettano"]
    assert "il suo server non accetta la nostra posta" in avvisi[0].body


def test_refusals_of_mailboxes_that_are_not_there__hold_nothing(molti, posta, manager):
    posta.risposte = {f"i{n}@example.org": "550 5.1.1 no such user" for n in range(12)}
    numero = operazioni.avvia_invio(molti, manager)
    while invio.spedisci_lotto(numero.pk):
        pass
    numero.refresh_from_db()
    assert numero.stato == numero.Stato.INVIATA and numero.consegne.conti()["rifiutata"] == 12
