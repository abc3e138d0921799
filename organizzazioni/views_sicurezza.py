"""Where one finds one's own second factor, and a lost one is taken away."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.account import BaseSettingsPanel

from base.views import PaginaAdminMixin

from . import operazioni
from .forms import AzzeraForm
from .models import Utente
from .permissions import e_manager, puo_azzerare_secondo_fattore
from .secondo_fattore import ha_secondo_fattore


class SecondoFattorePanel(BaseSettingsPanel):
    """On one's own account page: whether there is one, and where it is kept."""

    name = "secondo_fattore"
    title = "Secondo fattore"
    order = 350
    template_name = "organizzazioni/admin/il_mio_fattore.html"
    form_class = modelform_factory(Utente, fields=[])

    def get_context_data(self):
        return {"form": self.get_form(), "c_e": ha_secondo_fattore(self.user)}


@method_decorator(login_required, name="dispatch")
class AzzeraView(PaginaAdminMixin, FormView):
    """Ask why, then take it away. For who manages nobody this page does not exist."""

    page_title = "Azzera il secondo fattore"
    header_icon = "key"
    template_name = "organizzazioni/admin/azzera.html"
    form_class = AzzeraForm

    def dispatch(self, request, *args, **kwargs):
        if not e_manager(request.user):
            raise Http404
        if not puo_azzerare_secondo_fattore(request.user, self.persona):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def persona(self):
        return get_object_or_404(Utente, pk=self.kwargs["persona"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(persona=self.persona, c_e=ha_secondo_fattore(self.persona), **kwargs)

    def form_valid(self, form):
        operazioni.azzera_secondo_fattore(self.persona, form.cleaned_data["motivo"], self.request.user)
        messages.success(self.request, f"{self.persona} ora entra con la sola password, e lo sa per posta")
        return redirect("wagtailadmin_home")
