"""Signing in, as it looks from outside: wrong passwords stop, and so do mails to choose a new one.

Wrong passwords are counted by django-axes, wherever one may sign in, by network address alone: who guesses the password
of many is stopped, and nobody locks anybody else out. Neither names nor addresses are kept or logged.
"""

from django.shortcuts import render
from wagtail.admin.views.account import PasswordResetView

from base.limiti import Limite, indirizzo_di, rete

NUOVA_PASSWORD = Limite("organizzazioni.nuova_password", quante=5, secondi=3600, in_tutto=60)
"""Mails to choose a new password that one address may ask for, and all of them."""

ATTESA = 30
"""Minutes after which a stopped address may try again: as `AXES_COOLOFF_TIME`."""


def da_dove(request) -> str:
    """What django-axes counts by: the address past our own proxies, of IPv6 the network of the house."""
    return rete(indirizzo_di(request)).partition("/")[0]


def chi(username, ip_address, user_agent, path_info, request) -> str:
    """What django-axes writes in the log of who tries."""
    return NUOVA_PASSWORD.impronta(request)


def troppi_tentativi(request, risposta=None, credenziali=None):
    """What a stopped address gets, the right password included."""
    pagina = render(request, "organizzazioni/troppi_tentativi.html", {"minuti": ATTESA}, status=429)
    pagina["Retry-After"], pagina["Cache-Control"] = str(ATTESA * 60), "no-store"
    return pagina


class NuovaPasswordView(PasswordResetView):
    """Wagtail's, within a limit: the answer never tells whether the address belongs to somebody."""

    def form_valid(self, form):
        if not NUOVA_PASSWORD.passa(self.request):
            form.add_error(None, "Sono arrivate molte richieste in poco tempo: riprova tra un'ora")
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return super().form_valid(form)
