"""Public views: subscribe, confirm, leave, and the archive. None reads or sets a cookie."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from base.chiavi import CIFRE
from base.collegamenti import CollegamentoNonValido, CollegamentoScaduto
from base.moduli_pubblici import ModuloPubblicoView

from . import operazioni
from .collegamenti import CONFERMA, DISISCRIZIONE, completo
from .consenso import TESTI, VERSIONE
from .forms import IscrizioneForm
from .selettori import archivio as pagina_dell_archivio
from .selettori import contesto_numero, iscritto_di

UN_CLIC = ("List-Unsubscribe", "One-Click")
"""What a mail program posts to the address of `List-Unsubscribe` (RFC 8058)."""


class IscrivitiView(ModuloPubblicoView):
    """The form. What comes after is the same for an address that is known and for one that is not."""

    form_class = IscrizioneForm
    template_name = "notizie/newsletter/iscriviti.html"
    extra_context = {
        "consenso": TESTI[VERSIONE],
        "descrizione": "Le notizie, gli appuntamenti e i servizi per le famiglie nella tua posta, poche volte l'anno.",
    }

    def get_context_data(self, **kwargs):
        return super().get_context_data(indirizzo_canonico=completo("iscriviti"), **kwargs)

    def get_success_url(self):
        return reverse("newsletter_pubblica:chiesta")

    def registra(self, dati):
        operazioni.chiedi(dati["email"])


@require_safe
def chiesta(request):
    """Go and read your mail."""
    return render(request, "notizie/newsletter/chiesta.html", {"giorni": CONFERMA.giorni})


@csrf_exempt  # what it does is in the link, not in who is signed in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conferma(request, gettone):
    """A button, or that it was pressed already. Only a POST subscribes: scanners of mail open links."""
    try:
        aperto = CONFERMA.apri(gettone)
    except CollegamentoScaduto:
        return _non_vale(request, "scaduto", 410)
    except CollegamentoNonValido:
        return _non_vale(request, "sbagliato", 404)
    if request.method == "POST":
        attiva = operazioni.conferma(aperto)
    else:
        iscritto = iscritto_di(aperto)
        if iscritto is not None and aperto.vale_per(iscritto.stato_del_collegamento):
            return render(request, "notizie/newsletter/conferma.html", {"consenso": TESTI[VERSIONE]})
        attiva = iscritto is not None and iscritto.attivo
    if not attiva:
        return _non_vale(request, "scaduto", 410)
    return redirect("newsletter_pubblica:confermata")


@require_safe
def confermata(request):
    """Thanks; a page of its own, so that reloading does nothing."""
    return render(request, "notizie/newsletter/confermata.html")


@csrf_exempt  # mail programs post here by themselves, and have no session
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def disiscrizione(request, gettone):
    """A button for people, one click for their mail program. Who left already is told the same."""
    try:
        aperto = DISISCRIZIONE.apri(gettone)
    except CollegamentoNonValido:
        return _non_vale(request, "sbagliato", 404)
    if request.method != "POST":
        return render(request, "notizie/newsletter/disiscrizione.html")
    operazioni.disiscrivi(aperto)
    if request.POST.get(UN_CLIC[0]) == UN_CLIC[1]:
        return HttpResponse("Cancellato\n", content_type="text/plain; charset=utf-8")
    return redirect("newsletter_pubblica:disiscritto")


@require_safe
def disiscritto(request):
    """Nothing is left."""
    return render(request, "notizie/newsletter/disiscritto.html")


@require_safe
def archivio(request):
    """Every issue that was sent, newest first."""
    contesto = {
        "numeri": pagina_dell_archivio(request.GET),
        "indirizzo_canonico": completo("archivio"),
        "descrizione": "I numeri già usciti della newsletter, e come riceverla.",
    }
    return render(request, "notizie/newsletter/archivio.html", contesto)


@require_safe
def numero(request, pk):
    """One issue, in the site's own frame."""
    contesto = contesto_numero(pk) if len(str(pk)) <= CIFRE else None
    if contesto is None:
        raise Http404
    contesto |= {"indirizzo_canonico": completo("numero", pk), "descrizione": contesto["numero"].sommario}
    return render(request, "notizie/newsletter/numero.html", contesto)


def _non_vale(request, perche, status):
    return render(request, "notizie/newsletter/non_vale.html", {"perche": perche}, status=status)
