"""Signing in, as it looks from outside: one door, where guessing stops, and mails to choose a new password.

Wrong passwords are counted three ways, before the password is looked at: of one account from one address, from one
address whoever it says it is, of one account from everywhere. Signing in starts only the first of them again, so one's
own account is no help in guessing another's. The last one stops only devices from which nobody signed in to that
account before: no stranger can lock its owner out. Neither names nor addresses are kept or logged.
"""

import unicodedata

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views.account import LoginView, PasswordResetView

from base.limiti import Limite
from base.posta import NESSUNO

from . import notifiche
from .models import Utente
from .secondo_fattore import entra

ATTESA = 30
"""Minutes after which who was stopped may try again."""
DI_UN_ACCESSO = Limite("organizzazioni.accesso", quante=10, secondi=ATTESA * 60)
DA_UN_LUOGO = Limite("organizzazioni.accesso.luogo", quante=30, secondi=ATTESA * 60)
OVUNQUE = Limite("organizzazioni.accesso.ovunque", quante=100, secondi=3600)
ALLARME = Limite("organizzazioni.accesso.allarme", quante=10, secondi=3600)
"""Wrong passwords of one account, from anywhere in an hour, after which its owner is told; once in `AVVISATO`."""
AVVISATO = Limite("organizzazioni.accesso.avvisato", quante=1, secondi=24 * 3600)

NUOVA_PASSWORD = Limite("organizzazioni.nuova_password", quante=5, secondi=3600, in_tutto=60)
"""Mails to choose a new password that one address may ask for, and all of them."""
A_UNA_CASELLA = Limite("organizzazioni.nuova_password.casella", quante=3, secondi=3600)
"""The same, to one mailbox."""

NOTO = "dispositivo_noto"
"""Cookie of a device from which someone signed in: the fingerprint of whose account it was."""
SALE = "organizzazioni.accesso"
DURATA_NOTO = 180 * 24 * 3600


class EntraView(LoginView):
    """Wagtail's, within limits. Whatever the form refuses counts as a wrong password."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for campo, che_cosa in (("username", "username"), ("password", "current-password")):
            form.fields[campo].widget.attrs["autocomplete"] = che_cosa
        return form

    def post(self, request, *args, **kwargs):
        self.chi = unicodedata.normalize("NFKC", request.POST.get("username", "")).strip().casefold()[:254]
        self.da_qui = f"{self.chi} {DI_UN_ACCESSO.impronta(request)}"
        if not (self._ammessa(request) and DA_UN_LUOGO.passa(request) and DI_UN_ACCESSO.passa(self.da_qui)):
            return troppi_tentativi(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if form.cleaned_data.get("remember") else 0)
        risposta = entra(self.request, form.get_user(), self.get_success_url())
        DI_UN_ACCESSO.azzera(self.da_qui)
        DA_UN_LUOGO.togli(self.request)
        risposta.set_signed_cookie(
            NOTO,
            OVUNQUE.impronta(self.chi),
            salt=SALE,
            max_age=DURATA_NOTO,
            path=reverse("wagtailadmin_home"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return risposta

    def form_invalid(self, form):
        OVUNQUE.conta(self.chi)
        if not ALLARME.conta(self.chi) and AVVISATO.passa(self.chi):
            persona = Utente.objects.filter(username__iexact=self.chi, is_active=True).first()
            notifiche.tentativi(persona or _nessuno())
        return super().form_invalid(form)

    def _ammessa(self, request):
        noto = request.get_signed_cookie(NOTO, None, salt=SALE, max_age=DURATA_NOTO)
        return noto == OVUNQUE.impronta(self.chi) or OVUNQUE.ammette(self.chi)


def troppi_tentativi(request):
    """What who is stopped gets, whether or not the password was right: it was not looked at."""
    pagina = render(request, "organizzazioni/troppi_tentativi.html", {"minuti": ATTESA}, status=429)
    pagina["Retry-After"], pagina["Cache-Control"] = str(ATTESA * 60), "no-store"
    return pagina


class NuovaPasswordForm(PasswordResetForm):
    """Django's. An address that is nobody's costs what somebody's does: a message is written, and sent to nobody."""

    def get_users(self, email):
        persone = list(super().get_users(email))
        return persone if persone and A_UNA_CASELLA.passa(email.casefold()) else [_nessuno()]


class NuovaPasswordView(PasswordResetView):
    """Wagtail's, within a limit: neither the answer nor its time tells whether the address belongs to somebody."""

    def get_form_class(self):
        return NuovaPasswordForm

    def form_valid(self, form):
        if not NUOVA_PASSWORD.passa(self.request):
            form.add_error(None, "Sono arrivate molte richieste in poco tempo: riprova tra un'ora")
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return super().form_valid(form)


def _nessuno():
    """A person who is not there, to whom what is written is never sent."""
    return Utente(pk=0, username="nessuno", email=NESSUNO, password="!")  # noqa: S106  (no password at all)
