"""The manager's training in the admin: the year's courses and hours, one course, its certificate."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.chiavi import chiavi_in
from base.views import PaginaAdminMixin
from programma.alimentazione import evidenze_nate_da

from ..models import Attestato, Corso
from ..permissions import legge_i_nomi, puo_gestire
from ..riservati import consegna_file
from ..schermate import NON_SALVATO, GestoMixin, SoloChiGestisceMixin
from . import operazioni, selettori
from .forms import AttestatoForm, CorsoForm


class FormazioneMixin(PaginaAdminMixin):
    """For who does not read this register, its pages do not exist."""

    header_icon = "openquote"
    page_title = "Formazione del manager"
    nome = "corso"

    def dispatch(self, request, *args, **kwargs):
        if not legge_i_nomi(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("formazione:elenco"), "label": FormazioneMixin.page_title}]

    @cached_property
    def oggetto(self):
        return get_object_or_404(Corso, pk=self.kwargs["pk"])


class ElencoView(FormazioneMixin, View):
    template_name = "registri/formazione/elenco.html"

    def percorso(self):
        return []

    def get(self, request):
        return self.mostra(anni=selettori.dell_anno(), **self.pagina_di(Corso.objects.prefetch_related("file")))

    def get_header_buttons(self):
        if not puo_gestire(self.request.user):
            return []
        return [HeaderButton("Nuovo corso", url=reverse("formazione:nuovo"), icon_name="plus")]


class CorsoView(FormazioneMixin, View):
    template_name = "registri/formazione/corso.html"
    http_method_names = ["get"]

    def get_page_title(self):
        return self.oggetto.titolo

    def get(self, request, pk):
        corso, gestisce = self.oggetto, puo_gestire(request.user)
        return self.mostra(
            corso=corso,
            gestisce=gestisce,
            perche_non_vale=selettori.perche_non_vale(corso),
            evidenze=evidenze_nate_da(corso),
            gia_date=corso.gia_date.che_stanno(),
            da_unire=selettori.gia_scritte(corso) if gestisce else [],
            carica=AttestatoForm() if gestisce else None,
        )


class FileView(FormazioneMixin, View):
    """The only door to a certificate."""

    def get(self, request, pk, chiave):
        return consegna_file(get_object_or_404(Attestato, corso=pk, chiave=chiave.replace("\0", "")))


class NuovoView(SoloChiGestisceMixin, FormazioneMixin, View):
    template_name = "registri/formazione/modulo.html"
    page_title = "Nuovo corso"

    def get(self, request):
        return self.mostra(modulo=CorsoForm(), anni=selettori.dell_anno())

    def post(self, request):
        modulo = CorsoForm(request.POST)
        if modulo.is_valid():
            corso = Corso.objects.filter(chiave=modulo.instance.chiave).first()
            corso = corso or operazioni.salva_corso(modulo.save(commit=False), request.user)
            messages.success(request, "Corso scritto: le sue ore sono tra quelle offerte")
            return redirect(corso)
        messages.error(request, NON_SALVATO)
        return self.mostra(modulo=modulo, status=422)


class GestoSulCorsoMixin(SoloChiGestisceMixin, GestoMixin, FormazioneMixin):
    """One course and a form of it."""

    def percorso(self):
        return [*super().percorso(), {"url": self.oggetto.get_absolute_url(), "label": self.oggetto.titolo}]


class ModificaView(GestoSulCorsoMixin, View):
    template_name = "registri/formazione/modulo.html"
    page_title = "Modifica il corso"

    def chiedi(self):
        return self.mostra(corso=self.oggetto, modulo=CorsoForm(instance=self.oggetto))

    def fai(self, request):
        modulo = CorsoForm(request.POST, instance=Corso.objects.get(pk=self.oggetto.pk))
        if modulo.is_valid():
            try:
                versione = modulo.cleaned_data["versione"]
                operazioni.salva_corso(modulo.save(commit=False), request.user, versione)
            except ValidationError as errore:
                self.cambiata(modulo, errore)
            else:
                return self.torna("Salvato")
        return self.di_nuovo(modulo=modulo)


class AllegaView(GestoSulCorsoMixin, View):
    def fai(self, request):
        modulo = AttestatoForm(request.POST, request.FILES)
        if not modulo.is_valid():
            raise ValidationError("Scegli un file")
        file = operazioni.allega_attestato(self.oggetto, request.user, modulo.cleaned_data["file"])
        return self.torna(f"«{file}» aggiunto")


class TogliFileView(GestoSulCorsoMixin, View):
    def fai(self, request):
        chiave = request.POST.get("file", "").replace("\0", "")
        file = get_object_or_404(self.oggetto.file.all(), chiave=chiave)
        operazioni.togli_attestato(file, request.user)
        return self.torna(f"«{file}» tolto")


class UnisciView(GestoSulCorsoMixin, View):
    """Hours given by hand that are of this course."""

    def fai(self, request):
        unite = operazioni.unisci_al_corso(self.oggetto, request.user, chiavi_in(request.POST.getlist("evidenza")))
        if not unite:
            raise ValidationError("Scegli almeno un'evidenza")
        return self.torna("Fatto: l'evidenza resta com'è, e le ore non si contano un'altra volta")


class EliminaView(GestoSulCorsoMixin, View):
    template_name = "registri/formazione/elimina.html"
    page_title = "Elimina il corso"

    def chiedi(self):
        return self.mostra(corso=self.oggetto)

    def fai(self, request):
        operazioni.elimina_corso(self.oggetto, request.user)
        messages.success(request, f"«{self.oggetto}» eliminato")
        return redirect("formazione:elenco")
