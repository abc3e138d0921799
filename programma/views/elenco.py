"""The register of evidence, and its export: the same list, as filtered."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.widgets.button import HeaderButton

from base.formati import tabelle
from base.views import PaginaAdminMixin

from .. import permissions
from ..esportazioni import evidenze_tabella
from ..filtri import FiltroEvidenze

PER_PAGINA = 30


class RegistroMixin:
    """For who reads some evidence; the filter holds what they may see."""

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_leggere_registro(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def filtro(self):
        return FiltroEvidenze(self.request.GET, self.request.user)


class RegistroView(RegistroMixin, PaginaAdminMixin, View):
    """All the evidence that the person may read."""

    template_name = "programma/admin/registro.html"
    page_title = "Evidenze"
    header_icon = "list-ul"

    def get(self, request):
        return self.mostra()

    def get_header_buttons(self):
        query = self.request.GET.copy()
        query.pop("p", None)
        pulsanti = []
        for formato, etichetta in (("xlsx", "Scarica per Excel"), ("csv", "Scarica CSV")):
            query["formato"] = formato
            url = f"{reverse('programma:evidenze_esporta')}?{query.urlencode()}"
            pulsanti.append(HeaderButton(etichetta, url=url, icon_name="download"))
        return pulsanti

    def get_context_data(self, **kwargs):
        paginatore = WagtailPaginator(self.filtro.qs.per_elenco(), PER_PAGINA)
        pagina = paginatore.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            filtro=self.filtro,
            page_obj=pagina,
            elided_page_range=paginatore.get_elided_page_range(pagina.number),
            puo_scrivere=permissions.puo_scrivere_per(self.request.user).exists(),
            **kwargs,
        )


class EsportaView(RegistroMixin, View):
    """The filtered list as a file; a filter that cannot be read goes back to the list, which says so."""

    scrittori = {
        "csv": (tabelle.TIPO_CSV, lambda tabella: tabelle.csv_per_excel(*tabella)),
        "xlsx": (tabelle.TIPO_XLSX, lambda tabella: tabelle.xlsx("Evidenze", *tabella)),
    }

    def get(self, request):
        formato = request.GET.get("formato", "csv")
        evidenze = self.filtro.qs
        if formato not in self.scrittori or self.filtro.errors:
            messages.error(request, "Non posso preparare il file: controlla i filtri e riprova")
            return redirect(f"{reverse('programma:evidenze')}?{request.GET.urlencode()}")
        tipo, scrivi = self.scrittori[formato]
        risposta = HttpResponse(scrivi(evidenze_tabella(evidenze.per_esportazione())), tipo)
        nome = f"evidenze-{timezone.localdate().isoformat()}.{formato}"
        risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta
