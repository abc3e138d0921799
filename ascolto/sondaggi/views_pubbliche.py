"""Where one answers. No cookie, no session; a code is in a form, or in the address that was printed."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base import seriali
from base.limiti import Limite
from base.lingue import DA_DESTRA, IN_SE
from base.moduli_pubblici import ModuloPubblicoView

from . import esportazioni, operazioni, segreti, selettori
from .figure import in_figure
from .forms_pubblici import RispondiForm

MODELLI = "ascolto/sondaggi/"
PROVE = Limite("sondaggio.codice_sbagliato", 30, 3600, 3000)
"""Codes that are none, from one network and from all."""
LINGUA = "lingua"
"""The gesture that asks for another language, which is in the address: what was typed comes along."""
TROPPE = "Da questa rete sono stati provati molti codici sbagliati: riprova tra un'ora"


class RispondiView(ModuloPubblicoView):
    """The questions of a survey; before them the code, where one is needed."""

    template_name = f"{MODELLI}rispondi.html"

    def dispatch(self, request, *args, **kwargs):
        self.sondaggio = _sondaggio(kwargs["chiave"])
        self.codice = ""
        chiesta = "" if request.POST.get("gesto") == LINGUA else request.POST.get("lingua", "")
        chiesta = chiesta or request.GET.get("lingua", "")
        self.lingua = chiesta if chiesta in self.sondaggio.altre else "it"
        if not self.sondaggio.si_risponde:
            return _chiuso(request, self.sondaggio)
        risposta = super().dispatch(request, *args, **kwargs)
        risposta["Referrer-Policy"] = "no-referrer"
        return risposta

    def get(self, request, chiave, codice=""):
        if not self.sondaggio.con_codici:
            return self.questionario()
        return self.con_codice(codice) if codice else self.chiedi_codice()

    def post(self, request, chiave, codice=""):
        if request.POST.get("gesto") == LINGUA:
            tenute = self.get_form().da_tenere()
            if self.sondaggio.con_codici:
                return self.con_codice(request.POST.get("codice", ""), tenute)
            return self.questionario(tenute)
        if not self.sondaggio.con_codici:
            return self.invia(request)
        scritto = request.POST.get("codice", "") or codice
        if "gesto" not in request.POST:
            return self.con_codice(scritto)
        self.codice = segreti.leggi_codice(scritto)
        if request.POST["gesto"] == "salva":
            return self.salva()
        return self.invia(request)

    def con_codice(self, scritto, tenute=None):
        """The questions to who has this code, with `tenute` or what they wrote the last time."""
        self.codice = segreti.leggi_codice(scritto)
        if segreti.vale(self.sondaggio, self.codice):
            return self.questionario(segreti.leggi_bozza(self.sondaggio, self.codice) if tenute is None else tenute)
        if not PROVE.passa(self.request):
            return self.chiedi_codice(TROPPE, 429)
        return self.chiedi_codice(segreti.NON_VALE if self.codice else segreti.SBAGLIATO, 422, scritto)

    def chiedi_codice(self, errore="", status=200, scritto=""):
        contesto = {**self.parole(), "errore": errore, "scritto": scritto[:60]}
        return render(self.request, f"{MODELLI}codice.html", contesto, status=status)

    def questionario(self, scritto=None):
        form = RispondiForm(sondaggio=self.sondaggio, lingua=self.lingua, scritto=scritto)
        return self.render_to_response(self.get_context_data(form=form))

    def get_form(self, form_class=None):
        return RispondiForm(self.request.POST, sondaggio=self.sondaggio, lingua=self.lingua)

    def get_context_data(self, **kwargs):
        invio = _uuid(self.request.POST.get("invio", "")) or uuid.uuid4()
        return super().get_context_data(**self.parole(), codice=self.codice, invio=invio, **kwargs)

    def parole(self):
        """The survey in the language that was asked for, and the others in which it is."""
        lingue = [(uno, IN_SE[uno], uno == self.lingua) for uno in ("it", *self.sondaggio.altre)]
        return {
            "sondaggio": self.sondaggio,
            "detto": self.sondaggio.in_lingua(self.lingua),
            "lingua": self.lingua,
            "verso": "rtl" if self.lingua in DA_DESTRA else "ltr",
            "lingue": lingue if len(lingue) > 1 else [],
        }

    def salva(self):
        """Keep what was written, wrong or not, to be gone on with."""
        form = self.get_form()
        try:
            operazioni.salva_bozza_di_risposta(self.sondaggio, self.codice, form.da_tenere())
        except operazioni.SondaggioChiuso:
            return _chiuso(self.request, self.sondaggio)
        except operazioni.CodiceNonValido as errore:
            return self.chiedi_codice(" ".join(errore.messages), 422)
        contesto = {"sondaggio": self.sondaggio, "lingua": self.lingua, "codice": seriali.a_gruppi(self.codice)}
        return render(self.request, f"{MODELLI}salvata.html", contesto)

    def invia(self, request):
        try:
            return super().post(request)
        except operazioni.SondaggioChiuso:  # meanwhile
            return _chiuso(request, self.sondaggio)
        except operazioni.CodiceNonValido as errore:
            return self.chiedi_codice(" ".join(errore.messages), 422)

    def form_valid(self, form):
        self.valori = form.valori
        return super().form_valid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def registra(self, dati):
        operazioni.consegna(self.sondaggio, self.valori, self.codice, _uuid(self.request.POST.get("invio", "")))

    def get_success_url(self):
        return f"{self.sondaggio.indirizzo}grazie/"


@require_safe
def grazie(request, chiave):
    """A page of its own, so that reloading sends nothing."""
    return render(request, f"{MODELLI}grazie.html", {"sondaggio": _sondaggio(chiave)})


@require_safe
def risultati(request, chiave):
    """What everybody reads: what was taken off the site is not found any more."""
    sondaggio = _pubblicato(chiave)
    contesto = {
        "sondaggio": sondaggio,
        "capitoli": in_figure(selettori.risultati(sondaggio)),
        "descrizione": f"I risultati del sondaggio «{sondaggio.titolo}», {sondaggio.anno}.",
        "indirizzo_canonico": request.build_absolute_uri(request.path),
    }
    risposta = render(request, f"{MODELLI}risultati.html", contesto)
    risposta["Cache-Control"] = "no-cache"
    return risposta


@require_safe
def risultati_csv(request, chiave):
    """The same, for programs."""
    sondaggio = _pubblicato(chiave)
    risposta = HttpResponse(esportazioni.in_csv(sondaggio), esportazioni.TIPO)
    risposta["Content-Disposition"] = f'attachment; filename="{esportazioni.nome_del_file(sondaggio)}"'
    risposta["Cache-Control"] = "no-cache"
    return risposta


def _pubblicato(chiave):
    return get_object_or_404(selettori.pubblicati(), chiave=chiave.lower())


def _sondaggio(chiave):
    sondaggio = selettori.pubblico_con_chiave(chiave)
    if sondaggio is None:
        raise Http404
    return sondaggio


def _chiuso(request, sondaggio):
    return render(request, f"{MODELLI}chiuso.html", {"sondaggio": sondaggio}, status=410)


def _uuid(testo):
    try:
        return uuid.UUID(testo)
    except ValueError:
        return None
