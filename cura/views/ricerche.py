"""What a page of results reports back, and the manager's report on searches in vain."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from base.limiti import Limite
from base.views import PaginaAdminMixin
from organizzazioni.schermate import DelManagerMixin

from .. import operazioni
from ..selettori import ricerche_vane

CERCATO_INVANO = Limite("guide.cercato_invano", quante=30, secondi=3600, in_tutto=600)
"""Searches in vain that one address may report, and all of them: each costs a search."""


@csrf_exempt  # no cookie, no right is used: the page of results says by itself which words found nothing
@require_POST
def cercato_invano(request, ambito):
    """Count these words, if they really find nothing in `ambito`, which the URLconf says. The answer never tells."""
    if CERCATO_INVANO.passa(request):
        operazioni.annota_vana(ambito, request.POST.get("parole", "")[:200], timezone.localdate())
    return HttpResponse(status=204)


class CercatoInvanoView(DelManagerMixin, PaginaAdminMixin, TemplateView):
    """What families looked for and did not find, with a way to teach the lists their word."""

    template_name = "cura/admin/cercato_invano.html"
    page_title = "Cercato invano"
    header_icon = "search"

    def get_context_data(self, **kwargs):
        return super().get_context_data(righe=ricerche_vane(timezone.localdate()), **kwargs)
