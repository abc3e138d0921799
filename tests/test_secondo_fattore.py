"""The second factor: who must have one, how it is set up and asked, and the ways back for who lost it."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, validate_totp_code, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import ModelLogEntry

from organizzazioni import operazioni
from organizzazioni.permissions import deve_avere_secondo_fattore, puo_azzerare_secondo_fattore
from organizzazioni.secondo_fattore import CODICI_SBAGLIATI
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
ENTRA, CASA, MIO = "/admin/login/", "/admin/", "/admin/sicurezza/"
ATTIVA, CODICE = "/admin/sicurezza/totp/activate/", "/admin/sicurezza/authenticate/"


@pytest.fixture(autouse=True)
def richiesto(settings):
    settings.SECONDO_FATTORE_RICHIESTO = True
    cache.clear()
    yield
    cache.clear()


def entra(persona, client=None, poi=""):
    client = client or Client()
    return client, client.post(ENTRA, {"username": persona.username, "password": PASSWORD, "next": poi})


def codice_di(segreto, passo=1):
    """A code of now, or of the step before or after: each is good once."""
    return f"{hotp_value(segreto, list(yield_hotp_counters_from_time())[passo]):06}"


@pytest.fixture
def imposta(dopo):
    """Set the app up for this person, as they do; their client and the secret that the app holds."""

    def fai(persona):
        client, _ = entra(persona)
        segreto = re.search(r'sicurezza-segreto">(\w+)<', client.get(ATTIVA).content.decode())[1]
        risposta = dopo(client.post, ATTIVA, {"code": codice_di(segreto)})
        assert risposta.status_code == 302
        return client, segreto

    return fai


@pytest.mark.parametrize("ruolo", ["manager", "coordinamento", "acs", "superutente"])
def test_required__until_it_is_set_up_everything_else_is_closed(ruolo, request, organizzazione_a):
    persona = request.getfixturevalue(ruolo)
    client, risposta = entra(persona)
    assert risposta.status_code == 302
    for indirizzo in (CASA, "/admin/account/", "/admin/pages/", "/admin/organizzazioni/", "/admin/api/main/pages/"):
        for metodo in (client.get, client.post):
            chiuso = metodo(indirizzo)
            assert (chiuso.status_code, chiuso.url) == (302, MIO), indirizzo
    pagina = client.get(MIO).content.decode()
    assert "Prima di continuare scegline uno" in pagina and "Torna al portale" not in pagina
    visitatore = client.get("/")
    assert visitatore.status_code == 200 and not visitatore.wsgi_request.user.is_authenticated


def test_required__once_set_up_the_portal_opens_and_asks_for_it(manager, imposta):
    client, segreto = imposta(manager)
    assert client.get(CASA).status_code == 200
    altro, risposta = entra(manager, poi="/admin/pages/")
    assert risposta.url == CODICE and "_auth_user_id" not in altro.session
    assert altro.get(CASA).url.startswith(ENTRA)
    assert "non è giusto" in altro.post(CODICE, {"code": "000000"}).content.decode()
    dentro = altro.post(CODICE, {"code": codice_di(segreto)})
    assert (dentro.status_code, dentro.url) == (302, "/admin/pages/") and altro.get(CASA).status_code == 200


def test_code__is_good_once(manager, imposta):
    _, segreto = imposta(manager)
    codice = codice_di(segreto)
    for atteso in (302, 200):
        client, _ = entra(manager)
        assert client.post(CODICE, {"code": codice}).status_code == atteso


def test_referents__are_offered_it_and_enter_without(referente_a, imposta):
    client, risposta = entra(referente_a)
    assert (risposta.url, client.get(CASA).status_code) == (CASA, 200)
    assert MIO in client.get("/admin/account/").content.decode()
    imposta(referente_a)
    assert entra(referente_a)[1].url == CODICE


def test_offered__who_decides_enters_with_the_password(manager, settings):
    settings.SECONDO_FATTORE_RICHIESTO = False
    client, risposta = entra(manager)
    assert (risposta.url, client.get(CASA).status_code) == (CASA, 200)
    assert "Torna al portale" in client.get(MIO).content.decode()


def test_invited__who_must_have_it_sets_it_up_first(nuovo_utente, distretto, dopo, manager):
    nuova = nuovo_utente("nuova", "Coordinamento")
    nuova.set_unusable_password()
    nuova.save()
    dopo(operazioni.invita, nuova.email, "", "", [distretto], manager)
    indirizzo = re.search(r"/invito/\S+", mail.outbox[-1].body)[0]
    client, password = Client(), "una-parola-lunga-e-mia"
    risposta = client.post(indirizzo, {"new_password1": password, "new_password2": password})
    assert risposta.url == CASA and client.get(CASA).url == MIO


def test_recovery_codes__each_enters_once(manager, imposta):
    client, _ = imposta(manager)
    pagina = client.get("/admin/sicurezza/recovery-codes/").content.decode()
    codici = re.findall(r"<code>(\d{8})</code>", pagina)
    assert len(codici) == 10
    assert codici[0] in client.get("/admin/sicurezza/recovery-codes/download/").content.decode()
    for atteso in (302, 200):
        altro, _ = entra(manager)
        assert altro.post(CODICE, {"code": codici[0]}).status_code == atteso


def test_owner__is_told_of_a_new_factor_and_of_one_taken_away(manager, imposta, dopo):
    client, _ = imposta(manager)
    assert [(m.to, m.subject) for m in mail.outbox] == [([manager.email], "È cambiato come entri nel portale")]
    assert "Il codice dell'app è stato aggiunto" in mail.outbox[0].body
    dopo(client.post, "/admin/sicurezza/totp/deactivate/")
    assert "Il codice dell'app è stato tolto" in mail.outbox[1].body
    assert client.get(CASA).url == MIO and not Authenticator.objects.exists()


def test_owner__is_told_when_who_has_the_password_tries_codes(manager, imposta, dopo):
    imposta(manager)
    mail.outbox.clear()
    client, _ = entra(manager)
    for n in range(CODICI_SBAGLIATI.quante + 2):
        dopo(client.post, CODICE, {"code": f"{n:06}"})
    assert [m.subject for m in mail.outbox] == ["Qualcuno ha la tua password?"]
    assert "_auth_user_id" not in client.session


def test_password__is_asked_again_before_the_factor_is_touched(manager, client_di):
    client = client_di(manager)  # a session of long ago
    risposta = client.get(ATTIVA)
    assert risposta.url.startswith("/admin/sicurezza/password/")
    assert "Conferma la password" in client.get(risposta.url).content.decode()
    assert client.post(risposta.url, {"password": "sbagliata"}).status_code == 200
    assert client.post(risposta.url, {"password": PASSWORD}).url == ATTIVA
    assert client.get(ATTIVA).status_code == 200


def test_secret__is_not_readable_in_the_database_nor_with_another_key(manager, imposta, settings):
    _, segreto = imposta(manager)
    fattore = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert segreto not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert fattore.wrap().validate_code(codice_di(segreto))
    cache.clear()
    settings.SECRET_KEY = "un-altro-segreto"
    assert not fattore.wrap().validate_code(codice_di(segreto))
    assert not validate_totp_code("", "") and not fattore.wrap().validate_code(codice_di(""))


# A lost one


def azzera(persona):
    return reverse("azzera_secondo_fattore", args=[persona.pk])


def test_lost__the_manager_takes_it_away_with_a_reason_that_is_kept(
    referente_a, manager, organizzazione_a, imposta, dopo, settings, client_di
):
    imposta(referente_a)
    settings.SECONDO_FATTORE_RICHIESTO = False
    client = client_di(manager)
    persone = client.get(reverse("gestione_organizzazioni:persone", args=[organizzazione_a.pk])).content.decode()
    assert azzera(referente_a) in persone
    assert "Scrivi il motivo" in client.post(azzera(referente_a), {"motivo": " "}).content.decode()
    assert Authenticator.objects.exists()
    mail.outbox.clear()
    assert dopo(client.post, azzera(referente_a), {"motivo": "Ha cambiato telefono"}).status_code == 302
    assert not Authenticator.objects.exists() and entra(referente_a)[1].url == CASA
    voce = ModelLogEntry.objects.get(action="organizzazioni.azzera_fattore")
    assert voce.user == manager and "Ha cambiato telefono" in voce.message
    assert mail.outbox[0].to == [referente_a.email] and str(manager) in mail.outbox[0].body


def test_lost__who_may_take_it_away(referente_a, manager, coordinamento, acs, superutente, nuovo_utente):
    altro_manager = nuovo_utente("altro", "Manager territoriale")
    persone = (referente_a, manager, coordinamento, acs, superutente)
    possono = {
        (str(utente), str(persona))
        for utente in persone
        for persona in (*persone, altro_manager)
        if puo_azzerare_secondo_fattore(utente, persona)
    }
    attesi = {(str(superutente), str(p)) for p in (referente_a, manager, coordinamento, acs, altro_manager)}
    assert possono == attesi | {(str(manager), str(referente_a))}
    with pytest.raises(PermissionDenied):
        operazioni.azzera_secondo_fattore(superutente, "perché sì", manager)


def test_lost__the_last_superuser_asks_the_server(superutente, imposta):
    imposta(superutente)
    with pytest.raises(CommandError):
        call_command("azzera_secondo_fattore", superutente.username, " ")
    with pytest.raises(CommandError):
        call_command("azzera_secondo_fattore", "nessuno", "perso")
    call_command("azzera_secondo_fattore", superutente.username, "perso il telefono", stdout=StringIO())
    assert not Authenticator.objects.exists()
    with pytest.raises(ValidationError):
        operazioni.azzera_secondo_fattore(superutente, "", None)


def test_anonymous__keeps_no_factor(referente_a, superutente, imposta):
    imposta(referente_a)
    operazioni.anonimizza(referente_a, superutente)
    assert not Authenticator.objects.exists()


def test_doors__of_allauth_are_not_there():
    """Of its names those alone that its screens of the second factor need."""
    nomi = {nome for nome in get_resolver().reverse_dict if isinstance(nome, str)}
    assert {nome for nome in nomi if nome.startswith("account_")} == {"account_login", "account_reauthenticate"}
    assert not {nome for nome in nomi if nome.startswith(("socialaccount", "mfa_login", "mfa_signup", "mfa_trust"))}


def test_screens__of_keys_open_and_say_what_to_do_without_javascript(manager, client_di, imposta):
    client, _ = imposta(manager)
    for via in ("webauthn/", "webauthn/add/", "recovery-codes/generate/", "totp/deactivate/", ""):
        pagina = client.get(f"{MIO}{via}")
        assert pagina.status_code == 200, via
        assert not re.search(r"<script(?![^>]*(?:src=|application/json))|<style|\sstyle=", _nostro(pagina)), via


def _nostro(pagina):
    """What is ours of a screen: from its heading on."""
    return pagina.content.decode().partition("<h1>")[2]


def test_who_must__follows_from_the_roles(referente_a, manager, coordinamento, acs, superutente):
    devono = [p for p in (referente_a, manager, coordinamento, acs, superutente) if deve_avere_secondo_fattore(p)]
    assert devono == [manager, coordinamento, acs, superutente]
