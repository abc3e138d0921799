"""Public views: book a place, confirm it, see it, give it back. None reads or sets a cookie; none shows a name."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from base.chiavi import CIFRE
from base.collegamenti import CollegamentoNonValido, CollegamentoScaduto
from base.moduli_pubblici import ModuloPubblicoView

from . import consenso, operazioni, selettori
from .collegamenti import CONFERMA, PROPRIA, completo, gettone_proprio
from .forms import PrenotaForm

MODELLI = "notizie/prenotazioni/"
MINUTI = int(operazioni.TENUTA.total_seconds() // 60)


class PrenotaView(ModuloPubblicoView):
    """The form, or why one cannot book. What comes after is the same for an address that is there and for one that is
    not."""

    form_class = PrenotaForm
    template_name = f"{MODELLI}prenota.html"

    def dispatch(self, request, *args, **kwargs):
        self.evento = _evento(kwargs["evento"])
        self.posti = selettori.disponibilita(self.evento.posti, self.evento)
        if self.posti.perche_chiuse:
            return _chiuse(request, self.evento, self.posti.perche_chiuse)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            evento=self.evento,
            posti=self.posti,
            consenso=consenso.testo(self.evento.organizzazione_nome, self.evento.posti.conserva),
            indirizzo_canonico=completo("prenota", self.evento.pk),
            minuti=MINUTI,
            descrizione=f"Prenota un posto: {self.evento.title}, {self.evento.quando}.",
            **kwargs,
        )

    def get_success_url(self):
        return reverse("prenotazioni_pubbliche:chiesta", args=[self.evento.pk])

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except operazioni.PrenotazioniChiuse as chiuse:  # meanwhile
            return _chiuse(self.request, self.evento, " ".join(chiuse.messages))

    def registra(self, dati):
        operazioni.chiedi(self.evento.posti, dati["nome_e_cognome"], dati["email"], dati["ente"])


@require_safe
def chiesta(request, evento):
    """Go and read your mail."""
    contesto = {"evento": _evento(evento), "minuti": MINUTI, "giorni": CONFERMA.giorni}
    contesto["eventi"] = operazioni.EVENTI_IN_UNA_PAUSA
    return render(request, f"{MODELLI}chiesta.html", contesto)


@csrf_exempt  # what it does is in the link, not in who is signed in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conferma(request, gettone):
    """A button, or one's own place if it was pressed already. Only a POST confirms: scanners of mail open links."""
    try:
        aperto = CONFERMA.apri(gettone)
    except CollegamentoScaduto:
        return _non_vale(request, "scaduto", 410)
    except CollegamentoNonValido:
        return _non_vale(request, "sbagliato", 404)
    if request.method == "POST":
        try:
            una = operazioni.conferma(aperto)
        except operazioni.PrenotazioniChiuse as chiuse:
            return _chiuse(request, selettori.di_collegamento(aperto).posti.evento, " ".join(chiuse.messages))
    else:
        una = selettori.di_collegamento(aperto)
        if una is not None and aperto.vale_per(una.stato_del_collegamento):
            return render(request, f"{MODELLI}conferma.html", {"evento": una.posti.evento})
    if una is None:
        return _non_vale(request, "scaduto", 410)
    return redirect("prenotazioni_pubbliche:propria", gettone_proprio(una))


@csrf_exempt  # as above
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propria(request, gettone):
    """One's own place, and a button to give it back. Who gave it back already is told the same."""
    try:
        aperto = PROPRIA.apri(gettone)
    except CollegamentoNonValido:
        return _non_vale(request, "sbagliato", 404)
    if request.method == "POST":
        operazioni.disdici(aperto)
        return redirect("prenotazioni_pubbliche:disdetta")
    una = selettori.di_collegamento(aperto)
    if una is None or not aperto.vale_per(una.email):
        return _non_vale(request, "non_c_e_piu", 410)
    return render(request, f"{MODELLI}propria.html", selettori.contesto_propria(una))


@require_safe
def disdetta(request):
    """Nothing is left; a page of its own, so that reloading does nothing."""
    return render(request, f"{MODELLI}disdetta.html")


def _evento(chiave):
    evento = selettori.evento_pubblico(chiave) if len(str(chiave)) <= CIFRE else None
    if evento is None:
        raise Http404
    return evento


def _chiuse(request, evento, perche):
    return render(request, f"{MODELLI}chiuse.html", {"evento": evento, "perche": perche}, status=410)


def _non_vale(request, perche, status):
    return render(request, f"{MODELLI}non_vale.html", {"perche": perche}, status=status)
