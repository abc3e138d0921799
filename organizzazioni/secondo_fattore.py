"""The second factor: an app's code, a key or one of ten recovery codes, after the password. By django-allauth.

allauth keeps who signs in outside until both are given, and has the screens where each person keeps their own
(`/admin/sicurezza/`); its own doors, sign-ups and addresses are not here. Who decides or reads everything must have one
where `SECONDO_FATTORE_RICHIESTO` says so: until then they reach its screens alone.
"""

import base64
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac

from base.limiti import Limite, indirizzo_di

from . import notifiche
from .permissions import deve_avere_secondo_fattore

FATTORI = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""What is a second factor; recovery codes only stand in for one."""
SENZA_FATTORE = ("mfa_", "account_", "wagtailadmin_logout", "wagtailadmin_login", "wagtailadmin_sprite", "salute")
"""What who still has to set it up may open, by the beginning of its name."""
CODICI_SBAGLIATI = Limite("organizzazioni.secondo_fattore", quante=5, secondi=3600)
"""Wrong codes in an hour after which the owner is told; once in `AVVISATO`."""
AVVISATO = Limite("organizzazioni.secondo_fattore.avvisato", quante=1, secondi=24 * 3600)


def entra(request, persona, poi):
    """`persona` gave the right password: the answer is the request for the second factor, or `poi`, signed in."""
    record_authentication(request, persona, method="password", reauthenticated=True)
    return perform_login(request, persona, redirect_url=poi)


def ha_secondo_fattore(persona) -> bool:
    return Authenticator.objects.filter(user=persona, type__in=FATTORI).exists()


def con_secondo_fattore(persone):
    """The same people, each with `con_fattore`: whether they have one."""
    suoi = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FATTORI)
    return persone.annotate(con_fattore=Exists(suoi))


def manca_secondo_fattore(utente) -> bool:
    """Whether `utente` signed in, must have a second factor and has none yet."""
    return utente.is_authenticated and deve_avere_secondo_fattore(utente) and not ha_secondo_fattore(utente)


class SecondoFattoreMiddleware:
    """Who must set it up finds only where to; on the site they are a visitor like any other."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECONDO_FATTORE_RICHIESTO or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if (request.resolver_match.url_name or "").startswith(SENZA_FATTORE):
            return None
        if not manca_secondo_fattore(request.user):
            return None
        if request.path.startswith(reverse("wagtailadmin_home")):
            return redirect("mfa_index")
        request.user = AnonymousUser()
        return None


class AccessoAdapter(DefaultAccountAdapter):
    """How allauth sees who comes: past our own proxies, and with no words of its own."""

    def get_client_ip(self, request):
        return indirizzo_di(request) or "0.0.0.0"  # noqa: S104  (nothing listens there: a request without an address)

    def get_login_redirect_url(self, request):
        return reverse("wagtailadmin_home")

    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """What went wrong is said; that something was done, the page shows."""
        if message_template is None:
            super().add_message(request, level, message_template, *args, **kwargs)


class FattoriAdapter(DefaultMFAAdapter):
    """What is kept of a second factor is encrypted: who reads the database alone, or a copy of it, makes no codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Questo codice non è giusto, o è già stato usato",
    }

    def _get_site_name(self):
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text):
        return _cifra().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """With another secret key nothing can be read, and no code is right: a secret of this moment stands for it."""
        try:
            return _cifra().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user, type):
        return f"Chiave {Authenticator.objects.filter(user=user, type=type).count() + 1}"


def _cifra():
    chiavi = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(
            base64.urlsafe_b64encode(salted_hmac("organizzazioni.secondo_fattore", "", k, algorithm="sha256").digest())
        )
        for k in chiavi
    )


def collega():
    """Tell the owner of what happens to their second factor; called once, when the app is ready."""
    for segnale, cosa in (
        (authenticator_added, "è stato aggiunto"),
        (authenticator_removed, "è stato tolto"),
        (authenticator_reset, "è stato rifatto"),
    ):
        segnale.connect(_racconta(cosa), weak=False, dispatch_uid=f"secondo-fattore-{cosa}")
    authentication_failed.connect(codice_sbagliato, dispatch_uid="secondo-fattore-sbagliato")


def _racconta(cosa):
    def ricevi(user, authenticator, **kwargs):
        if (
            cosa != "è stato aggiunto" or authenticator.type in FATTORI
        ):  # the codes that come with the first are no news
            notifiche.secondo_fattore(user, f"{NOMI[authenticator.type]} {cosa}")

    return ricevi


NOMI = {
    Authenticator.Type.TOTP: "Il codice dell'app",
    Authenticator.Type.WEBAUTHN: "Un dispositivo che fa da chiave",
    Authenticator.Type.RECOVERY_CODES: "L'elenco dei codici di recupero",
}


def codice_sbagliato(user, **kwargs):
    """Whoever gives wrong codes knows the password: its owner should."""
    if not CODICI_SBAGLIATI.conta(str(user.pk)) and AVVISATO.passa(str(user.pk)):
        notifiche.codici_sbagliati(user)
