"""The manager's screens of categories."""

from django.db import transaction
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet

from cura.registro import cura_di
from cura.segnali import chi_nomina

from .models import Categoria, ConvenzionePage


class ModificaView(EditView):
    """A name that changes changes the sheets of its conventions, outside of the request."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["chiave"].disabled = True
        return form

    def save_instance(self):
        with transaction.atomic():
            categoria = super().save_instance()
            chi_nomina(cura_di(ConvenzionePage), categoria)
        return categoria

    def get_success_message(self, instance=None):
        return f"Salvato: «{self.object}». Le convenzioni di questa categoria si aggiornano tra poco"


class CategorieViewSet(ModelViewSet):
    model = Categoria
    name = "categoria_convenzioni"
    url_prefix = "categorie-delle-convenzioni"
    menu_label = "Categorie delle convenzioni"
    menu_order = 320
    add_to_settings_menu = True
    icon = "tag"
    edit_view_class = ModificaView
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["nome"]
    list_display = ["nome", "chiave"]
