"""Who subscribes to the newsletter, who leaves, and what the public reads."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base import moduli_pubblici
from notizie.models import Consegna, Iscritto, NumeroNewsletter
from notizie.newsletter import operazioni
from notizie.newsletter.collegamenti import CONFERMA, indirizzo_di_conferma, indirizzo_di_disiscrizione

pytestmark = pytest.mark.django_db
ISCRIVITI = "/newsletter/iscriviti/"


@pytest.fixture(autouse=True)
def limiti_da_capo():
    cache.clear()


@pytest.fixture
def chiedi(django_capture_on_commit_callbacks):
    """Send the form as a person who read it."""

    def _chiedi(email, **altro):
        timbro = signing.dumps("newsletter", salt=moduli_pubblici.SALE)
        with django_capture_on_commit_callbacks(execute=True):
            return Client(enforce_csrf_checks=True).post(ISCRIVITI, {"email": email, "timbro": timbro, **altro})

    return _chiedi


@pytest.fixture
def iscritto():
    adesso = timezone.now()
    return Iscritto.objects.create(email="ada@example.org", consenso="2026-11", confermata_il=adesso)


def percorso(indirizzo):
    return re.sub(r"^https?://[^/]+", "", indirizzo)


def collegamento(messaggio):
    return percorso(re.search(r"https?://\S+", messaggio.body)[0])


def test_form__answers_the_same_for_known_and_unknown_and_only_the_mailbox_knows(chiedi, iscritto):
    nuova, nota = chiedi("Nuova@Example.org "), chiedi("ada@example.org")
    assert (nuova.status_code, nuova["Location"]) == (nota.status_code, nota["Location"])
    assert not nuova.cookies and not nota.cookies
    per_nuova, per_nota = mail.outbox
    assert (per_nuova.to, per_nota.to) == (["nuova@example.org"], ["ada@example.org"])
    assert "/newsletter/conferma/" in per_nuova.body
    assert "/newsletter/conferma/" not in per_nota.body and "/newsletter/disiscrizione/" in per_nota.body


def test_form__does_not_let_anyone_flood_a_mailbox(chiedi):
    for _ in range(3):
        chiedi("nuova@example.org")
    assert len(mail.outbox) == 1


def test_form__keeps_nothing_of_a_robot(chiedi):
    assert chiedi("robot@example.org", **{moduli_pubblici.TRAPPOLA: "x"}).status_code == 302
    assert not Iscritto.objects.exists() and not mail.outbox


def test_double_opt_in__opening_the_link_does_nothing_and_the_button_subscribes(chiedi):
    chiedi("nuova@example.org")
    link = collegamento(mail.outbox[0])
    client = Client(enforce_csrf_checks=True)
    assert "Sì, iscrivimi" in client.get(link).content.decode()
    assert not Iscritto.objects.attivi().exists()
    for _ in range(2):  # a second press is as one
        assert client.post(link)["Location"] == "/newsletter/confermata/"
        assert client.get(link)["Location"] == "/newsletter/confermata/", "nobody is asked again"
    assert Iscritto.objects.attivi().get().consenso == "2026-11"


def test_unconfirmed__is_forgotten_with_its_link(chiedi):
    chiedi("nuova@example.org")
    link = collegamento(mail.outbox[0])
    Iscritto.objects.update(chiesta_il=timezone.now() - CONFERMA.durata - timedelta(hours=1))
    assert operazioni.dimentica_non_confermati() == 1
    risposta = Client().post(link)
    assert risposta.status_code == 410 and "chiedila di nuovo" in risposta.content.decode()


def test_one_click__unsubscribes_without_session_and_leaves_no_address(iscritto):
    numero = NumeroNewsletter.objects.create(titolo="Uno", stato="inviata", avviato_il=timezone.now())
    altro = NumeroNewsletter.objects.create(titolo="Due", stato="in_invio", avviato_il=timezone.now())
    Consegna.objects.create(numero=numero, iscritto=iscritto, stato=Consegna.Stato.SPEDITA)
    Consegna.objects.create(numero=altro, iscritto=iscritto)
    link = percorso(indirizzo_di_disiscrizione(iscritto))
    client = Client(enforce_csrf_checks=True)
    assert "Cancella il mio indirizzo" in client.get(link).content.decode() and Iscritto.objects.exists()
    risposta = client.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert risposta.status_code == 200 and not risposta.cookies
    assert not Iscritto.objects.exists()
    rimasta = Consegna.objects.get()
    assert (rimasta.numero, rimasta.iscritto, rimasta.codice) == (numero, None, "")
    assert client.post(link)["Location"] == "/newsletter/cancellata/", "leaving twice is leaving"


@pytest.mark.parametrize("vista", ["conferma", "disiscrizione"])
def test_link__that_was_broken_or_is_for_something_else_does_nothing(vista, iscritto):
    altrui = indirizzo_di_disiscrizione(iscritto) if vista == "conferma" else indirizzo_di_conferma(iscritto)
    for gettone in ("rotto", altrui.rstrip("/").rpartition("/")[2]):
        assert Client().post(reverse(f"newsletter_pubblica:{vista}", args=[gettone])).status_code == 404
    assert Iscritto.objects.exists()


def test_only_a_manager__forgets_an_address(iscritto, manager, referente_a):
    with pytest.raises(PermissionDenied):
        operazioni.cancella_indirizzo("ada@example.org", referente_a)
    assert operazioni.cancella_indirizzo("Ada@example.org", manager)
    assert not operazioni.cancella_indirizzo("ada@example.org", manager)


def test_failed_mail__writes_no_address_in_the_log(chiedi, settings, caplog):
    settings.POSTA_BACKEND = "tests.test_newsletter.PostaRotta"
    chiedi("segreta@example.org")
    assert "non parte" in caplog.text and "segreta" not in caplog.text


class PostaRotta:
    def __init__(self, *args, **kwargs):
        pass

    def open(self):
        raise OSError("refused: segreta@example.org")

    def close(self):
        pass


def test_mailbox_that_was_left__begins_again_when_its_owner_confirms(chiedi, iscritto):
    Iscritto.objects.update(rifiuti=2, ultimo_rifiuto="550 5.1.1", respinto_il=timezone.now())
    chiedi("ada@example.org")
    Client().post(collegamento(mail.outbox[0]))
    tornato = Iscritto.objects.attivi().get()
    assert (tornato.rifiuti, tornato.ultimo_rifiuto) == (0, "")


def test_asking__forgets_those_who_never_confirmed(chiedi):
    vecchia = timezone.now() - CONFERMA.durata - timedelta(hours=1)
    Iscritto.objects.create(email="mai@example.org", consenso="2026-11", chiesta_il=vecchia)
    chiedi("nuova@example.org")
    assert Iscritto.objects.get().email == "nuova@example.org"


def test_unsubscribing__is_of_the_address_that_the_message_went_to(iscritto):
    link = percorso(indirizzo_di_disiscrizione(iscritto))
    Iscritto.objects.update(email="altra@example.org")
    Client().post(link)
    assert Iscritto.objects.get().email == "altra@example.org"
