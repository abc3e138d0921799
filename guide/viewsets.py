"""The manager's screens of categories and synonyms."""

from django.db import transaction
from django.urls import path
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from base.menu import VoceRiservata
from cura.models import Sinonimo
from cura.registro import cura_di
from cura.segnali import chi_nomina
from cura.views.ricerche import CercatoInvanoView
from organizzazioni.permissions import e_manager

from . import operazioni
from .models import Bisogno, Comune, FasciaEta, FaseVita, Lingua, ServizioPage
from .selettori import servizi_sotto


class AggiornaMixin:
    """The entries that name a category follow when it is written, outside of the request."""

    def save_instance(self):
        with transaction.atomic():
            categoria = super().save_instance()
            if not isinstance(categoria, Sinonimo):
                chi_nomina(cura_di(ServizioPage), categoria)
        return categoria

    def get_success_message(self, instance=None):
        detto = f"Salvato: «{instance or self.object}»"
        return detto if self.model is Sinonimo else f"{detto}. I servizi che lo nominano si aggiornano tra poco"


class NuovaView(AggiornaMixin, CreateView):
    def get_initial_form_instance(self):
        """A synonym may come with its word, from the report of what was looked for in vain."""
        parola = self.request.GET.get("parola", "")[:40]
        return Sinonimo(parola=parola) if self.model is Sinonimo and parola else None


class ModificaView(AggiornaMixin, EditView):
    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if "chiave" in form.fields:
            form.fields["chiave"].disabled = True
        return form


class EliminaView(DeleteView):
    """What is in use is not deleted: the screen says where it is, and what to do instead."""

    template_name = "guide/admin/elimina_categoria.html"

    def get_context_data(self, **kwargs):
        figli = self.object.figli.all() if isinstance(self.object, Bisogno) else []
        return super().get_context_data(servizi=servizi_sotto(self.object), figli=figli, **kwargs)

    def get_usage_url(self):
        """None: Wagtail's own count leaves out the drafts."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except operazioni.InUso:
            return self.render_to_response(self.get_context_data(form=form))

    def delete_action(self):
        with transaction.atomic():
            operazioni.libera(self.object)
            super().delete_action()


class CategorieViewSet(ModelViewSet):
    """One kind of category."""

    add_view_class = NuovaView
    edit_view_class = ModificaView
    delete_view_class = EliminaView
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["nome"]
    list_display = ["nome", "chiave"]
    list_per_page = 100
    icon = "tag"


class BisogniViewSet(CategorieViewSet):
    model = Bisogno
    menu_label = "Bisogni"
    list_display = ["nome", "padre", "chiave"]
    list_filter = ["padre"]
    ordering = ["padre__ordine", "padre__nome", "ordine", "nome"]
    icon = "help"


class MomentiViewSet(CategorieViewSet):
    model = FaseVita
    menu_label = "Momenti della vita"
    icon = "history"


class FasceViewSet(CategorieViewSet):
    model = FasciaEta
    menu_label = "Fasce d'età"
    list_display = ["nome", "intervallo"]
    icon = "group"


class ComuniViewSet(CategorieViewSet):
    model = Comune
    menu_label = "Comuni"
    icon = "site"


class LingueViewSet(CategorieViewSet):
    model = Lingua
    menu_label = "Lingue"
    icon = "globe"


class SinonimiViewSet(CategorieViewSet):
    model = Sinonimo
    menu_label = "Sinonimi"
    list_display = ["parola", "cerca_anche"]
    search_fields = ["parola", "cerca_anche"]
    icon = "search"


class CercatoInvanoViewSet(ViewSet):
    """The report of what was looked for in vain, beside the synonyms that answer it."""

    name = "cercato_invano"
    menu_label = CercatoInvanoView.page_title
    icon = CercatoInvanoView.header_icon

    def get_menu_item(self, order=None):
        return VoceRiservata(
            self.menu_label, self.menu_url, e_manager, name="cercato-invano", icon_name=self.icon, order=order
        )

    def get_urlpatterns(self):
        return [path("", CercatoInvanoView.as_view(), name="index")]


class CategorieGruppo(ModelViewSetGroup):
    menu_label = "Family Guide"
    menu_icon = "tag"
    menu_order = 115
    submenu_hook = "register_guida_menu_item"  # what is done often: negative orders come before `items`
    items = (
        CercatoInvanoViewSet,
        BisogniViewSet,
        MomentiViewSet,
        FasceViewSet,
        ComuniViewSet,
        LingueViewSet,
        SinonimiViewSet,
    )
