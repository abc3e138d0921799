"""What becomes of one message, by the answer of the mail server; of an issue that stopped, or that reached nobody."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from notizie.models import Consegna, Iscritto, NumeroNewsletter
from notizie.newsletter import operazioni, selettori
from notizie.newsletter.operazioni import invio, rifiuti
from programma.models import Evidenza

pytestmark = pytest.mark.django_db
EMAIL = "ada@example.org"


@pytest.fixture
def avviato(manager):
    """An issue about a theme, begun, with one subscriber and the worker not there yet."""
    Iscritto.objects.create(email=EMAIL, consenso="2026-11", confermata_il=timezone.now())
    numero = NumeroNewsletter.objects.create(titolo="Autunno", parole="<p>Ciao</p>", tema_acs="Family Audit")
    return operazioni.avvia_invio(numero, manager)


class Messaggio:
    """As an e-mail, to which the server answers with `errore`."""

    def __init__(self, errore):
        self.errore = errore

    def send(self):
        raise self.errore


def al_destinatario(codice, detto):
    return SMTPRecipientsRefused({EMAIL: (codice, detto)})


@pytest.mark.parametrize(
    ("errore", "gia", "stato", "rifiuti"),
    [
        (al_destinatario(550, b"5.1.1 unknown"), 0, "rifiutata", 1),
        (al_destinatario(451, b"4.3.0 later"), 0, "attesa", 0),
        (al_destinatario(451, b"4.3.0 later"), invio.TENTATIVI - 1, "rifiutata", 0),
        (al_destinatario(452, b"4.2.2 over quota"), 0, "attesa", 0),
        (al_destinatario(452, b"4.2.2 over quota"), invio.TENTATIVI - 1, "rifiutata", 1),
        (SMTPDataError(550, b"I do not like these words"), 0, "rifiutata", 0),
        (ValueError("an address with a line break"), 0, "rifiutata", 1),
        (ConnectionResetError(), 0, "dubbia", 0),
    ],
    ids=["no mailbox", "later", "later for ever", "full", "full for long", "the message", "not an address", "cut off"],
)
def test_answer__says_what_becomes_of_the_delivery_and_counts_against_the_mailbox_alone(
    avviato, errore, gia, stato, rifiuti
):
    Consegna.objects.update(tentativi=gia)
    consegna = avviato.consegne.get()
    assert invio._prendi(consegna)
    invio._spedisci_una(consegna, Messaggio(errore))
    assert avviato.consegne.get().stato == stato and Iscritto.objects.get().rifiuti == rifiuti


@pytest.mark.parametrize(("gia", "quarti"), [(0, 1), (1, 2), (2, 4)])
def test_answer__that_asks_to_wait_is_waited_for_twice_as_long_each_time(avviato, gia, quarti):
    Consegna.objects.update(tentativi=gia)
    prima, consegna = timezone.now(), avviato.consegne.get()
    assert invio._prendi(consegna)
    invio._spedisci_una(consegna, Messaggio(al_destinatario(451, b"4.3.0 later")))
    attesa = avviato.consegne.get().riprova_dal - prima
    assert attesa // timedelta(minutes=1) == 15 * quarti


def test_answer__about_our_own_login_stops_the_batch_and_refuses_nobody(avviato):
    consegna = avviato.consegne.get()
    assert invio._prendi(consegna)
    with pytest.raises(invio.Interrotta):
        invio._spedisci_una(consegna, Messaggio(SMTPSenderRefused(530, b"5.7.0 log in", "portale@example.org")))
    assert avviato.consegne.get().stato == "attesa" and Iscritto.objects.get().rifiuti == 0


def test_delivery__of_who_left_meanwhile_is_not_taken(avviato):
    consegna = avviato.consegne.get()
    Consegna.objects.update(iscritto=None)
    assert not invio._prendi(consegna)


def test_issue__that_reached_nobody_proves_nothing(nel_2025, avviato):
    Consegna.objects.update(stato="rifiutata")
    assert operazioni.concludi(avviato)
    assert not Evidenza.objects.exists()


def test_sending__that_stopped_is_found_and_only_a_manager_resumes_it(
    avviato, manager, referente_a, django_capture_on_commit_callbacks, mailoutbox
):
    adesso, pausa = timezone.now(), timedelta(minutes=1)
    assert list(selettori.fermi(adesso, pausa)) == [avviato], "the worker never came"
    for fa, ferma in ((pausa, False), (pausa + selettori.FERMO + pausa, True)):
        NumeroNewsletter.objects.update(ultimo_lotto_il=adesso - fa)
        assert selettori.fermi(adesso, pausa).exists() is ferma
    bozza = NumeroNewsletter.objects.create(titolo="Due")
    for numero, utente in ((avviato, referente_a), (bozza, manager)):
        with pytest.raises(PermissionDenied):
            operazioni.riprendi(numero, utente)
    with django_capture_on_commit_callbacks(execute=True):
        operazioni.riprendi(avviato, manager)
    assert [messaggio.to for messaggio in mailoutbox] == [[EMAIL]]


@pytest.mark.parametrize(
    ("quanti", "concluse", "tollerati", "ferma"),
    [
        (4, 4, 0, False),
        (5, 5, 0, True),
        (5, 100, 0, True),
        (5, 101, 0, False),
        (6, 101, 0, True),
        (9, 9, 5, False),
        (10, 10, 5, True),
    ],
)
def test_refusals__hold_the_sending_when_they_are_five_and_one_in_twenty(
    avviato, monkeypatch, quanti, concluse, tollerati, ferma
):
    monkeypatch.setattr(rifiuti, "rifiuti_nostri", lambda numero: ("un motivo", quanti))
    avviato.consegne.all().delete()
    Consegna.objects.bulk_create(Consegna(numero=avviato, stato="spedita") for _ in range(concluse))
    Consegna.objects.create(numero=avviato, stato="attesa")
    NumeroNewsletter.objects.update(rifiuti_tollerati=tollerati)
    assert rifiuti.allarma_se_molti(avviato.pk) is ferma
    assert NumeroNewsletter.objects.filter(allarme_il=None).exists() is not ferma


def test_test_message__wants_an_address_to_go_to(manager, mailoutbox):
    manager.email = ""
    with pytest.raises(ValidationError, match="non ha un indirizzo di posta"):
        operazioni.invia_prova(NumeroNewsletter.objects.create(titolo="Uno"), manager)
    assert not mailoutbox
