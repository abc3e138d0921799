"""What every answer says to browsers, one content security policy for the site and one for the admin by path; and what
no address is."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import Http404
from django.urls import reverse

from .chiavi import CIFRE

CAPACITA = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
"""What no page of ours asks of a browser, and no script in it may."""


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the admin its own policy: Wagtail's editor needs inline code that the site never has."""

    def get_policy_parts(self, request, response, report_only=False):
        parti = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith(reverse("wagtailadmin_home")):
            parti.config = settings.CONTENT_SECURITY_POLICY_ADMIN
        return parti


class IntestazioniMiddleware:
    """What a page may ask of the browser, and that no other site shows what is answered here: files that others may
    show (static ones, `MEDIA_ROOT`) are given before, or by the web server. An answer that says so itself keeps it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        risposta = self.get_response(request)
        risposta.headers.setdefault("Permissions-Policy", CAPACITA)
        risposta.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return risposta


class ChiaviMiddleware:
    """An address with a number that the database cannot hold in a key is of nothing, where no view says better."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, errore):
        chiavi = [valore for valore in request.resolver_match.kwargs.values() if isinstance(valore, int)]
        if isinstance(errore, OverflowError) and any(chiave >= 10**CIFRE for chiave in chiavi):
            raise Http404 from errore
