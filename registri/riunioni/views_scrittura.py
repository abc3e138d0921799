"""The manager's screens of a meeting: prepared, attended, written down, closed. All of them without JavaScript."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from base.chiavi import chiavi_in
from organizzazioni.models import Organizzazione

from .. import permissions
from ..models import Partecipante, Riunione, Seguito
from ..schermate import NON_SALVATO, GestoMixin, SoloChiGestisceMixin
from . import forms, operazioni, selettori
from .flusso_riunioni import RiunioneFerma
from .views import RiunioniMixin, UnaRiunioneMixin


class NuovaView(SoloChiGestisceMixin, RiunioniMixin, View):
    template_name = "registri/riunioni/modulo.html"
    page_title = "Nuova riunione"

    def get(self, request):
        oggi = timezone.localdate()
        iniziali = {"giorno": oggi, "sede": selettori.sede_proposta(oggi)}
        return self.mostra(modulo=forms.RiunioneForm(initial=iniziali))

    def post(self, request):
        modulo = forms.RiunioneForm(request.POST)
        if modulo.is_valid():
            gia = Riunione.objects.filter(chiave=modulo.instance.chiave).first()
            riunione = gia or operazioni.salva_riunione(modulo.save(commit=False), request.user)
            messages.success(request, "Riunione preparata: controlla chi è invitato")
            return redirect("riunioni:invitati", riunione.pk)
        messages.error(request, NON_SALVATO)
        return self.mostra(modulo=modulo, status=422)


class UnaDaScrivereMixin(SoloChiGestisceMixin, GestoMixin, UnaRiunioneMixin):
    """One meeting and a form of it."""

    nome, rifiuti = "riunione", (RiunioneFerma,)

    @property
    def oggetto(self):
        return self.riunione

    def dispatch(self, request, *args, **kwargs):
        if permissions.puo_gestire(request.user):
            _ = self.riunione
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [*super().percorso(), {"url": self.riunione.get_absolute_url(), "label": self.riunione.titolo}]

    def get_page_title(self):
        return self.page_title


class ModificaView(UnaDaScrivereMixin, View):
    template_name = "registri/riunioni/modulo.html"
    page_title = "Modifica"

    def chiedi(self):
        if not self.riunione.da_tenere:
            messages.error(self.request, "La riunione è già stata tenuta: giorno, sede e argomento restano quelli")
            return self.torna()
        return self.mostra(modulo=forms.RiunioneForm(instance=self.riunione), riunione=self.riunione)

    def fai(self, request):
        modulo = forms.RiunioneForm(request.POST, instance=Riunione.objects.get(pk=self.riunione.pk))
        if modulo.is_valid():
            try:
                versione = modulo.cleaned_data["versione"]
                operazioni.salva_riunione(modulo.save(commit=False), request.user, versione)
            except ValidationError as errore:
                self.cambiata(modulo, errore)
            else:
                return self.torna("Salvato")
        return self.di_nuovo(modulo=modulo)


class InvitatiView(UnaDaScrivereMixin, View):
    template_name = "registri/riunioni/invitati.html"
    page_title = "Invitati"

    def con_accesso(self, dati=None):
        enti = Organizzazione.objects.attive().exclude(distretto__isnull=False).select_related("gruppo")
        gia = {(uno.organizzazione_id, uno.email) for uno in self.riunione.partecipanti.all()}
        loro = selettori.persone_con_accesso(enti.prefetch_related("gruppo__user_set"))
        return forms.PersoneForm(loro, gia, dati)

    def chiedi(self):
        if not self.riunione.da_scrivere:
            return self.torna()
        righe = forms.righe_degli_invitati(self.riunione)
        return self.mostra(riunione=self.riunione, righe=righe, persone=self.con_accesso())

    def fai(self, request):
        righe, persone = forms.righe_degli_invitati(self.riunione, request.POST), self.con_accesso(request.POST)
        if not (righe.is_valid() and persone.is_valid()):
            return self.di_nuovo(righe=righe, persone=persone)
        scritte, tolte = forms.lette(righe, Partecipante)
        operazioni.salva_partecipanti(self.riunione, request.user, [*scritte, *persone.scelti()], tolte)
        return self.torna("Invitati salvati")


class ConvocaView(UnaDaScrivereMixin, View):
    """Who is convened, and who cannot be for want of an address; then it leaves."""

    template_name = "registri/riunioni/convoca.html"
    page_title = "Convoca"

    def chiedi(self):
        if self.riunione.stato != Riunione.Stato.IN_PREPARAZIONE:
            return self.torna()
        invitati = [uno for uno in self.riunione.partecipanti.all() if uno.invitato]
        return self.mostra(
            riunione=self.riunione,
            raggiunti=[uno for uno in invitati if uno.email],
            senza_indirizzo=[uno for uno in invitati if not uno.email],
        )

    def fai(self, request):
        versioni = chiavi_in([request.POST.get("versione", "")])
        operazioni.convoca(self.riunione, request.user, *versioni)
        return self.torna("Convocata: i messaggi partono tra poco")


class PresenzeView(UnaDaScrivereMixin, View):
    """Everybody in one screen, with targets as large as a finger."""

    template_name = "registri/riunioni/presenze.html"
    page_title = "Chi c'era"

    def modulo(self, dati=None):
        partecipanti = sorted(self.riunione.partecipanti.all(), key=lambda uno: uno.ruolo != "manager_territoriale")
        return forms.PresenzeForm(partecipanti, dati)

    def chiedi(self):
        if not self.riunione.da_scrivere or self.riunione.giorno > timezone.localdate():
            chiusa = "La riunione è chiusa o annullata: resta com'è"
            messages.error(self.request, operazioni.DOPO_IL_GIORNO if self.riunione.da_scrivere else chiusa)
            return self.torna()
        return self.mostra(riunione=self.riunione, modulo=self.modulo())

    def fai(self, request):
        modulo = self.modulo(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo=modulo)
        operazioni.registra_presenze(self.riunione, request.user, modulo.segni(), modulo.cleaned_data["altri"])
        return self.torna("Presenze salvate")


class VerbaleView(UnaDaScrivereMixin, View):
    template_name = "registri/riunioni/verbale.html"
    page_title = "Verbale"

    def chiedi(self):
        if self.riunione.stato != Riunione.Stato.TENUTA:
            messages.error(self.request, "Il verbale si scrive dopo aver segnato chi c'era, e prima di chiudere")
            return self.torna()
        riunione = self.riunione
        iniziali = {nome: getattr(riunione, nome) for nome in ("verbale", "decisioni", "versione")}
        righe = forms.righe_dei_seguiti(riunione)
        return self.mostra(riunione=riunione, modulo=forms.VerbaleForm(initial=iniziali), righe=righe)

    def fai(self, request):
        modulo, righe = forms.VerbaleForm(request.POST), forms.righe_dei_seguiti(self.riunione, request.POST)
        if modulo.is_valid() and righe.is_valid():
            scritti, tolti = forms.lette(righe, Seguito)
            try:
                operazioni.salva_verbale(
                    self.riunione, request.user, seguiti=scritti, tolti=tolti, **modulo.cleaned_data
                )
            except ValidationError as errore:
                self.cambiata(modulo, errore)
            else:
                return self.torna("Verbale salvato")
        return self.di_nuovo(modulo=modulo, righe=righe)


class AllegaView(UnaDaScrivereMixin, View):
    def fai(self, request):
        modulo = forms.FileForm(request.POST, request.FILES)
        if not modulo.is_valid():
            raise ValidationError("Scegli un file, e che cos'è")
        file = operazioni.allega_file(
            self.riunione, request.user, modulo.cleaned_data["file"], modulo.cleaned_data["genere"]
        )
        return self.torna(f"«{file}» aggiunto")


class TogliFileView(UnaDaScrivereMixin, View):
    def fai(self, request):
        file = get_object_or_404(self.riunione.file.all(), chiave=request.POST.get("file", "").replace("\0", ""))
        operazioni.togli_file(file, request.user)
        return self.torna(f"«{file}» tolto")


class FattoView(UnaDaScrivereMixin, View):
    """Something that was to be done is done, or is not."""

    def fai(self, request):
        seguito = get_object_or_404(self.riunione.seguiti.all(), pk__in=chiavi_in([request.POST.get("seguito", "")]))
        fatto = operazioni.segna_fatto(seguito, request.user, fatto=seguito.fatto_il is None)
        return self.torna("Fatto" if fatto.fatto_il else "È di nuovo da fare")


class ChiudiView(UnaDaScrivereMixin, View):
    """What the meeting serves, with the reason of each, and of each that it does not; then it is frozen."""

    template_name = "registri/riunioni/chiudi.html"
    page_title = "Chiudi la riunione"

    def chiedi(self, modulo=None):
        if self.riunione.stato != Riunione.Stato.TENUTA:
            messages.error(self.request, "Si chiude una riunione tenuta: prima segna chi c'era")
            return self.torna()
        proposte = selettori.proposte(self.riunione)
        return self.mostra(
            status=422 if modulo else 200,
            riunione=self.riunione,
            modulo=modulo or forms.ChiusuraForm(self.riunione, proposte),
            non_serve=[proposta for proposta in proposte if not proposta.serve],
            perche_nessuna=selettori.perche_nessuna(self.riunione),
        )

    def fai(self, request):
        modulo = forms.ChiusuraForm(self.riunione, selettori.proposte(self.riunione), request.POST)
        if modulo.is_valid():
            dati = modulo.cleaned_data
            try:
                operazioni.chiudi(
                    self.riunione,
                    request.user,
                    dati.get("criteri", []),
                    dati.get("perche_insieme", ""),
                    dati["versione"],
                )
            except ValidationError as errore:
                self.cambiata(modulo, errore)
            else:
                quante = len(dati.get("criteri", []))
                detto = ": le evidenze aspettano chi le approva" if quante else ""
                return self.torna(f"Riunione chiusa{detto}")
        messages.error(request, "Non è stata chiusa: correggi i punti segnati")
        return self.chiedi(modulo)


class ConMotivoMixin(UnaDaScrivereMixin):
    """A passage that asks why."""

    template_name = "registri/riunioni/motivo.html"

    def chiedi(self):
        return self.mostra(riunione=self.riunione, modulo=forms.MotivoForm(), gesto=self)

    def fai(self, request):
        modulo = forms.MotivoForm(request.POST)
        if not modulo.is_valid():
            return self.di_nuovo(modulo=modulo, gesto=self)
        self.operazione(self.riunione, request.user, modulo.cleaned_data["motivo"])
        return self.torna(self.fatto)


class RiapriView(ConMotivoMixin, View):
    page_title = "Riapri la riunione"
    operazione = staticmethod(operazioni.riapri)
    bottone, fatto = "Riapri", "Riaperta: correggi, e chiudi di nuovo"
    spiega = (
        "Le evidenze già date restano come sono state lette. Quando la chiudi di nuovo, quelle in cui qualcosa è "
        "cambiato (giorno, argomento, persone, organizzazioni) tornano a chi decide."
    )


class AnnullaView(ConMotivoMixin, View):
    page_title = "Annulla la riunione"
    operazione = staticmethod(operazioni.annulla)
    bottone, fatto = "Annulla la riunione", "Riunione annullata"
    spiega = "Resta nell'elenco, annullata. Chi era stato convocato riceve il motivo, e il suo calendario la toglie."


class EliminaView(UnaDaScrivereMixin, View):
    template_name = "registri/riunioni/elimina.html"
    page_title = "Elimina la riunione"

    def chiedi(self):
        return self.mostra(riunione=self.riunione)

    def fai(self, request):
        operazioni.elimina(self.riunione, request.user)
        messages.success(request, f"«{self.riunione}» eliminata")
        return redirect("riunioni:elenco")
