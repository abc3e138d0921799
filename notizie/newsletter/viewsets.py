"""The manager's screens: the issues, one issue from draft to archive, the subscribers."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from base.chiavi import CIFRE
from base.views import PaginaAdminMixin
from programma.alimentazione import evidenze_nate_da

from ..models import Iscritto, NumeroNewsletter
from . import operazioni
from .collegamenti import completo
from .composizione import leggi_voci
from .forms import CancellaForm
from .permissions import puo_gestire_newsletter
from .selettori import avanzamento, criteri_di_oggi, quadro_degli_iscritti

SPAZIO = "newsletter"
OGNI = 15
"""Seconds after which the page of an issue that is being sent asks for itself again."""


class SoloGestoriMixin:
    """For anyone else these pages do not exist."""

    def dispatch(self, request, *args, **kwargs):
        if not puo_gestire_newsletter(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class ElencoView(SoloGestoriMixin, IndexView):
    page_title = "Newsletter"
    add_item_label = "Nuovo numero"

    def get_edit_url(self, instance):
        return reverse(f"{SPAZIO}:numero", args=[instance.pk])

    @cached_property
    def columns(self):
        return [
            TitleColumn("titolo", label="Titolo", get_url=self.get_edit_url, sort_key="titolo"),
            Column("get_stato_display", label="Stato", sort_key="stato"),
            DateColumn("inviata_il", label="Inviata", sort_key="inviata_il"),
        ]

    @cached_property
    def header_buttons(self):
        return [
            *super().header_buttons,
            HeaderButton("Iscritti", url=reverse(f"{SPAZIO}:iscritti"), icon_name="group"),
        ]


class ScriveMixin(SoloGestoriMixin):
    """Whoever saves a draft has written it, and goes back to read it."""

    def get_success_url(self):
        return reverse(f"{SPAZIO}:numero", args=[self.object.pk])


class NuovoView(ScriveMixin, CreateView):
    page_title = "Nuovo numero"

    def save_instance(self):
        with transaction.atomic():
            numero = super().save_instance()
            operazioni.scrive(numero, self.request.user)
        return numero


class SoloBozzaMixin(SoloGestoriMixin):
    """What was sent is neither changed nor deleted: its own page is shown instead."""

    def dispatch(self, request, *args, **kwargs):
        pk = kwargs["pk"]
        partiti = NumeroNewsletter.objects.pubblici().filter(pk=pk) if len(str(pk)) <= CIFRE else []
        if puo_gestire_newsletter(request.user) and partiti:
            messages.error(request, "Questo numero è già partito: non si cambia e non si elimina")
            return redirect(f"{SPAZIO}:numero", pk)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as errore:  # it was sent meanwhile
            messages.error(self.request, " ".join(errore.messages))
            return redirect(f"{SPAZIO}:numero", self.object.pk)


class ModificaView(SoloBozzaMixin, ScriveMixin, EditView):
    def save_instance(self):
        with transaction.atomic():
            operazioni.scrive(self.object, self.request.user)
            return super().save_instance()


class EliminaView(SoloBozzaMixin, DeleteView):
    def delete_action(self):
        with transaction.atomic():
            operazioni.trattieni(self.object, self.request.user)
            super().delete_action()


class NewsletterMixin(SoloGestoriMixin, PaginaAdminMixin):
    header_icon = "mail"

    def percorso(self):
        return [{"url": reverse(f"{SPAZIO}:index"), "label": "Newsletter"}]


class UnNumeroMixin(NewsletterMixin):
    @cached_property
    def numero(self):
        if len(str(self.kwargs["pk"])) > CIFRE:
            raise Http404
        return get_object_or_404(NumeroNewsletter, pk=self.kwargs["pk"])

    def get_page_title(self):
        return str(self.numero)

    def torna(self):
        return redirect(f"{SPAZIO}:numero", self.numero.pk)


class NumeroView(UnNumeroMixin, View):
    """An issue: how it looks, what may be done with it, how far its sending is."""

    template_name = "notizie/newsletter/admin/numero.html"

    def get(self, request, pk):
        numero = self.numero
        mancano = leggi_voci(numero)[1] if numero.in_bozza else []
        risposta = self.mostra(
            numero=numero,
            mancano=mancano,
            ogni=OGNI,
            archivio=completo("numero", numero.pk),
            invio=None if numero.in_bozza else avanzamento(numero),
            iscritti=Iscritto.objects.attivi().count(),
            criteri=criteri_di_oggi(),
            evidenze=evidenze_nate_da(numero),
        )
        if numero.stato == numero.Stato.IN_INVIO and numero.allarme_il is None:
            risposta["Refresh"] = str(OGNI)
        return risposta


@method_decorator(xframe_options_sameorigin, name="dispatch")  # the page of the issue frames it
class AnteprimaView(UnNumeroMixin, View):
    """The message as a mail program gets it; `formato` is `html` or `txt`."""

    def get(self, request, pk, formato):
        composizione, esempio = operazioni.anteprima(self.numero), completo("iscriviti")
        if formato == "html":
            return HttpResponse(composizione.html(esempio))
        if formato == "txt":
            return HttpResponse(composizione.testo(esempio), content_type="text/plain; charset=utf-8")
        raise Http404


class ProvaView(UnNumeroMixin, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            operazioni.invia_prova(self.numero, request.user)
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        else:
            messages.success(request, f"La prova parte ora verso {request.user.email}")
        return self.torna()


class InviaView(UnNumeroMixin, View):
    """Says to how many, then sends."""

    template_name = "notizie/newsletter/admin/invia.html"

    def get(self, request, pk):
        if not self.numero.in_bozza:
            return self.torna()
        return self.mostra(
            numero=self.numero,
            iscritti=Iscritto.objects.attivi().count(),
            mancano=leggi_voci(self.numero)[1],
            criteri=criteri_di_oggi(),
        )

    def post(self, request, pk):
        try:
            numero = operazioni.avvia_invio(self.numero, request.user)
        except ValidationError as errore:
            for messaggio in errore.messages:
                messages.error(request, messaggio)
        else:
            messages.success(request, f"«{numero}» è in partenza")
        return self.torna()


class RiprendiView(UnNumeroMixin, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            operazioni.riprendi(self.numero, request.user)
        except PermissionDenied as errore:
            messages.error(request, str(errore))
        else:
            messages.success(request, "L'invio riprende: nessuno riceve il numero due volte")
        return self.torna()


class RispedisciView(UnNumeroMixin, View):
    """Those in doubt, again: who asks knows that they did not arrive."""

    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            quante = operazioni.rispedisci_dubbie(self.numero, request.user)
        except (PermissionDenied, ValidationError) as errore:
            messages.error(request, " ".join(getattr(errore, "messages", [str(errore)])))
        else:
            messages.success(request, "Riparte un messaggio" if quante == 1 else f"Ripartono {quante} messaggi")
        return self.torna()


class IscrittiView(NewsletterMixin, View):
    """How many they are, the mailboxes that refuse, and who asked to be forgotten: there is no list of addresses."""

    template_name = "notizie/newsletter/admin/iscritti.html"
    page_title = "Iscritti alla newsletter"

    def get(self, request):
        return self.mostra(modulo=CancellaForm(), **quadro_degli_iscritti())

    def post(self, request):
        modulo = CancellaForm(request.POST)
        if not modulo.is_valid():
            return self.mostra(modulo=modulo, **quadro_degli_iscritti())
        if operazioni.cancella_indirizzo(modulo.cleaned_data["email"], request.user):
            messages.success(request, "Indirizzo cancellato: non ne resta nulla")
        else:
            messages.error(request, "Questo indirizzo non è tra gli iscritti")
        return redirect(f"{SPAZIO}:iscritti")


class NewsletterViewSet(ModelViewSet):
    """The issues, to managers alone; one that was sent is neither changed nor deleted."""

    model = NumeroNewsletter
    name = SPAZIO
    url_prefix = "newsletter"
    icon = "mail"
    menu_label = "Newsletter"
    menu_order = 148
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = ElencoView
    add_view_class = NuovoView
    edit_view_class = ModificaView
    delete_view_class = EliminaView
    ordering = ["-creato_il", "-pk"]
    search_fields = ["titolo", "sommario"]
    search_backend_name = None
    list_filter = ["stato"]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("iscritti/", IscrittiView.as_view(), name="iscritti"),
            path("<int:pk>/", NumeroView.as_view(), name="numero"),
            path("<int:pk>/anteprima/<str:formato>/", AnteprimaView.as_view(), name="anteprima"),
            path("<int:pk>/prova/", ProvaView.as_view(), name="prova"),
            path("<int:pk>/invia/", InviaView.as_view(), name="invia"),
            path("<int:pk>/rispedisci/", RispedisciView.as_view(), name="rispedisci"),
            path("<int:pk>/riprendi/", RiprendiView.as_view(), name="riprendi"),
        ]
