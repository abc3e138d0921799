"""«È stata utile?»: one press counts, a second page asks why. Neither reads or sets a cookie.

The URLconf says of which kind (`ambito`): see `cura.urls_pubblici`.
"""

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from base.limiti import Limite
from base.moduli_pubblici import DURATA, ModuloPubblicoView
from base.views import PaginaAdminMixin

from .. import operazioni
from ..forms import PercheForm
from ..permissions import tiene_qualcosa
from ..registro import cura_di_ambito
from ..selettori import da_spiegare, giudizi_per_pagina, perche_recenti
from .pubbliche import pubblicata

GIUDIZI = Limite("cura.giudizi", quante=10, secondi=3600, in_tutto=1000)
"""Answers that one network address may give, and all of them, in an hour."""
SALE = "cura.giudizi"


@csrf_exempt  # no cookie, no right is used: it counts an answer, so many an hour
@require_POST
def giudica(request, pk, ambito):
    """Count the answer; then ask why."""
    cura = cura_di_ambito(ambito)
    pagina = pubblicata(cura, pk)
    risposta = request.POST.get("utile")
    if risposta not in ("si", "no"):
        return redirect(pagina.url)
    if not GIUDIZI.passa(request):
        return render(request, "cura/giudizio.html", {"pagina": pagina, "troppi": True}, status=429)
    giudizio = operazioni.giudica(pagina, risposta == "si", timezone.localdate())
    return redirect(f"{cura.urls_pubblici}:perche", pagina.pk, signing.dumps(giudizio.pk, salt=SALE))


class PercheView(ModuloPubblicoView):
    """Why it was useful, or was not, of the answer that the address says. Once it is said, the same page thanks."""

    form_class = PercheForm
    template_name = "cura/giudizio.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.pagina = pubblicata(cura_di_ambito(kwargs["ambito"]), kwargs["pk"])
        try:
            self.giudizio = signing.loads(kwargs["gettone"], salt=SALE, max_age=DURATA)
        except signing.BadSignature as errore:
            raise Http404 from errore

    def get_context_data(self, **kwargs):
        return super().get_context_data(pagina=self.pagina, detto=not da_spiegare(self.giudizio), **kwargs)

    def get_success_url(self):
        return self.request.path

    def registra(self, dati):
        operazioni.spiega(self.giudizio, dati["perche"])


class GiudiziView(PaginaAdminMixin, TemplateView):
    """What who read the entries of a kind says of them, the least useful before: to each, of those that they keep."""

    template_name = "cura/admin/giudizi.html"
    page_title = "Utili o no"
    header_icon = "thumbtack"

    def dispatch(self, request, *args, **kwargs):
        if not tiene_qualcosa(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return cura_di_ambito(self.kwargs["ambito"]).nome

    def get_context_data(self, **kwargs):
        cura, utente = cura_di_ambito(self.kwargs["ambito"]), self.request.user
        return super().get_context_data(
            cura=cura, righe=giudizi_per_pagina(cura, utente), perche=perche_recenti(cura, utente), **kwargs
        )
