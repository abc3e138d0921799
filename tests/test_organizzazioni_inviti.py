"""Inviting people, accepting, and the manager's screens about organisations."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from organizzazioni import operazioni
from organizzazioni.models import Organizzazione, OrganizzazionePage, Utente

PASSWORD = "una frase lunga e facile 7"


@pytest.fixture
def invita(manager, organizzazione_a, mailoutbox, django_capture_on_commit_callbacks):
    """Invite someone as the manager; returns the person and the link in their mail."""

    def fallo(email="anna.verdi@example.org", organizzazioni=None):
        with django_capture_on_commit_callbacks(execute=True):
            persona = operazioni.invita(email, "Anna", "Verdi", organizzazioni or [organizzazione_a], manager)
        trovato = re.search(r"http\S+(/invito/\S+/)", mailoutbox[-1].body)
        return persona, trovato and trovato.group(1)

    return fallo


def accetta(percorso, password=PASSWORD):
    return Client().post(percorso, {"new_password1": password, "new_password2": password})


class TestInvita:
    def test_new_person__no_password_own_groups_one_mail(
        self, invita, organizzazione_a, organizzazione_b, mailoutbox, manager
    ):
        persona, percorso = invita(organizzazioni=[organizzazione_a, organizzazione_b])
        assert not persona.has_usable_password()
        assert not persona.is_staff
        assert set(Organizzazione.objects.di(persona)) == {organizzazione_a, organizzazione_b}
        (posta,) = mailoutbox
        assert posta.to == ["anna.verdi@example.org"]
        html = posta.alternatives[0].content
        for testo in (posta.body, html):
            assert "ASIF Chimelli, Cooperativa CS4" in testo
            assert "anna.verdi@example.org" in testo
            assert percorso in testo
            assert "3 giorni" in testo
        voci = ModelLogEntry.objects.filter(action="organizzazioni.invita")
        assert {(voce.user, voce.message) for voce in voci} == {(manager, "Persona invitata: Anna Verdi")}

    def test_mail__only_after_commit(self, manager, organizzazione_a, mailoutbox):
        operazioni.invita("a@example.org", "A", "B", [organizzazione_a], manager)
        assert not mailoutbox

    def test_known_person__linked_and_told_without_link(self, invita, referente_b, organizzazione_b, mailoutbox):
        prima = referente_b.password
        persona, percorso = invita(email=referente_b.email.upper())
        persona.refresh_from_db()
        assert persona == referente_b
        assert persona.password == prima
        assert percorso is None
        assert Organizzazione.objects.di(persona).count() == 2
        assert "Hai già un accesso" in mailoutbox[-1].body

    def test_username__taken_by_someone_else(self, invita, nuovo_utente):
        Utente.objects.create(username="anna.verdi@example.org", email="altra@example.org")
        persona, _ = invita()
        assert persona.username == "anna.verdi@example.org-2"

    def test_refused__not_manager_inactive_or_closed(self, referente_a, manager, organizzazione_a, referente_b):
        with pytest.raises(PermissionDenied):
            operazioni.invita("a@example.org", "A", "B", [organizzazione_a], referente_a)
        Utente.objects.filter(pk=referente_b.pk).update(is_active=False)
        with pytest.raises(ValidationError, match="accesso chiuso"):
            operazioni.invita(referente_b.email, "A", "B", [organizzazione_a], manager)
        operazioni.disattiva(organizzazione_a)
        with pytest.raises(ValidationError, match="attiva"):
            operazioni.invita("a@example.org", "A", "B", [organizzazione_a], manager)
        assert not Utente.objects.filter(email="a@example.org").exists()


class TestAccetta:
    def test_link__password_then_inside(self, invita):
        persona, percorso = invita()
        client = Client()
        pagina = client.get(percorso)
        assert pagina.status_code == 200
        assert "anna.verdi@example.org" in pagina.content.decode()
        risposta = client.post(percorso, {"new_password1": PASSWORD, "new_password2": PASSWORD})
        assert risposta.url == reverse("wagtailadmin_home")
        assert client.get(risposta.url).status_code == 200
        persona.refresh_from_db()
        assert persona.check_password(PASSWORD)

    def test_link__read_by_a_mail_scanner_still_works(self, invita):
        _, percorso = invita()
        Client().get(percorso)
        assert accetta(percorso).status_code == 302

    def test_link__used_once(self, invita):
        persona, percorso = invita()
        accetta(percorso)
        for risposta in (Client().get(percorso), accetta(percorso, "tutta un'altra password 9")):
            assert risposta.status_code == 410
            assert "Questo invito non è più valido" in risposta.content.decode()
            assert reverse("wagtailadmin_login") in risposta.content.decode()
        persona.refresh_from_db()
        assert persona.check_password(PASSWORD)

    def test_link__expired(self, invita, orologio):
        _, percorso = invita()
        orologio(timezone.now() + timedelta(days=3, hours=1))
        assert accetta(percorso).status_code == 410

    def test_link__cancelled_by_a_newer_one(self, invita):
        _, primo = invita()
        _, secondo = invita()
        assert Client().get(primo).status_code == 410
        assert Client().get(secondo).status_code == 200

    def test_link__of_a_closed_account(self, invita):
        persona, percorso = invita()
        Utente.objects.filter(pk=persona.pk).update(is_active=False)
        assert accetta(percorso).status_code == 410

    @pytest.mark.parametrize(
        "falso",
        [
            "/invito/x/y/",
            "/invito/MTI/set-password/",
            "/invito/!!!/a-b/",
            "/invito/OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b/",
        ],
    )
    def test_link__invented(self, db, falso):
        assert Client().get(falso).status_code == 410

    @pytest.mark.parametrize(
        ("prima", "seconda"), [("", ""), ("corta", "corta"), (PASSWORD, "altra"), ("12345678", "12345678")]
    )
    def test_password__refused_with_reasons(self, invita, prima, seconda):
        persona, percorso = invita()
        risposta = Client().post(percorso, {"new_password1": prima, "new_password2": seconda})
        assert risposta.status_code == 200
        assert 'class="errore"' in risposta.content.decode()
        persona.refresh_from_db()
        assert not persona.has_usable_password()


@pytest.fixture
def orologio(monkeypatch):
    """Move the clock of the link's expiry."""
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    def sposta(istante):
        locale = timezone.localtime(istante).replace(tzinfo=None)
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: locale)

    return sposta


def indirizzi(organizzazione, persona):
    spazio = "gestione_organizzazioni"
    return {
        "get": [
            reverse(f"{spazio}:{nome}", args=argomenti)
            for nome, argomenti in (
                ("index", []),
                ("add", []),
                ("invita", []),
                ("edit", [organizzazione.pk]),
                ("persone", [organizzazione.pk]),
                ("attiva", [organizzazione.pk]),
                ("disattiva", [organizzazione.pk]),
                ("history", [organizzazione.pk]),
            )
        ],
        "post": [
            reverse(f"{spazio}:{nome}", args=argomenti)
            for nome, argomenti in (
                ("attiva", [organizzazione.pk]),
                ("disattiva", [organizzazione.pk]),
                ("togli", [organizzazione.pk, persona.pk]),
                ("rinvita", [organizzazione.pk, persona.pk]),
                ("delete", [organizzazione.pk]),
                ("edit", [organizzazione.pk]),
            )
        ],
    }


class TestSchermate:
    @pytest.mark.parametrize("ruolo", ["referente_a", "coordinamento", "acs"])
    def test_others__refused_everywhere(self, request, ruolo, client_di, organizzazione_a, referente_a):
        client = client_di(request.getfixturevalue(ruolo))
        percorsi = indirizzi(organizzazione_a, referente_a)
        for percorso in percorsi["get"]:
            assert client.get(percorso).status_code == 302, percorso
        for percorso in percorsi["post"]:
            assert client.post(percorso).status_code == 302, percorso
        organizzazione_a.refresh_from_db()
        assert organizzazione_a.attiva
        assert referente_a in organizzazione_a.persone
        assert reverse("gestione_organizzazioni:index") not in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_manager__opens_every_screen(self, client_di, manager, organizzazione_a, referente_a):
        client = client_di(manager)
        for percorso in indirizzi(organizzazione_a, referente_a)["get"]:
            assert client.get(percorso).status_code == 200, percorso
        assert reverse("gestione_organizzazioni:index") in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_manager__never_deletes(self, client_di, manager, organizzazione_a):
        client_di(manager).post(reverse("gestione_organizzazioni:delete", args=[organizzazione_a.pk]))
        assert Organizzazione.objects.filter(pk=organizzazione_a.pk).exists()

    def test_reading__changes_nothing(self, client_di, manager, organizzazione_a, referente_a):
        client = client_di(manager)
        client.get(reverse("gestione_organizzazioni:disattiva", args=[organizzazione_a.pk]))
        togli = reverse("gestione_organizzazioni:togli", args=[organizzazione_a.pk, referente_a.pk])
        assert client.get(togli).status_code == 405
        organizzazione_a.refresh_from_db()
        assert organizzazione_a.attiva

    def test_deactivate_and_activate__by_buttons(self, client_di, manager, organizzazione_a):
        client = client_di(manager)
        for nome, attiva in (("disattiva", False), ("attiva", True)):
            client.post(reverse(f"gestione_organizzazioni:{nome}", args=[organizzazione_a.pk]))
            organizzazione_a.refresh_from_db()
            assert organizzazione_a.attiva is attiva

    def test_invite__from_the_form(self, client_di, manager, organizzazione_a, organizzazione_b):
        dati = {
            "email": "luca@example.org",
            "nome": "Luca",
            "cognome": "Neri",
            "organizzazioni": [organizzazione_a.pk, organizzazione_b.pk],
        }
        risposta = client_di(manager).post(reverse("gestione_organizzazioni:invita"), dati, follow=True)
        assert "Invito spedito a Luca Neri" in risposta.content.decode()
        assert Organizzazione.objects.di(Utente.objects.get(email="luca@example.org")).count() == 2

    @pytest.mark.parametrize(
        "cambio", [{"email": "x"}, {"organizzazioni": []}, {"organizzazioni": ["x"]}, {"nome": ""}]
    )
    def test_invite__wrong_form_keeps_what_was_typed(self, client_di, manager, organizzazione_a, cambio):
        dati = {"email": "luca@example.org", "nome": "Luca", "cognome": "Neri", "organizzazioni": [organizzazione_a.pk]}
        risposta = client_di(manager).post(reverse("gestione_organizzazioni:invita"), {**dati, **cambio})
        assert risposta.status_code == 200
        assert 'value="Neri"' in risposta.content.decode()
        assert not Utente.objects.filter(last_name="Neri").exists()

    def test_person__removed_but_not_deleted(self, client_di, manager, organizzazione_a, referente_a):
        client_di(manager).post(reverse("gestione_organizzazioni:togli", args=[organizzazione_a.pk, referente_a.pk]))
        assert not Organizzazione.objects.di(referente_a).exists()
        assert Utente.objects.filter(pk=referente_a.pk, is_active=True).exists()

    def test_person__of_another_organisation_not_found(self, client_di, manager, organizzazione_a, referente_b):
        percorso = reverse("gestione_organizzazioni:togli", args=[organizzazione_a.pk, referente_b.pk])
        assert client_di(manager).post(percorso).status_code == 404
        assert Organizzazione.objects.di(referente_b).exists()

    def test_new_organisation__gets_its_public_page(self, client_di, manager):
        dati = {"denominazione": "Nuova", "chiave": "nuova", "natura": "privata"}
        risposta = client_di(manager).post(reverse("gestione_organizzazioni:add"), dati)
        nuova = Organizzazione.objects.get(chiave="nuova")
        assert risposta.url == reverse("gestione_organizzazioni:persone", args=[nuova.pk])
        assert OrganizzazionePage.objects.live().filter(organizzazione=nuova).exists()
        assert not nuova.attiva

    def test_edit__key_stays(self, client_di, manager, organizzazione_a):
        dati = {"denominazione": "ASIF", "chiave": "altra", "natura": "pubblica"}
        client_di(manager).post(reverse("gestione_organizzazioni:edit", args=[organizzazione_a.pk]), dati)
        organizzazione_a.refresh_from_db()
        assert (organizzazione_a.denominazione, organizzazione_a.chiave) == ("ASIF", "asif-chimelli")

    def test_list__constant_queries(self, client_di, manager, referente_a, referente_b):
        client = client_di(manager)

        def query(filtro):
            with CaptureQueriesContext(connection) as contate:
                assert client.get(reverse("gestione_organizzazioni:index"), filtro).status_code == 200
            return len(contate)

        query({"q": "asif"})
        assert query({"q": "asif"}) == query({"q": "s"})
