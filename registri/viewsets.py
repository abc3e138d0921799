"""The manager's screens of the kinds of meeting and of project, and of the questions on the yearly measures."""

from django.db.models import ProtectedError
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Quesito, TipoProgetto, TipoRiunione


class EliminaView(DeleteView):
    """A kind that something has is not deleted."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, f"«{self.object}» è il tipo di qualche riga del registro: non si elimina")
            return redirect(self.index_url_name)


class TipiViewSet(ModelViewSet):
    """What every kind's screens have in common."""

    add_to_settings_menu = True
    icon = "tag"
    delete_view_class = EliminaView
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["nome"]


class TipiDiRiunioneViewSet(TipiViewSet):
    model = TipoRiunione
    name = "tipo_riunione"
    url_prefix = "tipi-di-riunione"
    menu_label = "Tipi di riunione"
    menu_order = 330
    list_display = ["nome", "chiave", "ogni_mesi"]


class TipiDiProgettoViewSet(TipiViewSet):
    model = TipoProgetto
    name = "tipo_progetto"
    url_prefix = "tipi-di-progetto"
    menu_label = "Tipi di progetto"
    menu_order = 331
    list_display = ["nome", "chiave"]


class QuesitiViewSet(TipiViewSet):
    """A collection that is open keeps the questions that it began with, whatever is done here."""

    model = Quesito
    name = "quesito"
    url_prefix = "domande-sulle-misure"
    icon = "help"
    menu_label = "Domande sulle misure"
    menu_order = 332
    search_fields = ["testo"]
    list_display = ["testo", "sezione", "genere", "si_chiede"]
    ordering = ["ordine", "pk"]
