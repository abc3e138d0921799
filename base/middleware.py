"""What every answer says to browsers: one content security policy for the site and one for the admin, by path."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.urls import reverse

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
