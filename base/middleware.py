"""One content security policy for the site and one for the admin, by path."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.urls import reverse


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the admin its own policy: Wagtail's editor needs inline code that the site never has."""

    def get_policy_parts(self, request, response, report_only=False):
        parti = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith(reverse("wagtailadmin_home")):
            parti.config = settings.CONTENT_SECURITY_POLICY_ADMIN
        return parti
