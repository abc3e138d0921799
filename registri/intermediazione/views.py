"""The manager's log of contacts: to everybody else it does not exist."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.views import PaginaAdminMixin
from cura.operazioni import PassaggioImpossibile
from cura.registro import tutte

from ..models import Intermediazione
from ..schermate import NON_SALVATO, GestoMixin, SoloChiGestisceMixin
from . import operazioni
from .filtri import FiltroIntermediazioni
from .forms import IntermediazioneForm


def cure():
    """The kinds of entries of which a draft may begin from a row."""
    return [cura for cura in tutte() if cura.bozza_form]


class IntermediazioniMixin(SoloChiGestisceMixin, PaginaAdminMixin):
    header_icon = "comment"
    page_title = "Intermediazione"
    nome = "una"

    def percorso(self):
        return [{"url": reverse("intermediazione:elenco"), "label": IntermediazioniMixin.page_title}]

    @cached_property
    def oggetto(self):
        return get_object_or_404(Intermediazione.objects.select_related("riunione"), pk=self.kwargs["pk"])


class ElencoView(IntermediazioniMixin, View):
    template_name = "registri/intermediazione/elenco.html"

    def percorso(self):
        return []

    def get(self, request):
        filtro = FiltroIntermediazioni(request.GET, request.user)
        return self.mostra(form=filtro.form, filtrato=bool(filtro.scelte), **self.pagina_di(filtro.intermediazioni()))

    def get_header_buttons(self):
        return [HeaderButton("Nuova riga", url=reverse("intermediazione:nuova"), icon_name="plus")]


class NuovaView(IntermediazioniMixin, View):
    template_name = "registri/intermediazione/modulo.html"
    page_title = "Nuova riga"

    def get(self, request):
        return self.mostra(modulo=IntermediazioneForm(initial={"giorno": timezone.localdate()}))

    def post(self, request):
        modulo = IntermediazioneForm(request.POST)
        if modulo.is_valid():
            gia = Intermediazione.objects.filter(chiave=modulo.instance.chiave).exists()
            if not gia:
                operazioni.salva_intermediazione(modulo.save(commit=False), request.user)
            messages.success(request, "Scritto")
            return redirect("intermediazione:elenco")
        messages.error(request, NON_SALVATO)
        return self.mostra(modulo=modulo, status=422)


class GestoSullaRigaMixin(GestoMixin, IntermediazioniMixin):
    """One row of the log and a form of it."""


class ModificaView(GestoSullaRigaMixin, View):
    template_name = "registri/intermediazione/modulo.html"
    page_title = "Modifica"

    def chiedi(self):
        return self.mostra(una=self.oggetto, modulo=IntermediazioneForm(instance=self.oggetto), **self.che_si_prepara())

    def che_si_prepara(self):
        """The pages that were made from the row, and the kinds of which there is none yet."""
        nate = list(self.oggetto.pagine.specific())
        ancora = [cura for cura in cure() if not any(isinstance(pagina, cura.modello) for pagina in nate)]
        return {"nate": nate, "cure": ancora}

    def fai(self, request):
        modulo = IntermediazioneForm(request.POST, instance=Intermediazione.objects.get(pk=self.oggetto.pk))
        if modulo.is_valid():
            try:
                versione = modulo.cleaned_data["versione"]
                operazioni.salva_intermediazione(modulo.save(commit=False), request.user, versione)
            except ValidationError as errore:
                self.cambiata(modulo, errore)
            else:
                return self.torna("Salvato")
        return self.di_nuovo(modulo=modulo, **self.che_si_prepara())


class FattoView(GestoSullaRigaMixin, View):
    def fai(self, request):
        fatto = operazioni.segna_seguito(self.oggetto, request.user)
        return self.torna("Fatto" if fatto.fatto_il else "È di nuovo da fare")


class RiunioneView(GestoSullaRigaMixin, View):
    """From a row, a meeting to be completed."""

    def fai(self, request):
        riunione = operazioni.prepara_riunione(self.oggetto, request.user)
        messages.success(request, "Riunione preparata: completa tipo, giorno e invitati")
        return redirect(riunione)


class PreparaView(GestoSullaRigaMixin, View):
    """From a row, the draft of a convention or of a service: where it is born, and what it may not be without."""

    template_name = "registri/intermediazione/prepara.html"
    page_title = "Prepara la bozza"
    rifiuti = (PassaggioImpossibile,)

    @cached_property
    def cura(self):
        for cura in cure():
            if cura.ambito == self.kwargs["ambito"]:
                return cura
        raise Http404

    def chiedi(self):
        ente = self.oggetto.organizzazione
        iniziale = {"organizzazione": ente} if ente and ente.attiva else {}
        return self.mostra(una=self.oggetto, cura=self.cura, modulo=self.cura.bozza_form(initial=iniziale))

    def fai(self, request):
        modulo = self.cura.bozza_form(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(cura=self.cura, modulo=modulo)
        pagina = operazioni.prepara_pagina(self.oggetto, request.user, self.cura, **modulo.cleaned_data)
        messages.success(request, "Bozza creata: controlla, completa e invia")
        return redirect("wagtailadmin_pages:edit", pagina.pk)


class EliminaView(GestoSullaRigaMixin, View):
    template_name = "registri/intermediazione/elimina.html"
    page_title = "Elimina"

    def chiedi(self):
        return self.mostra(una=self.oggetto)

    def fai(self, request):
        operazioni.elimina_intermediazione(self.oggetto, request.user)
        messages.success(request, f"«{self.oggetto}» eliminata")
        return redirect("intermediazione:elenco")
