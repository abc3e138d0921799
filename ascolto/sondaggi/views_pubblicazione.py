"""From closed to public, in the admin: proposed by the manager, decided by who approves, given as evidence."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.views import View

from base.chiavi import chiavi_in
from base.gesti import ConIlMotivoMixin

from ..models import Sondaggio
from ..permissions import puo_pubblicare_sondaggio
from . import flusso_sondaggi as flusso
from . import operazioni, selettori
from .figure import in_figure
from .forms import OffriForm, PropostaForm
from .views_gesti import DeiSondaggiMixin, GestiMixin, GestoView


class ProponiView(GestoView):
    """What the public will read, with the words of the manager above it."""

    template_name = "ascolto/sondaggi/admin/proponi.html"
    page_title = "Proponi i risultati per il sito"

    def chiedi(self):
        if "proponi" not in flusso.possibili(self.oggetto.stato):
            return self.torna()
        return self.con_modulo(PropostaForm(initial={"sintesi": self.oggetto.sintesi}))

    def con_modulo(self, modulo, **contesto):
        return super().con_modulo(
            modulo, capitoli=in_figure(selettori.risultati(self.oggetto)), restano=selettori.da_rivedere(self.oggetto)
        )

    def fai(self, request):
        modulo = PropostaForm(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo)
        try:
            operazioni.proponi_sondaggio(self.oggetto, request.user, modulo.cleaned_data["sintesi"])
        except ValidationError as errore:
            return self.di_nuovo(modulo, errore)
        return self.torna("Proposto: lo pubblica chi approva ciò che scrivi")


class DiChiApprovaView(GestiMixin, View):
    """For who may approve this survey; to the others it does not exist."""

    def dispatch(self, request, *args, **kwargs):
        if not puo_pubblicare_sondaggio(request.user, self.oggetto):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class PubblicaView(DiChiApprovaView):
    def fai(self, request):
        operazioni.pubblica_sondaggio(self.oggetto, request.user)
        return self.torna("Pubblicato: i risultati sono sul sito")


class RestituisciView(ConIlMotivoMixin, DiChiApprovaView):
    gesto = staticmethod(operazioni.restituisci_sondaggio)
    detto = "Restituito al manager"


class RitiraView(ConIlMotivoMixin, DeiSondaggiMixin, GestiMixin, View):
    gesto = staticmethod(operazioni.ritira_sondaggio)
    detto = "Tolto dal sito"


class OffriView(GestoView):
    """Give a published survey to a criterion that collects values."""

    template_name = "ascolto/sondaggi/admin/offri.html"
    page_title = "Offri al programma"

    def modulo(self, *dati):
        criteri = [(str(uno.pk), f"{uno.codice} {uno.indicatore}") for uno in selettori.criteri_di(self.oggetto)]
        return OffriForm(*dati, criteri=criteri, conta=selettori.che_si_contano(self.oggetto))

    def chiedi(self):
        if self.oggetto.stato != Sondaggio.Stato.PUBBLICATO:
            return self.torna()
        return self.con_modulo(self.modulo())

    def fai(self, request):
        modulo = self.modulo(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo)
        try:
            (criterio,) = chiavi_in([modulo.cleaned_data["criterio"]])
            operazioni.offri_sondaggio(self.oggetto, request.user, criterio, modulo.cleaned_data["conta"])
        except ValidationError as errore:
            return self.di_nuovo(modulo, errore)
        return self.torna("Offerto: l'evidenza aspetta chi approva")
