"""What people write about conventions, in the admin: the queue, and one message."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from .. import operazioni
from ..models import Segnalazione
from ..permissions import puo_gestire_segnalazione, puo_leggere_chi_scrive, segnalazioni_visibili_a
from ..views import ConvenzioniMixin, UnaConvenzioneMixin
from . import selettori
from .forms import BozzaForm, RispostaForm

PER_PAGINA = 30


class SegnalazioniView(ConvenzioniMixin, View):
    """What waits, or with `?stato=risolta` what was closed."""

    page_title = "Segnalazioni"
    header_icon = "comment"
    template_name = "convenzioni/admin/segnalazioni.html"

    def get(self, request):
        risolte = request.GET.get("stato") == Segnalazione.Stato.RISOLTA
        paginatore = WagtailPaginator(selettori.coda(request.user, risolte), PER_PAGINA)
        pagina = paginatore.get_page(request.GET.get("p"))
        return self.mostra(
            risolte=risolte, page_obj=pagina, elided_page_range=paginatore.get_elided_page_range(pagina.number)
        )


class SegnalazioneView(ConvenzioniMixin, View):
    """One message. Whose convention it is reads what is said, never who wrote it, and closes its partner's own."""

    header_icon = "comment"
    template_name = "convenzioni/admin/segnalazione.html"

    @cached_property
    def segnalazione(self):
        visibili = segnalazioni_visibili_a(self.request.user).select_related("convenzione", "bozza", "presa_da")
        return get_object_or_404(visibili, pk=self.kwargs["pk"])

    def percorso(self):
        return [*super().percorso(), {"url": reverse("convenzioni:segnalazioni"), "label": "Segnalazioni"}]

    def get_page_title(self):
        return self.segnalazione.nome

    def get(self, request, pk):
        return self.pagina()

    def post(self, request, pk):
        azione, segnalazione = request.POST.get("azione"), self.segnalazione
        bozza, risposta = BozzaForm(request.POST), RispostaForm(request.POST)
        try:
            if azione == "prendi":
                operazioni.prendi_in_carico(segnalazione, request.user)
            elif azione == "riapri":
                operazioni.riapri(segnalazione, request.user)
            elif azione == "risolvi":
                if not risposta.is_valid():
                    return self.pagina(risposta=risposta)
                operazioni.risolvi(segnalazione, request.user, risposta.cleaned_data["risposta"])
                messages.success(request, "Segnalazione risolta")
                return redirect("convenzioni:segnalazioni")
            elif azione == "bozza":
                if not bozza.is_valid():
                    return self.pagina(bozza=bozza)
                pagina = operazioni.crea_bozza(segnalazione, request.user, **bozza.cleaned_data)
                messages.success(request, "Bozza creata: controlla, completa e invia")
                return redirect("wagtailadmin_pages:edit", pagina.pk)
        except (operazioni.PassaggioImpossibile, PermissionDenied) as errore:
            messages.error(request, str(errore))
        return redirect(segnalazione)

    def pagina(self, **contesto):
        segnalazione, utente = self.segnalazione, self.request.user
        gestisce, legge = puo_gestire_segnalazione(utente, segnalazione), puo_leggere_chi_scrive(utente)
        return self.mostra(**{
            "segnalazione": segnalazione, "gestisce": gestisce, "legge_chi_scrive": legge,
            "storia": selettori.storia(segnalazione) if gestisce else [], "risposta": RispostaForm(),
            "bozza": BozzaForm(initial={"categoria": segnalazione.categoria_id}), **contesto,
        })


class ChiediView(UnaConvenzioneMixin, View):
    """Ask the partner now whether its offer is still right."""

    def fai(self, request):
        accordo = operazioni.chiedi_conferma(self.convenzione, request.user, timezone.localdate())
        messages.success(request, f"Chiesta a {accordo.a_chi_chiedere}")
        return self.torna()
