"""Handing a role over: to who comes next, or to who stands in for a while, without a superuser."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from base.views import PaginaAdminMixin

from . import operazioni
from .consegne import pendenze_di
from .forms import ConsegneForm, DelegaForm
from .models import Incarico, Utente
from .permissions import puo_terminare, ruolo_che_passa, ruolo_di

SPAZIO = "consegne"
MODULI = {"passaggio": ConsegneForm, "delega": DelegaForm}


class DelRuoloMixin(PaginaAdminMixin):
    """For who holds a role; for anybody else these pages do not exist."""

    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated or self.ruolo is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def ruolo(self):
        return ruolo_di(self.request.user)


class ConsegneView(DelRuoloMixin, View):
    """Who holds one's role and until when, what is open, and the two ways to hand it over."""

    page_title = "Passaggio di consegne"
    template_name = "organizzazioni/admin/consegne.html"

    def get(self, request):
        incarichi = Incarico.objects.filter(gruppo=self.ruolo, finito_il=None).select_related("persona", "gruppo")
        con_data = {incarico.persona_id for incarico in incarichi}
        stabili = Utente.objects.filter(groups=self.ruolo, is_active=True).exclude(pk__in=con_data)
        return self.mostra(
            ruolo=self.ruolo,
            incarichi=[(incarico, puo_terminare(request.user, incarico)) for incarico in incarichi],
            stabili=stabili.order_by("last_name", "pk"),
            pendenze=pendenze_di(request.user),
            passa=ruolo_che_passa(request.user) is not None,
            oggi=timezone.localdate(),
        )


class PassaView(DelRuoloMixin, View):
    """Invite who comes next, or who stands in."""

    template_name = "organizzazioni/admin/passa.html"
    titoli = {"passaggio": "Invita chi ti segue", "delega": "Nomina chi ti sostituisce"}

    def get_page_title(self):
        return self.titoli[self.kwargs["tipo"]]

    def percorso(self):
        return [{"url": reverse(f"{SPAZIO}:consegne"), "label": ConsegneView.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if kwargs["tipo"] not in MODULI or ruolo_che_passa(request.user) is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, tipo):
        return self.mostra(ruolo=self.ruolo, tipo=tipo, form=MODULI[tipo](initial={"dal": timezone.localdate()}))

    def post(self, request, tipo):
        form = MODULI[tipo](request.POST)
        if form.is_valid():
            try:
                persona = operazioni.passa_le_consegne(request.user, delega=tipo == "delega", **form.cleaned_data)
            except ValidationError as errore:
                form.add_error(None, errore)
            else:
                messages.success(request, f"Invito spedito a {persona} ({persona.email})")
                return redirect(f"{SPAZIO}:consegne")
        messages.error(request, "Non spedito: correggi i punti segnati")
        return self.mostra(ruolo=self.ruolo, tipo=tipo, form=form)


class TerminaView(DelRuoloMixin, View):
    """End a charge; only by POST."""

    http_method_names = ["post"]

    def post(self, request, pk):
        incarico = get_object_or_404(Incarico, id=pk, gruppo=self.ruolo)
        try:
            operazioni.termina_incarico(incarico, request.user)
        except (PermissionDenied, ValidationError) as errore:
            messages.error(request, errore.messages[0] if isinstance(errore, ValidationError) else str(errore))
        else:
            messages.success(request, f"L'incarico di {incarico.persona} è terminato")
        return redirect("wagtailadmin_home" if incarico.persona == request.user else f"{SPAZIO}:consegne")


urlpatterns = [
    path("", ConsegneView.as_view(), name="consegne"),
    path("<int:pk>/termina/", TerminaView.as_view(), name="termina"),
    path("<slug:tipo>/", PassaView.as_view(), name="passa"),
]
