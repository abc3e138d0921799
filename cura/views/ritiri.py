"""Entries taken off, in the admin: asked by who keeps one, decided by the manager, put back from the archive."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages

from base.views import PaginaAdminMixin

from .. import operazioni
from ..forms import ChiediRitiroForm, RifiutaRitiroForm
from ..models import RichiestaDiRitiroAstratta
from ..permissions import puo_decidere_ritiri, puo_tenere
from ..registro import cura_di


class UnaVoceMixin(PaginaAdminMixin):
    """A published entry that the person answers for, or 404. The app says which `pagine`."""

    pagine: type

    @cached_property
    def pagina_curata(self) -> Any:
        pagina = get_object_or_404(self.pagine.objects.live().filter(alias_of=None), pk=self.kwargs["pk"])
        if not puo_tenere(self.request.user, pagina):
            raise Http404
        return pagina

    @property
    def cura(self):
        return cura_di(self.pagine)

    def get_page_subtitle(self):
        return self.pagina_curata.title

    def get(self, request, pk):
        return self.mostra()


class ChiediRitiroMixin(UnaVoceMixin):
    """An organisation asks to take its entry off."""

    header_icon = "bin"

    def get_page_title(self):
        return f"Togli {self.cura.tolta_da}"

    def post(self, request, pk):
        form = ChiediRitiroForm(request.POST)
        if not form.is_valid():
            return self.mostra(form=form)
        try:
            operazioni.chiedi_ritiro(self.pagina_curata, request.user, form.cleaned_data["motivo"])
        except operazioni.PassaggioImpossibile as errore:
            messages.error(request, str(errore))
        else:
            messages.success(request, "Richiesta inviata: il manager territoriale decide e ti avvisa per e-mail")
        return redirect("wagtailadmin_home")

    def get_context_data(self, **kwargs):
        pagina = self.pagina_curata
        aperta = pagina.ritiri.aperte().first()
        dati = {"cura": self.cura, "pagina": pagina, "aperta": aperta, "form": ChiediRitiroForm(), **kwargs}
        return super().get_context_data(**dati)


class RichiesteMixin(PaginaAdminMixin):
    """The requests of a kind, for who decides them; the app says which `modello`."""

    header_icon = "bin"
    modello: type[RichiestaDiRitiroAstratta]

    def dispatch(self, request, *args, **kwargs):
        if not puo_decidere_ritiri(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def cura(self):
        return cura_di(self.modello._meta.get_field(self.modello.legame).related_model)

    @property
    def elenco(self):
        """The name of the address of the list."""
        return f"{self.cura.urls_admin}:ritiri"

    def richieste(self):
        return self.modello.objects.select_related(self.modello.legame, "chiesta_da", "decisa_da")


class RitiriMixin(RichiesteMixin):
    """What is asked to be taken off, and the archive of what was."""

    page_title = "Ritiri e archivio"
    template_name = "cura/admin/ritiri.html"

    def get(self, request):
        return self.mostra()

    def get_context_data(self, **kwargs):
        archivio = self.richieste().archivio().order_by("-decisa_il", "-pk")
        return super().get_context_data(
            cura=self.cura,
            elenco=self.elenco,
            aperte=self.richieste().aperte(),
            **self.pagina_di(archivio),
            **kwargs,
        )


class RitiroMixin(RichiesteMixin):
    """One request: confirmed, or refused with a reason; or a withdrawn entry put back."""

    page_title = "Richiesta di ritiro"
    template_name = "cura/admin/ritiro.html"

    @cached_property
    def richiesta(self):
        return get_object_or_404(self.richieste(), pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return self.richiesta.nome

    def percorso(self):
        return [*super().percorso(), {"url": reverse(self.elenco), "label": RitiriMixin.page_title}]

    def get(self, request, pk):
        return self.mostra()

    def post(self, request, pk):
        azione, richiesta = request.POST.get("azione"), self.richiesta
        try:
            if azione == "conferma":
                operazioni.conferma_ritiro(richiesta, request.user)
                messages.success(request, f"Ritirata: {richiesta}. Resta in archivio")
            elif azione == "rifiuta":
                rifiuto = RifiutaRitiroForm(request.POST)
                if not rifiuto.is_valid():
                    return self.mostra(rifiuto=rifiuto)
                operazioni.rifiuta_ritiro(richiesta, request.user, rifiuto.cleaned_data["motivo"])
                messages.success(request, f"Resta {self.cura.resta_in}: {richiesta}")
            elif azione == "ripristina":
                operazioni.ripristina(richiesta, request.user)
                messages.success(request, f"Di nuovo {self.cura.resta_in}: {richiesta}")
        except operazioni.PassaggioImpossibile as errore:
            messages.error(request, str(errore))
        return redirect(self.elenco)

    def get_context_data(self, **kwargs):
        dati = {"cura": self.cura, "richiesta": self.richiesta, "rifiuto": RifiutaRitiroForm(), **kwargs}
        return super().get_context_data(**dati)
