"""One content security policy for the site and one for the admin, by path."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.urls import reverse


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the admin its own policy: Wagtail's editor needs inline code that the site never has."""

    def process_response(self, request, response):
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_config = settings.CONTENT_SECURITY_POLICY_ADMIN
        return super().process_response(request, response)
