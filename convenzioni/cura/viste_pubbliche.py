"""Public views: the partner answers from a mail, anyone proposes or reports. None reads or sets a cookie."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from base.chiavi import CIFRE
from base.collegamenti import CollegamentoNonValido, CollegamentoScaduto
from base.moduli_pubblici import ModuloPubblicoView

from .. import operazioni, validita
from ..models import ConvenzionePage
from ..selettori import scheda_intera
from .collegamenti import CONFERMA
from .forms import CorrezioneForm, PropostaForm, RifiutoForm

SCADUTO, USATO, SBAGLIATO, FINITA = "scaduto", "usato", "sbagliato", "finita"


@csrf_exempt  # what it does is in the link, not in who is signed in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conferma(request, gettone):
    """The offer as it is published, reserved terms too, and two buttons. Only a POST answers: scanners open links."""
    try:
        aperto = CONFERMA.apri(gettone)
    except CollegamentoScaduto:
        return _non_vale(request, SCADUTO)
    except CollegamentoNonValido:
        return _non_vale(request, SBAGLIATO)
    convenzione = ConvenzionePage.objects.live().con_accordo().filter(pk=aperto.chiavi[0]).first()
    accordo = getattr(convenzione, "accordo", None)
    if accordo is None or validita.stato(convenzione.termini, timezone.localdate()) != validita.Stato.ATTIVA:
        return _non_vale(request, FINITA)
    if not aperto.vale_per(accordo.stato_del_collegamento):
        return _non_vale(request, USATO, convenzione)
    modulo = CorrezioneForm(request.POST if "correggi" in request.POST else None)
    letta = request.POST.get("letta", "")
    cambiata = request.method == "POST" and letta != convenzione.versione_pubblica
    if request.method == "POST" and not cambiata:
        try:
            if "conferma" in request.POST:
                operazioni.conferma(convenzione, aperto, letta)
                return redirect("cura_convenzioni:confermata")
            if modulo.is_valid():
                operazioni.correggi(convenzione, aperto, modulo.cleaned_data["testo"], letta)
                return redirect("cura_convenzioni:da_correggere")
        except operazioni.GiaRisposto:
            return _non_vale(request, USATO, convenzione)
        except PermissionDenied:
            return _non_vale(request, FINITA)
        except operazioni.CambiataNelFrattempo:  # between the lines above and the lock
            cambiata, convenzione = True, ConvenzionePage.objects.con_accordo().get(pk=convenzione.pk)
    return render(
        request,
        "convenzioni/conferma.html",
        {
            "convenzione": convenzione,
            "scheda": scheda_intera(convenzione),
            "accordo": accordo,
            "modulo": modulo,
            "cambiata": cambiata,
        },
    )


def _non_vale(request, perche, convenzione=None):
    """Why the link does nothing, and what to do next."""
    contesto = {"perche": perche, "convenzione": convenzione, "giorni": CONFERMA.giorni}
    return render(request, "convenzioni/conferma_non_vale.html", contesto, status=404 if perche == SBAGLIATO else 410)


@require_safe
def confermata(request):
    """Thanks; a page of its own, so that reloading confirms nothing."""
    return render(request, "convenzioni/risposto.html", {"confermata": True})


@require_safe
def da_correggere(request):
    """What happens now to the partner's correction."""
    return render(request, "convenzioni/risposto.html", {"confermata": False})


def _pubblicata(pk):
    if len(str(pk)) > CIFRE:
        raise Http404
    return get_object_or_404(ConvenzionePage.objects.live().filter(alias_of=None), pk=pk)


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


class RifiutoView(SegnalaView):
    """A discount refused: of a published convention, in force or just ended."""

    form_class = RifiutoForm
    extra_context = {"titolo": "Ti hanno rifiutato lo sconto?"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.convenzione = _pubblicata(kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(convenzione=self.convenzione, **kwargs)

    def registra(self, dati):
        operazioni.segnala_rifiuto(self.convenzione, dati["testo"], dati["email"])


@require_safe
def grazie(request):
    """What happens now to what was sent."""
    return render(request, "convenzioni/grazie.html")
