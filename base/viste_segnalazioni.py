"""The admin's screens of `base.segnalazioni`: the queue, and one message with a button for each thing to do."""

from types import ModuleType

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages

from .forms import RispostaForm
from .segnalazioni import PassaggioImpossibile, SegnalazioneAstratta, storia
from .viste import PaginaAdminMixin


class CodaMixin(PaginaAdminMixin):
    """What waits, or with `?stato=risolta` what was closed. The app says in `visibili` whose messages."""

    page_title = "Segnalazioni"
    header_icon = "comment"

    def get(self, request):
        return self.mostra()

    def get_context_data(self, **kwargs):
        risolte = self.request.GET.get("stato") == SegnalazioneAstratta.Stato.RISOLTA
        return super().get_context_data(risolte=risolte, **self.pagina_di(self.visibili().coda(risolte)), **kwargs)


class SegnalazioneMixin(PaginaAdminMixin):
    """One message. The app says which are `visibili`, who `gestisce` them, and with which `operazioni`."""

    header_icon = "comment"
    operazioni: ModuleType
    bozza_form: type[forms.Form]
    coda = ""
    """The name of the address of the queue."""
    cosa = ""
    """What is born of a proposal, a feminine noun."""

    @cached_property
    def segnalazione(self):
        return get_object_or_404(self.visibili(), pk=self.kwargs["pk"])

    def percorso(self):
        via = super().percorso()
        return [*via, {"url": reverse(self.coda), "label": CodaMixin.page_title}] if via else via

    def get(self, request, pk):
        return self.mostra()

    def post(self, request, pk):
        azione, segnalazione = request.POST.get("azione"), self.segnalazione
        bozza, risposta = self.bozza_form(request.POST), RispostaForm(request.POST)
        try:
            if azione == "prendi":
                self.operazioni.prendi_in_carico(segnalazione, request.user)
            elif azione == "riapri":
                self.operazioni.riapri(segnalazione, request.user)
            elif azione == "risolvi":
                if not risposta.is_valid():
                    return self.mostra(risposta=risposta)
                self.operazioni.risolvi(segnalazione, request.user, risposta.cleaned_data["risposta"])
                messages.success(request, "Segnalazione risolta")
                return redirect(self.coda)
            elif azione == "bozza":
                if not bozza.is_valid():
                    return self.mostra(bozza=bozza)
                pagina = self.operazioni.crea_bozza(segnalazione, request.user, **bozza.cleaned_data)
                messages.success(request, "Bozza creata: controlla, completa e invia")
                return redirect("wagtailadmin_pages:edit", pagina.pk)
        except (PassaggioImpossibile, PermissionDenied) as errore:
            messages.error(request, str(errore))
        return redirect(segnalazione)

    def get_context_data(self, **kwargs):
        gestisce = self.gestisce()
        return super().get_context_data(
            **{
                "segnalazione": self.segnalazione,
                "gestisce": gestisce,
                "risposta": RispostaForm(),
                "cosa": self.cosa,
                "storia": storia(self.segnalazione) if gestisce else [],
                "bozza": self.bozza_form(initial=self.bozza_iniziale()),
                **kwargs,
            }
        )

    def bozza_iniziale(self):
        """What the form of the draft proposes."""
        return {}
