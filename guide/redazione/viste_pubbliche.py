"""Public views: an entry confirmed from a mail, and what anyone may tell us. None reads or sets a cookie."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from base.chiavi import CIFRE
from base.collegamenti import CollegamentoNonValido, CollegamentoScaduto
from base.moduli_pubblici import ModuloPubblicoView
from organizzazioni.models import Utente

from .. import operazioni
from ..models import ServizioPage, Verifica
from ..permissions import puo_confermare
from .collegamenti import CONFERMA
from .forms import ErroreForm, PropostaForm

SCADUTO, USATO, SBAGLIATO, NON_PUBBLICATA = "scaduto", "usato", "sbagliato", "non pubblicata"


@csrf_exempt  # what it does is in the link, not in who is signed in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conferma(request, gettone):
    """The entry as the public reads it, and a button. Only the button confirms: mail scanners open links."""
    try:
        aperto = CONFERMA.apri(gettone)
    except CollegamentoScaduto:
        return _non_vale(request, SCADUTO)
    except CollegamentoNonValido:
        return _non_vale(request, SBAGLIATO)
    servizio = ServizioPage.objects.live().filter(pk=aperto.chiavi[0]).select_related("voce", "verifica").first()
    persona = Utente.objects.filter(pk=aperto.chiavi[1]).first()
    if servizio is None or not hasattr(servizio, "voce") or not hasattr(servizio, "verifica"):
        return _non_vale(request, NON_PUBBLICATA)
    if persona is None or not puo_confermare(persona, servizio):
        return _non_vale(request, SBAGLIATO)
    if not aperto.vale_per(servizio.verifica.stato_del_collegamento):
        return _non_vale(request, USATO, servizio)
    cambiata = False
    if request.method == "POST":
        letta = request.POST.get("letta", "")
        try:
            operazioni.conferma(servizio, persona, Verifica.Modo.COLLEGAMENTO, aperto, letta)
            return redirect("guide:confermata", servizio.pk)
        except operazioni.CambiataNelFrattempo:
            cambiata = True
        except operazioni.GiaConfermata:
            servizio.verifica.refresh_from_db()
            return _non_vale(request, USATO, servizio)
        except PermissionDenied:
            return _non_vale(request, NON_PUBBLICATA)
    return render(
        request,
        "guide/conferma.html",
        {
            "servizio": servizio,
            "scheda": servizio.voce.scheda,
            "persona": persona,
            "cambiata": cambiata,
        },
    )


def _non_vale(request, perche, servizio=None):
    """Why the link does nothing, and what to do next."""
    contesto = {"perche": perche, "servizio": servizio, "giorni": CONFERMA.giorni}
    return render(request, "guide/conferma_scaduta.html", contesto, status=404 if perche == SBAGLIATO else 410)


@require_safe
def confermata(request, pk):
    """Thanks; a page of its own, so that reloading confirms nothing."""
    return render(request, "guide/confermata.html", {"servizio": _pubblicato(pk)})


def _pubblicato(pk):
    if len(str(pk)) > CIFRE:
        raise Http404
    return get_object_or_404(ServizioPage.objects.live().filter(alias_of=None), pk=pk)


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
        self.servizio = _pubblicato(kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(servizio=self.servizio, **kwargs)

    def registra(self, dati):
        operazioni.segnala_errore(self.servizio, dati["testo"], dati["email"])


@require_safe
def grazie(request):
    """What happens now to what was sent."""
    return render(request, "guide/grazie.html")
