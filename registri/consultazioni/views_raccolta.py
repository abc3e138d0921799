"""What who writes a consultation does with it: frame, sessions, bodies heard apart, needs, words, model."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from base.chiavi import chiavi_in

from ..models import BisognoRaccolto, Consultazione, EnteConsultato
from ..permissions import ha_consultazioni
from ..riunioni.forms import lette
from ..schermate import NON_SALVATO, GestoMixin
from . import forms, operazioni, selettori
from .views import ConsultazioniMixin, UnaConsultazioneMixin


class NuovaView(ConsultazioniMixin, View):
    """For who may begin the consultation of some action; to the others it does not exist."""

    template_name = "registri/consultazioni/modulo.html"
    page_title = "Nuova consultazione"

    def dispatch(self, request, *args, **kwargs):
        if ha_consultazioni(request.user) and not self.azioni.exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def azioni(self):
        return selettori.azioni_da_consultare(self.request.user)

    def get(self, request):
        return self.mostra(modulo=forms.ConsultazioneForm(azioni=self.azioni, initial={"generi": list(forms.GENERI)}))

    def post(self, request):
        modulo = forms.ConsultazioneForm(request.POST, azioni=self.azioni)
        if gia := _gia_salvata(request):
            return redirect(gia)
        if modulo.is_valid():
            try:
                nuova = operazioni.salva_consultazione(modulo.save(commit=False), request.user)
            except ValidationError as errore:
                modulo.add_error(None, errore.messages)
            else:
                messages.success(request, "Salvata: adesso collega le sedute")
                return redirect(nuova)
        messages.error(request, NON_SALVATO)
        return self.mostra(422, modulo=modulo)


def _gia_salvata(request):
    """What the same form made, sent once already: its action is not offered any more."""
    try:
        chiave = UUID(request.POST.get("chiave", ""))
    except ValueError:
        return None
    return Consultazione.objects.visibili_a(request.user).filter(chiave=chiave).first()


class DiChiScriveMixin(GestoMixin, UnaConsultazioneMixin):
    """One consultation and a form of it, for who writes it; to the others, and while it waits, it does not exist."""

    def dispatch(self, request, *args, **kwargs):
        if ha_consultazioni(request.user) and not self.scrive:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, **kwargs):
        return super().get(request, **kwargs) if self.oggetto.in_corso else self.torna()

    def chiedi(self):
        return self.mostra(consultazione=self.oggetto, modulo=self.modulo())

    def fai(self, request):
        modulo = self.modulo(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo=modulo)
        try:
            detto = self.salva(modulo)
        except ValidationError as errore:
            if getattr(errore, "code", "") == "cambiata":
                self.cambiata(modulo, errore)
            else:
                modulo.add_error(None, errore.messages)
            return self.di_nuovo(modulo=modulo)
        return self.torna(detto)


class ModificaView(DiChiScriveMixin, View):
    template_name = "registri/consultazioni/modulo.html"
    page_title = "Modifica la consultazione"

    def modulo(self, *dati):
        return forms.ConsultazioneForm(*dati, instance=Consultazione.objects.get(pk=self.oggetto.pk))

    def salva(self, modulo):
        versione = modulo.cleaned_data["versione"]
        operazioni.salva_consultazione(modulo.save(commit=False), self.request.user, versione)
        return "Salvata"


class SeduteView(DiChiScriveMixin, View):
    template_name = "registri/consultazioni/sedute.html"
    page_title = "Sedute"

    def modulo(self, *dati):
        riunioni = selettori.sedute_da_scegliere(self.request.user)
        return forms.SeduteForm(self.oggetto, riunioni, *dati)

    def salva(self, modulo):
        operazioni.scegli_sedute(self.oggetto, self.request.user, modulo.scelte(), modulo.cleaned_data["versione"])
        return "Salvate"


class EntiView(DiChiScriveMixin, View):
    template_name = "registri/consultazioni/enti.html"
    page_title = "Enti sentiti fuori dalle sedute"

    def chiedi(self):
        modulo = forms.VersioneForm(initial={"versione": self.oggetto.versione})
        righe = forms.righe_degli_enti(self.oggetto)
        return self.mostra(consultazione=self.oggetto, modulo=modulo, righe=righe)

    def fai(self, request):
        modulo, righe = forms.VersioneForm(request.POST), forms.righe_degli_enti(self.oggetto, request.POST)
        if modulo.is_valid() and righe.is_valid():
            scritti, tolti = lette(righe, EnteConsultato)
            versione = modulo.cleaned_data["versione"]
            try:
                operazioni.salva_enti(self.oggetto, request.user, scritti, tolti, versione)
            except ValidationError as errore:
                self.cambiata(modulo, errore)
            else:
                return self.torna("Salvati")
        return self.di_nuovo(modulo=modulo, righe=righe)


class NuovoBisognoView(DiChiScriveMixin, View):
    """A need that was told; saved, the form is there for the next one."""

    template_name = "registri/consultazioni/bisogno.html"
    page_title = "Nuovo bisogno"

    @cached_property
    def bisogno(self):
        return None

    def modulo(self, *dati):
        argomenti = {"consultazione": self.oggetto, "sedute": selettori.sedute_tenute(self.oggetto)}
        return forms.BisognoForm(*dati, instance=self.bisogno, **argomenti)

    def fai(self, request):
        modulo = self.modulo(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo=modulo)
        if not BisognoRaccolto.objects.filter(chiave=modulo.instance.chiave).exclude(pk=modulo.instance.pk).exists():
            try:
                operazioni.salva_bisogno(modulo.save(commit=False), request.user, modulo.cleaned_data["versione"])
            except ValidationError as errore:
                if getattr(errore, "code", "") == "cambiata":
                    modulo.data = modulo.data.copy()
                    modulo.data["versione"] = str(BisognoRaccolto.objects.get(pk=self.bisogno.pk).versione)
                modulo.add_error(None, errore.messages)
                return self.di_nuovo(modulo=modulo)
        messages.success(request, "Bisogno salvato")
        return redirect("consultazioni:nuovo_bisogno" if "altro" in request.POST else "consultazioni:bisogni", self.pk)

    @property
    def pk(self):
        return self.oggetto.pk


class BisognoView(NuovoBisognoView):
    page_title = "Bisogno"

    @cached_property
    def bisogno(self):
        return get_object_or_404(self.oggetto.bisogni.all(), pk=self.kwargs["bisogno"])

    def mostra(self, *args, **contesto):
        return super().mostra(*args, bisogno=self.bisogno, **contesto)


class TogliBisognoView(DiChiScriveMixin, View):
    def chiedi(self):
        return self.torna()

    def fai(self, request):
        bisogno = get_object_or_404(self.oggetto.bisogni.all(), pk=self.kwargs["bisogno"])
        operazioni.togli_bisogno(bisogno, request.user)
        messages.success(request, "Bisogno tolto")
        return redirect("consultazioni:bisogni", self.oggetto.pk)


class ParoleView(DiChiScriveMixin, View):
    """The words of needs, read over one by one before anybody outside reads them."""

    template_name = "registri/consultazioni/parole.html"
    page_title = "Rivedi le parole"

    def chiedi(self):
        return self.elenca()

    def elenca(self, status=200, sbagliato=None):
        pagina = self.pagina_di(selettori.con_parole(self.oggetto))
        righe = [
            (uno, sbagliato[1] if sbagliato and uno.pk == sbagliato[0].pk else forms.ParoleForm.per(uno))
            for uno in pagina["page_obj"]
        ]
        restano = selettori.da_rivedere(self.oggetto)
        contesto = {"modulo": sbagliato[1]} if sbagliato else {}
        return self.mostra(
            status, consultazione=self.oggetto, righe_di_parole=righe, restano=restano, **contesto, **pagina
        )

    def fai(self, request):
        chiavi = chiavi_in([request.POST.get("bisogno", "")])
        bisogno = get_object_or_404(selettori.con_parole(self.oggetto), pk=chiavi[0] if chiavi else 0)
        modulo = forms.ParoleForm.per(bisogno, request.POST)
        if modulo.is_valid():
            try:
                operazioni.rivedi_parole(bisogno, request.user, **modulo.cleaned_data)
            except ValidationError as errore:
                modulo.data = {**modulo.data.dict(), modulo.add_prefix("versione"): str(bisogno.versione)}
                modulo.add_error(None, errore.messages)
            else:
                messages.success(request, "Salvato")
                return redirect(request.get_full_path())
        messages.error(request, NON_SALVATO)
        return self.elenca(422, (bisogno, modulo))


class ModelloView(DiChiScriveMixin, View):
    template_name = "registri/consultazioni/modello.html"
    page_title = "Scrivi il modello"

    def modulo(self, *dati):
        ultima = selettori.ultima_stesura(self.oggetto)
        iniziali = {"versione": self.oggetto.versione, "testo": ultima.testo if ultima else ""}
        return forms.StesuraForm(*dati, initial=iniziali)

    def salva(self, modulo):
        detto = modulo.cleaned_data
        stesura = operazioni.scrivi_stesura(
            self.oggetto, self.request.user, detto["testo"], detto["che_cosa_cambia"], detto["versione"]
        )
        return f"Salvato: è la stesura {stesura.numero}"


class EliminaView(DiChiScriveMixin, View):
    template_name = "registri/consultazioni/elimina.html"
    page_title = "Elimina la consultazione"

    def chiedi(self):
        return self.mostra(consultazione=self.oggetto)

    def fai(self, request):
        operazioni.elimina_consultazione(self.oggetto, request.user)
        messages.success(request, f"«{self.oggetto}» eliminata")
        return redirect("consultazioni:elenco")
