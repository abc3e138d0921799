"""Public views: an entry confirmed from a mail, and what anyone may tell us. None reads or sets a cookie."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.moduli_pubblici import ModuloPubblicoView
from cura.forms import ErroreForm
from cura.permissions import puo_tenere
from cura.registro import cura_di
from cura.views.conferme import FINITA, SBAGLIATO, USATO, ConfermaView, NonVale
from cura.views.pubbliche import pubblicata
from organizzazioni.models import Utente

from .. import operazioni
from ..models import ServizioPage, Verifica
from .collegamenti import CONFERMA
from .forms import ProblemaForm, PropostaForm


class ConfermaPubblicaView(ConfermaView):
    """An entry confirmed, or corrected, by a person of its organisation."""

    collegamento = CONFERMA
    template_name, template_non_vale = "guide/conferma.html", "guide/conferma_scaduta.html"

    def leggi(self, aperto):
        servizio = ServizioPage.objects.live().filter(pk=aperto.chiavi[0]).select_related("voce", "verifica").first()
        self.persona = Utente.objects.filter(pk=aperto.chiavi[1]).first()
        if servizio is None or not hasattr(servizio, "voce") or not hasattr(servizio, "verifica"):
            raise NonVale(FINITA)
        if self.persona is None or not puo_tenere(self.persona, servizio):
            raise NonVale(SBAGLIATO)
        if not aperto.vale_per(servizio.verifica.stato_del_collegamento):
            raise NonVale(USATO, servizio)
        return servizio

    def conferma(self, pagina, aperto, letta):
        operazioni.conferma(pagina, self.persona, Verifica.Modo.COLLEGAMENTO, aperto, letta)
        return reverse("guide:confermata", args=[pagina.pk])

    def correggi(self, pagina, aperto, letta, testo):
        operazioni.correggi(pagina, self.persona, aperto, testo, letta)
        return reverse("guide:da_correggere")

    def contesto(self, pagina):
        return {"servizio": pagina, "scheda": pagina.voce.scheda, "persona": self.persona}


@require_safe
def da_correggere(request):
    """What happens now to the correction."""
    return render(request, "guide/da_correggere.html")


@require_safe
def confermata(request, pk):
    """Thanks; a page of its own, so that reloading confirms nothing."""
    return render(request, "guide/confermata.html", {"servizio": pubblicata(cura_di(ServizioPage), pk)})


class SegnalazioneView(ModuloPubblicoView):
    template_name = "guide/segnala.html"

    def get_success_url(self):
        return reverse("guide:grazie")


class ProponiView(SegnalazioneView):
    """A service that the guide has not got. `?nome=` is what was looked for."""

    form_class = PropostaForm
    extra_context = {"titolo": "Proponi un servizio"}

    def get_initial(self):
        return {"servizio": self.request.GET.get("nome", "").replace("\x00", "")[:160]}

    def registra(self, dati):
        operazioni.proponi_servizio(
            dati["servizio"], dati["testo"], dati["ente"], dati["dove"], dati["contatti"], dati["email"]
        )


class ErroreView(SegnalazioneView):
    """What is wrong in a published entry."""

    form_class = ErroreForm
    extra_context = {"titolo": "Segnala un errore"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.servizio = pubblicata(cura_di(ServizioPage), kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(servizio=self.servizio, **kwargs)

    def registra(self, dati):
        operazioni.segnala_errore(self.servizio, dati["testo"], dati["email"])


class ProblemaView(SegnalazioneView):
    """What does not work in the site. `?pagina=` is where."""

    form_class = ProblemaForm
    extra_context = {"titolo": "Segnala un problema", "problema": True}

    def get_initial(self):
        return {"pagina": self.request.GET.get("pagina", "").replace("\x00", "")[:160]}

    def registra(self, dati):
        operazioni.segnala_problema(dati["pagina"], dati["testo"], dati["email"])


@require_safe
def grazie(request):
    """What happens now to what was sent."""
    return render(request, "guide/grazie.html")
