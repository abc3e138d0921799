"""What people wrote, in the admin: the queue, and one message with a button for each thing to do."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.models import ModelLogEntry

from base.filtri import FiltroAdmin
from base.views import PaginaAdminMixin

from .. import operazioni
from ..forms import RispostaForm
from ..models import SegnalazioneAstratta
from ..permissions import puo_gestire_segnalazione, puo_leggere_chi_scrive, segnalazioni_visibili_a
from ..registro import cura_di


class VisibiliMixin(PaginaAdminMixin):
    """The messages that who asks may read. The app says which `modello`."""

    modello: type[SegnalazioneAstratta]

    def visibili(self):
        visibili = segnalazioni_visibili_a(self.request.user, self.modello)
        return visibili.select_related(self.modello.legame, "bozza", "presa_da")


class FiltroSegnalazioni(FiltroAdmin):
    """What waits, or what was closed."""

    stato = ChoiceFilter(
        label="Stato", empty_label="Da chiudere", choices=[(SegnalazioneAstratta.Stato.RISOLTA.value, "Risolte")]
    )

    @property
    def risolte(self) -> bool:
        return "stato" in self.scelte

    def filter_queryset(self, queryset):
        return queryset.coda(self.risolte)


class CodaMixin(VisibiliMixin):
    """What waits, or what was closed."""

    page_title = "Segnalazioni"
    header_icon = "comment"

    def get(self, request):
        return self.mostra()

    def get_context_data(self, **kwargs):
        filtro = FiltroSegnalazioni(self.request.GET, self.visibili())
        return super().get_context_data(filtro=filtro, **self.pagina_di(filtro.qs), **kwargs)


class SegnalazioneMixin(VisibiliMixin):
    """One message. Who keeps the entry reads what is said, never who wrote it."""

    header_icon = "comment"
    coda = ""
    """The name of the address of the queue."""

    @cached_property
    def segnalazione(self):
        return get_object_or_404(self.visibili(), pk=self.kwargs["pk"])

    @property
    def cura(self):
        return cura_di(self.modello.modello_curato())

    def percorso(self):
        via = super().percorso()
        return [*via, {"url": reverse(self.coda), "label": CodaMixin.page_title}] if via else via

    def get(self, request, pk):
        return self.mostra()

    def post(self, request, pk):
        azione, segnalazione = request.POST.get("azione"), self.segnalazione
        bozza, risposta = self.cura.bozza_form(request.POST), RispostaForm(request.POST)
        try:
            if azione == "prendi":
                operazioni.prendi_in_carico(segnalazione, request.user)
            elif azione == "riapri":
                operazioni.riapri(segnalazione, request.user)
            elif azione == "risolvi":
                if not risposta.is_valid():
                    return self.mostra(risposta=risposta)
                operazioni.risolvi(segnalazione, request.user, risposta.cleaned_data["risposta"])
                messages.success(request, "Segnalazione risolta")
                return redirect(self.coda)
            elif azione == "bozza":
                if not bozza.is_valid():
                    return self.mostra(bozza=bozza)
                pagina = operazioni.crea_bozza(segnalazione, request.user, **bozza.cleaned_data)
                messages.success(request, "Bozza creata: controlla, completa e invia")
                return redirect("wagtailadmin_pages:edit", pagina.pk)
        except (operazioni.PassaggioImpossibile, PermissionDenied) as errore:
            messages.error(request, str(errore))
        return redirect(segnalazione)

    def get_page_title(self):
        return self.segnalazione.nome

    def gestisce(self):
        return puo_gestire_segnalazione(self.request.user, self.segnalazione)

    def get_context_data(self, **kwargs):
        gestisce = self.gestisce()
        return super().get_context_data(
            **{
                "segnalazione": self.segnalazione,
                "gestisce": gestisce,
                "risposta": RispostaForm(),
                "cosa": self.cura.detta,
                "legge_chi_scrive": puo_leggere_chi_scrive(self.request.user),
                "storia": storia(self.segnalazione) if gestisce else [],
                "bozza": self.cura.bozza_form(initial=self.bozza_iniziale()),
                **kwargs,
            }
        )

    def bozza_iniziale(self):
        """What the form of the draft proposes."""
        return {}


def storia(segnalazione):
    """What was done with it, by whom and when, from the log; oldest first."""
    return ModelLogEntry.objects.for_instance(segnalazione).select_related("user").order_by("timestamp", "pk")
