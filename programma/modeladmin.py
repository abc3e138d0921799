"""The log of decisions: a register that managers read and nobody writes.

The package gives lists, filters and search; every other door it would open is closed here, not only hidden.
"""

from django.contrib.admin import AdminSite, ChoicesFieldListFilter
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import Permission
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from wagtail.admin import messages
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from .models import Passaggio
from .permissions import puo_leggere_decisioni


class SolaLettura(PermissionHelper):
    """Refuses by default: whatever the package asks, and may ask one day, is no. Those who may list, list."""

    def user_has_specific_permission(self, user, perm_codename):
        return False

    def user_has_any_permissions(self, user):
        return puo_leggere_decisioni(user)


class ElencoDecisioni(IndexView):
    """The package's list, without its export, and total: a filter that cannot be read shows the whole list."""

    FORMATS = ()

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except (IncorrectLookupParameters, DisallowedModelAdminLookup):
            messages.warning(request, "Questo filtro non si può usare: ecco tutte le decisioni")
            return redirect(self.index_url)

    def get_filters(self, request):
        """The package would filter by any path through the models, passwords included: only ours are left."""
        filtri, ci_sono, altri, distinte = super().get_filters(request)
        if altri:
            raise DisallowedModelAdminLookup
        return filtri, ci_sono, altri, distinte


class PerDecisione(ChoicesFieldListFilter):
    """By the state that a passage leads to, under a name that reads well."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "decisione"


class RegistroDecisioni(ModelAdmin):
    """Every passage of every evidence: who, when, from, to, why."""

    model = Passaggio
    base_url_path = "registro-decisioni"
    permission_helper_class = SolaLettura
    index_view_class = ElencoDecisioni
    history_view_enabled = False
    add_to_admin_menu = False
    menu_icon = "history"
    list_display = ("istante", "evidenza_letta", "organizzazione", "da_a", "autore", "motivo")
    index_view_extra_css = ["css/gestione.css"]
    list_filter = (("a", PerDecisione), "evidenza__organizzazione", "evidenza__programma", "chi")
    list_select_related = ("evidenza__organizzazione", "chi")
    list_per_page = 50
    search_fields = ("evidenza__titolo", "motivo")
    ordering = ("-quando", "-pk")

    def __init__(self, parent=None):
        super().__init__(parent)
        self.admin_site = AdminSite()  # filters ask it for an order; Django's default one needs its admin installed

    def istante(self, passaggio):
        return date_format(timezone.localtime(passaggio.quando), "d/m/Y H:i")

    istante.short_description, istante.admin_order_field = "quando", "quando"

    def evidenza_letta(self, passaggio):
        return format_html('<a href="{}">{}</a>', passaggio.evidenza.get_absolute_url(), passaggio.evidenza)

    evidenza_letta.short_description, evidenza_letta.admin_order_field = "evidenza", "evidenza__titolo"

    def organizzazione(self, passaggio):
        return passaggio.evidenza.organizzazione

    def da_a(self, passaggio):
        return f"{passaggio.get_da_display()} → {passaggio.get_a_display()}"

    da_a.short_description, da_a.admin_order_field = "passaggio", "a"

    def autore(self, passaggio):
        return passaggio.chi or "il portale"

    autore.short_description, autore.admin_order_field = "chi", "chi"

    def get_admin_urls_for_registration(self):
        """The list alone: the others would answer with a refusal, so they are not there at all."""
        return super().get_admin_urls_for_registration()[:1]

    def get_permissions_for_registration(self):
        """Nothing to tick in the groups' form: no permission on this model opens anything."""
        return Permission.objects.none()

    def register_admin_url_finders(self):
        """No edit address to be found."""

    def register_indexing(self):
        """Nothing refers to a passage, and it refers to one evidence only."""
