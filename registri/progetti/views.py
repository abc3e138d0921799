"""Shared projects: the list, one of them, and the manager's screens that write it. All of it without JavaScript."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.chiavi import chiavi_in
from base.views import PaginaAdminMixin
from programma.alimentazione import evidenze_nate_da, schede_nate_nell_anno

from ..models import EnteDelProgetto, FileDelProgetto, Progetto, TipoProgetto
from ..permissions import legge_i_nomi, puo_aprire, puo_gestire
from ..riservati import consegna_file
from ..riunioni.forms import lette
from ..schermate import NON_SALVATO, GestoMixin, SoloChiGestisceMixin
from . import forms, operazioni, selettori
from .filtri import FiltroProgetti


class ProgettiMixin(PaginaAdminMixin):
    """For who has no project to read these pages do not exist."""

    header_icon = "folder-open-inverse"
    page_title = "Progetti condivisi"

    def dispatch(self, request, *args, **kwargs):
        if not puo_aprire(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("progetti:elenco"), "label": ProgettiMixin.page_title}]


class ElencoView(ProgettiMixin, View):
    template_name = "registri/progetti/elenco.html"

    def percorso(self):
        return []

    def get(self, request):
        filtro, gestisce = FiltroProgetti(request.GET, request.user), puo_gestire(request.user)
        anno = filtro.scelte.get("anno") or timezone.localdate().year
        return self.mostra(
            form=filtro.form,
            filtrato=bool(filtro.scelte),
            gestisce=gestisce,
            anno=anno,
            enti_dell_anno=selettori.enti_dell_anno(anno) if legge_i_nomi(request.user) else [],
            schede=schede_nate_nell_anno().filter(progetti=None) if gestisce else [],
            senza_tipi=not TipoProgetto.objects.exists(),
            **self.pagina_di(filtro.progetti()),
        )

    def get_header_buttons(self):
        if not puo_gestire(self.request.user):
            return []
        return [HeaderButton("Nuovo progetto", url=reverse("progetti:nuovo"), icon_name="plus")]


class UnProgettoMixin(ProgettiMixin):
    """One project that the person may open, or 404 as for one that does not exist."""

    nome = "progetto"

    @cached_property
    def oggetto(self):
        return get_object_or_404(Progetto.objects.visibili_a(self.request.user).completi(), pk=self.kwargs["pk"])

    def get_page_title(self):
        return self.oggetto.titolo


class ProgettoView(UnProgettoMixin, View):
    template_name = "registri/progetti/progetto.html"
    http_method_names = ["get"]

    def get(self, request, pk):
        progetto, tutto = self.oggetto, legge_i_nomi(request.user)
        gestisce = puo_gestire(request.user)
        return self.mostra(
            progetto=progetto,
            gestisce=gestisce,
            legge_tutto=tutto,
            evidenze=evidenze_nate_da(progetto) if tutto else [],
            gia_date=progetto.gia_date.che_stanno() if tutto else [],
            file=progetto.file.all() if tutto else [],
            carica=forms.FileDelProgettoForm() if gestisce else None,
        )


class FileView(View):
    """The only door to the files of a project: for who reads every register."""

    def get(self, request, pk, chiave):
        suoi = FileDelProgetto.objects.filter(progetto__in=Progetto.objects.visibili_a(request.user).filter(pk=pk))
        suo = get_object_or_404(suoi, chiave=chiave.replace("\0", ""))
        if not legge_i_nomi(request.user):
            raise Http404
        return consegna_file(suo)


class NuovoView(SoloChiGestisceMixin, ProgettiMixin, View):
    """A new project; `?scheda=` starts from the sheet of an action born during the year."""

    template_name = "registri/progetti/modulo.html"
    page_title = "Nuovo progetto"

    def get(self, request):
        iniziali = {"dal": timezone.localdate(), "tipo": TipoProgetto.objects.first()}
        chiavi = chiavi_in([request.GET.get("scheda", "")])
        righe = forms.righe_degli_enti(Progetto())
        if scheda := schede_nate_nell_anno().filter(pk__in=chiavi).first():
            per_lei = TipoProgetto.objects.filter(criteri__con_scheda=True).first()
            iniziali |= {"scheda": scheda, "titolo": scheda.title, "di_che_cosa": scheda.obiettivo_specifico}
            iniziali |= {"tipo": per_lei or iniziali["tipo"]}
        return self.mostra(modulo=forms.ProgettoForm(initial=iniziali), righe=righe)

    def post(self, request):
        modulo, righe = forms.ProgettoForm(request.POST), forms.righe_degli_enti(Progetto(), request.POST)
        if modulo.is_valid() and righe.is_valid():
            progetto = Progetto.objects.filter(chiave=modulo.instance.chiave).first()
            if progetto is None:
                scritti, _ = lette(righe, EnteDelProgetto)
                progetto = operazioni.salva_progetto(modulo.save(commit=False), request.user, scritti)
            messages.success(request, "Progetto scritto: guarda per che cosa vale")
            return redirect(progetto)
        messages.error(request, NON_SALVATO)
        return self.mostra(modulo=modulo, righe=righe, status=422)


class GestoSulProgettoMixin(SoloChiGestisceMixin, GestoMixin, UnProgettoMixin):
    """One project and a form of it."""

    def percorso(self):
        return [*super().percorso(), {"url": self.oggetto.get_absolute_url(), "label": self.oggetto.titolo}]

    def get_page_title(self):
        return self.page_title


class ModificaView(GestoSulProgettoMixin, View):
    template_name = "registri/progetti/modulo.html"
    page_title = "Modifica il progetto"

    def chiedi(self):
        progetto = self.oggetto
        modulo, righe = forms.ProgettoForm(instance=progetto), forms.righe_degli_enti(progetto)
        return self.mostra(progetto=progetto, modulo=modulo, righe=righe, evidenze=evidenze_nate_da(progetto))

    def fai(self, request):
        modulo = forms.ProgettoForm(request.POST, instance=Progetto.objects.get(pk=self.oggetto.pk))
        righe = forms.righe_degli_enti(self.oggetto, request.POST)
        if modulo.is_valid() and righe.is_valid():
            scritti, tolti = lette(righe, EnteDelProgetto)
            versione = modulo.cleaned_data["versione"]
            try:
                operazioni.salva_progetto(modulo.save(commit=False), request.user, scritti, tolti, versione)
            except ValidationError as errore:
                self.cambiata(modulo, errore)
            else:
                return self.torna("Salvato")
        return self.di_nuovo(modulo=modulo, righe=righe, evidenze=evidenze_nate_da(self.oggetto))


class ValeView(GestoSulProgettoMixin, View):
    """What the project serves on a day, with the reason of each; what is chosen waits for who decides."""

    template_name = "registri/progetti/vale.html"
    page_title = "Per che cosa vale"

    def get(self, request, pk):
        return self.mostra_il(self.giorno(request.GET.get("al", "")))

    def giorno(self, detto):
        try:
            return selettori.giorno_nei(self.oggetto, date.fromisoformat(detto), timezone.localdate())
        except ValueError:
            return selettori.giorno_proposto(self.oggetto, timezone.localdate())

    def modulo(self, giorno, proposte, *dati):
        date_ora = {evidenza.fonte_criterio.codice for evidenza in evidenze_nate_da(self.oggetto)}
        return forms.OffertaForm(self.oggetto, giorno, proposte, date_ora, *dati)

    def mostra_il(self, giorno, modulo=None):
        progetto, proposte = self.oggetto, selettori.proposte(self.oggetto, giorno)
        return self.mostra(
            status=422 if modulo else 200,
            progetto=progetto,
            giorno=giorno,
            del_giorno=forms.GiornoDelFattoForm(initial={"al": giorno}),
            modulo=modulo or self.modulo(giorno, proposte),
            non_serve=[proposta for proposta in proposte if not proposta.serve],
            perche_nessuna=selettori.perche_nessuna(progetto, giorno),
            da_unire=selettori.da_unire(progetto),
        )

    def fai(self, request):
        giorno = self.giorno(request.POST.get("giorno", ""))
        modulo = self.modulo(giorno, selettori.proposte(self.oggetto, giorno), request.POST)
        if modulo.is_valid():
            dati = modulo.cleaned_data
            codici, perche = dati.get("criteri", []), dati.get("perche_insieme", "")
            try:
                operazioni.offri_progetto(self.oggetto, request.user, dati["giorno"], codici, perche, dati["versione"])
            except ValidationError as errore:
                self.cambiata(modulo, errore)
            else:
                return self.torna("Fatto: le evidenze aspettano chi le approva" if codici else "Fatto")
        messages.error(request, NON_SALVATO)
        return self.mostra_il(giorno, modulo)


class UnisciView(GestoSulProgettoMixin, View):
    """Evidence given by hand that is of this project."""

    def fai(self, request):
        unite = operazioni.unisci_al_progetto(self.oggetto, request.user, chiavi_in(request.POST.getlist("evidenza")))
        if not unite:
            raise ValidationError("Scegli almeno un'evidenza")
        return self.torna("Fatto: l'evidenza resta com'è, e quel criterio non si conta un'altra volta")


class AllegaView(GestoSulProgettoMixin, View):
    def fai(self, request):
        modulo = forms.FileDelProgettoForm(request.POST, request.FILES)
        if not modulo.is_valid():
            raise ValidationError("Scegli un file")
        file = operazioni.allega_al_progetto(self.oggetto, request.user, modulo.cleaned_data["file"])
        return self.torna(f"«{file}» aggiunto")


class TogliFileView(GestoSulProgettoMixin, View):
    def fai(self, request):
        chiave = request.POST.get("file", "").replace("\0", "")
        file = get_object_or_404(self.oggetto.file.all(), chiave=chiave)
        operazioni.togli_dal_progetto(file, request.user)
        return self.torna(f"«{file}» tolto")


class EliminaView(GestoSulProgettoMixin, View):
    template_name = "registri/progetti/elimina.html"
    page_title = "Elimina il progetto"

    def chiedi(self):
        return self.mostra(progetto=self.oggetto)

    def fai(self, request):
        operazioni.elimina_progetto(self.oggetto, request.user)
        messages.success(request, f"«{self.oggetto}» eliminato")
        return redirect("progetti:elenco")
