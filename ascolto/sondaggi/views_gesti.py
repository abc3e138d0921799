"""What the manager does with a survey: written, asked, closed, read over."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from base.stampa import StampaNonDisponibile

from ..models import Sondaggio
from ..permissions import puo_gestire_sondaggi
from . import esportazioni, operazioni, questionario, selettori
from . import flusso_sondaggi as flusso
from .forms import CodiciForm, DomandaForm, ScadenzaForm, SondaggioForm, TestoForm
from .stampa import tagliandi
from .views import SondaggiMixin, UnSondaggioMixin

FORMATI = {"csv": (esportazioni.TIPO, esportazioni.codici_in_csv), "pdf": ("application/pdf", tagliandi)}
NON_SALVATO = "Non salvato: correggi i punti segnati"


class DeiSondaggiMixin:
    """For who manages surveys; to the others these screens do not exist."""

    def dispatch(self, request, *args, **kwargs):
        if not puo_gestire_sondaggi(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class NuovoView(DeiSondaggiMixin, SondaggiMixin, View):
    template_name = "ascolto/sondaggi/admin/modifica.html"
    page_title = "Nuovo sondaggio"

    def get(self, request):
        return self.mostra(modulo=SondaggioForm(initial={"anno": timezone.localdate().year}))

    def post(self, request):
        modulo = SondaggioForm(request.POST)
        if modulo.is_valid():
            nuovo = operazioni.salva_sondaggio(modulo.save(commit=False), request.user)
            messages.success(request, "Salvato: adesso scrivi le domande")
            return redirect(nuovo)
        messages.error(request, NON_SALVATO)
        return self.mostra(422, modulo=modulo)


class GestiMixin(UnSondaggioMixin):
    """One survey and something that is done with it: `chiedi` shows it, `fai` does it, or returns what is wrong."""

    def get(self, request, **kwargs):
        return self.chiedi()

    def post(self, request, **kwargs):
        try:
            return self.fai(request)
        except Sondaggio.DoesNotExist as errore:  # someone deleted it meanwhile
            raise Http404 from errore
        except PermissionDenied as rifiuto:
            messages.error(request, str(rifiuto))
        except ValidationError as errore:
            messages.error(request, "; ".join(errore.messages))
        return self.torna()

    def chiedi(self):
        return self.torna()

    def torna(self, detto=""):
        if detto:
            messages.success(self.request, detto)
        return redirect(self.oggetto)

    def con_modulo(self, modulo, **contesto):
        return self.mostra(422 if modulo.errors else 200, sondaggio=self.oggetto, modulo=modulo, **contesto)

    def di_nuovo(self, modulo, errore=None, **contesto):
        """The same form with what was typed and what is wrong; if somebody saved meanwhile, the next save goes over."""
        if errore is not None:
            if getattr(errore, "code", "") == "cambiata":
                modulo.data = modulo.data.copy()
                modulo.data["versione"] = str(Sondaggio.objects.get(pk=self.oggetto.pk).versione)
            modulo.add_error(None, errore)
        messages.error(self.request, NON_SALVATO)
        return self.con_modulo(modulo, **contesto)


class GestoView(DeiSondaggiMixin, GestiMixin, View):
    """The same, for the manager."""


class ModificaView(GestoView):
    template_name = "ascolto/sondaggi/admin/modifica.html"
    page_title = "Modifica il sondaggio"

    def chiedi(self):
        return self.con_modulo(SondaggioForm(instance=self.oggetto)) if self.oggetto.in_bozza else self.torna()

    def fai(self, request):
        modulo = SondaggioForm(request.POST, instance=Sondaggio.objects.get(pk=self.oggetto.pk))
        if not modulo.is_valid():
            return self.di_nuovo(modulo)
        try:
            operazioni.salva_sondaggio(modulo.instance, request.user, modulo.cleaned_data["versione"])
        except ValidationError as errore:
            return self.di_nuovo(modulo, errore)
        return self.torna("Salvato")


class DomandaView(GestoView):
    """A new question, or the one with that key."""

    template_name = "ascolto/sondaggi/admin/domanda.html"

    def get_page_title(self):
        return "Modifica la domanda" if self.kwargs.get("chiave") else "Nuova domanda"

    @property
    def domanda(self):
        chiave = self.kwargs.get("chiave")
        if not chiave:
            return None
        trovata = selettori.domanda_di(self.oggetto, chiave)
        if trovata is None:
            raise Http404
        return trovata

    def modulo(self, *dati):
        domanda = self.domanda
        iniziali = {"versione": self.oggetto.versione, **(DomandaForm.iniziali(domanda) if domanda else {})}
        if domanda is None and self.oggetto.poste:
            iniziali["sezione"] = self.oggetto.poste[-1].sezione
        chiave = domanda.chiave if domanda else ""
        return DomandaForm(*dati, initial=iniziali, sondaggio=self.oggetto, chiave=chiave)

    def chiedi(self):
        return self.con_modulo(self.modulo()) if self.oggetto.in_bozza else self.torna()

    def fai(self, request):
        modulo = self.modulo(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo)
        try:
            operazioni.scrivi_domanda(self.oggetto, request.user, modulo.domanda, modulo.cleaned_data["versione"])
        except ValidationError as errore:
            return self.di_nuovo(modulo, errore)
        if "altra" in request.POST:
            messages.success(request, "Salvata: scrivi la prossima")
            return redirect("sondaggi:nuova_domanda", self.oggetto.pk)
        return self.torna("Domanda salvata")


class SpostaDomandaView(GestoView):
    def fai(self, request):
        operazioni.sposta_domanda(self.oggetto, request.user, self.kwargs["chiave"], request.POST.get("verso") == "su")
        return self.torna()


class TogliDomandaView(GestoView):
    def fai(self, request):
        operazioni.togli_domanda(self.oggetto, request.user, self.kwargs["chiave"])
        return self.torna("Domanda tolta")


class ApriView(GestoView):
    template_name = "ascolto/sondaggi/admin/apri.html"
    page_title = "Apri il sondaggio"

    def chiedi(self):
        if "apri" not in flusso.possibili(self.oggetto.stato):
            return self.torna()
        return self.mostra(sondaggio=self.oggetto, ostacoli=questionario.ostacoli(self.oggetto.poste))

    def fai(self, request):
        operazioni.apri_sondaggio(self.oggetto, request.user)
        return self.torna("Aperto: adesso si risponde")


class ScadenzaView(GestoView):
    template_name = "ascolto/sondaggi/admin/scadenza.html"
    page_title = "Cambia l'ultimo giorno"

    def chiedi(self):
        if not self.oggetto.aperto:
            return self.torna()
        return self.con_modulo(ScadenzaForm(initial={"fino_al": self.oggetto.fino_al}))

    def fai(self, request):
        modulo = ScadenzaForm(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo)
        try:
            operazioni.prolunga_sondaggio(self.oggetto, request.user, modulo.cleaned_data["fino_al"])
        except ValidationError as errore:
            return self.di_nuovo(modulo, errore)
        return self.torna("Salvato")


class ChiudiView(GestoView):
    template_name = "ascolto/sondaggi/admin/chiudi.html"
    page_title = "Chiudi il sondaggio"

    def chiedi(self):
        if "chiudi" not in flusso.possibili(self.oggetto.stato):
            return self.torna()
        return self.mostra(sondaggio=self.oggetto, partecipazione=selettori.partecipazione(self.oggetto))

    def fai(self, request):
        operazioni.chiudi_sondaggio(self.oggetto, request.user)
        eliminati = ". I codici non usati e le risposte a metà sono eliminati" if self.oggetto.con_codici else ""
        return self.torna(f"Chiuso: i risultati sono pronti{eliminati}")


class EliminaView(GestoView):
    template_name = "ascolto/sondaggi/admin/elimina.html"
    page_title = "Elimina il sondaggio"

    def chiedi(self):
        return self.mostra(sondaggio=self.oggetto) if self.oggetto.in_bozza else self.torna()

    def fai(self, request):
        operazioni.elimina_sondaggio(self.oggetto, request.user)
        messages.success(request, f"«{self.oggetto}» eliminato")
        return redirect("sondaggi:elenco")


class CodiciView(GestoView):
    """New codes, in a file that is read once."""

    template_name = "ascolto/sondaggi/admin/codici.html"
    page_title = "Codici per rispondere"

    def chiedi(self):
        if not (self.oggetto.aperto and self.oggetto.con_codici):
            return self.torna()
        return self.con_modulo(CodiciForm(initial={"quanti": 20}))

    def fai(self, request):
        modulo = CodiciForm(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo)
        formato = "csv" if request.POST.get("formato") == "csv" else "pdf"
        tipo, scrivi = FORMATI[formato]
        radice = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        try:
            with transaction.atomic():  # codes that cannot be written anywhere are not made
                nuovi = operazioni.dai_codici(self.oggetto, request.user, modulo.cleaned_data["quanti"])
                risposta = HttpResponse(scrivi(self.oggetto, nuovi, radice), tipo)
        except StampaNonDisponibile as errore:
            return self.di_nuovo(modulo, ValidationError(str(errore)))
        risposta["Content-Disposition"] = f'attachment; filename="codici-{self.oggetto.chiave}.{formato}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta


class TestiView(GestoView):
    """What was written, each apart from the rest, to be read over."""

    template_name = "ascolto/sondaggi/admin/testi.html"
    page_title = "Testi da rivedere"

    def chiedi(self):
        return self.righe()

    def righe(self, sbagliato=None, status=200):
        pagina = self.pagina_di(selettori.testi_di(self.oggetto))
        righe = []
        for testo in pagina["page_obj"].object_list:
            proprio = sbagliato if sbagliato and sbagliato.prefix == f"t-{testo.pk}" else TestoForm.per(testo)
            righe.append((testo, selettori.domanda_di(self.oggetto, testo.domanda), proprio))
        return self.mostra(
            status,
            sondaggio=self.oggetto,
            righe=righe,
            restano=selettori.da_rivedere(self.oggetto),
            si_rivede=self.oggetto.stato == Sondaggio.Stato.CHIUSO,
            **pagina,
        )

    def fai(self, request):
        try:
            testo = get_object_or_404(selettori.testi_di(self.oggetto), pk=request.POST.get("testo", ""))
        except ValidationError as errore:  # no key at all
            raise Http404 from errore
        modulo = TestoForm.per(testo, request.POST)
        if not modulo.is_valid():
            messages.error(request, NON_SALVATO)
            return self.righe(modulo, 422)
        operazioni.rivedi_testo(testo, request.user, modulo.cleaned_data["stato"], modulo.cleaned_data["pubblico"])
        messages.success(request, "Salvato")
        return redirect("sondaggi:testi", self.oggetto.pk)
