"""Public views: the partner answers from a mail, anyone proposes or reports. None reads or sets a cookie."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from base.moduli_pubblici import ModuloPubblicoView
from cura.forms import ErroreForm
from cura.registro import cura_di
from cura.views.conferme import FINITA, USATO, ConfermaView, NonVale
from cura.views.pubbliche import pubblicata

from .. import operazioni, validita
from ..models import ConvenzionePage
from ..selettori import scheda_intera
from .collegamenti import CONFERMA
from .forms import PropostaForm, RifiutoForm


class ConfermaDelPartnerView(ConfermaView):
    """The offer as it is published, reserved terms too, confirmed or corrected by the partner."""

    collegamento = CONFERMA
    template_name, template_non_vale = "convenzioni/conferma.html", "convenzioni/conferma_non_vale.html"

    def leggi(self, aperto):
        convenzione = ConvenzionePage.objects.live().con_accordo().filter(pk=aperto.chiavi[0]).first()
        accordo = getattr(convenzione, "accordo", None)
        if accordo is None or validita.stato(convenzione.vigenza, timezone.localdate()) != validita.Stato.ATTIVA:
            raise NonVale(FINITA)
        if not aperto.vale_per(accordo.stato_del_collegamento):
            raise NonVale(USATO, convenzione)
        return convenzione

    def conferma(self, pagina, aperto, letta):
        operazioni.conferma(pagina, aperto, letta)
        return reverse("cura_convenzioni:confermata")

    def correggi(self, pagina, aperto, letta, testo):
        operazioni.correggi(pagina, aperto, testo, letta)
        return reverse("cura_convenzioni:da_correggere")

    def contesto(self, pagina):
        return {"convenzione": pagina, "scheda": scheda_intera(pagina), "accordo": pagina.accordo}


@require_safe
def confermata(request):
    """Thanks; a page of its own, so that reloading confirms nothing."""
    return render(request, "convenzioni/risposto.html", {"confermata": True})


@require_safe
def da_correggere(request):
    """What happens now to the partner's correction."""
    return render(request, "convenzioni/risposto.html", {"confermata": False})


class SegnalaView(ModuloPubblicoView):
    template_name = "convenzioni/segnala.html"

    def get_success_url(self):
        return reverse("cura_convenzioni:grazie")


class ProponiView(SegnalaView):
    """A convention that is not there yet."""

    form_class = PropostaForm
    extra_context = {"titolo": "Proponi una convenzione"}

    def registra(self, dati):
        operazioni.proponi_convenzione(
            dati["partner"], dati["testo"], dati["categoria"], dati["dove"], dati["contatti"], dati["email"]
        )


class DiUnaConvenzioneView(SegnalaView):
    """About a published convention, in force or just ended."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.convenzione = pubblicata(cura_di(ConvenzionePage), kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(convenzione=self.convenzione, **kwargs)


class RifiutoView(DiUnaConvenzioneView):
    """A discount refused."""

    form_class = RifiutoForm
    extra_context = {"titolo": "Ti hanno rifiutato lo sconto?"}

    def registra(self, dati):
        operazioni.segnala_rifiuto(self.convenzione, dati["testo"], dati["email"])


class ErroreView(DiUnaConvenzioneView):
    """What is wrong in what is written of it."""

    form_class = ErroreForm
    extra_context = {"titolo": "Segnala un errore", "errore": True}

    def registra(self, dati):
        operazioni.segnala_errore(self.convenzione, dati["testo"], dati["email"])


@require_safe
def grazie(request):
    """What happens now to what was sent."""
    return render(request, "convenzioni/grazie.html")
