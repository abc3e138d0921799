"""«È stata utile?»: one press counts, a second page asks why. Neither reads or sets a cookie."""

from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from base.limiti import Limite
from base.moduli_pubblici import DURATA, ModuloPubblicoView

from .. import operazioni
from ..selettori_giudizi import giudizi_per_scheda, perche_recenti
from .forms import PercheForm
from .views_admin import DelManagerMixin, SchermataMixin
from .views_pubbliche import pubblicato

GIUDIZI = Limite("guide.giudizi", quante=10, secondi=3600, in_tutto=1000)
"""Answers that one network address may give, and all of them, in an hour."""
SALE = "guide.giudizi"


@csrf_exempt  # no cookie, no right is used: it counts an answer, so many an hour
@require_POST
def giudica(request, pk):
    """Count the answer; then ask why."""
    servizio = pubblicato(pk)
    risposta = request.POST.get("utile")
    if risposta not in ("si", "no"):
        return redirect(servizio.url)
    if not GIUDIZI.passa(request):
        return render(request, "guide/giudizio.html", {"servizio": servizio, "troppi": True}, status=429)
    giudizio = operazioni.giudica(servizio, risposta == "si", timezone.localdate())
    return redirect("guide:perche", servizio.pk, signing.dumps(giudizio.pk, salt=SALE))


class PercheView(ModuloPubblicoView):
    """Why it was useful, or was not, of the answer that the address says."""

    form_class = PercheForm
    template_name = "guide/giudizio.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.servizio = pubblicato(kwargs["pk"])
        try:
            self.giudizio = signing.loads(kwargs["gettone"], salt=SALE, max_age=DURATA)
        except signing.BadSignature as errore:
            raise Http404 from errore

    def get_context_data(self, **kwargs):
        return super().get_context_data(servizio=self.servizio, **kwargs)

    def get_success_url(self):
        return reverse("guide:grazie")

    def registra(self, dati):
        operazioni.spiega(self.giudizio, dati["perche"])


class GiudiziView(DelManagerMixin, SchermataMixin, TemplateView):
    """What who read the sheets says of them, the least useful before."""

    template_name = "guide/admin/giudizi.html"
    page_title = "Utili o no"
    header_icon = "thumbtack"

    def get_context_data(self, **kwargs):
        return super().get_context_data(righe=giudizi_per_scheda(), perche=perche_recenti(), **kwargs)
