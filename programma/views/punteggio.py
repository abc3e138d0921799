"""The V.A.M.T. score in the admin, and its export."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from base.chiavi import chiavi_in
from base.formati import tabelle
from organizzazioni.permissions import legge_tutto

from ..esportazioni import punteggio_tabella
from ..filtri import FiltroPunteggio
from ..models import Chiusura
from ..permissions import puo_leggere_punteggio
from ..selettori.chiusure import diverse
from ..selettori.punteggio import ricalcola


class PunteggioMixin:
    """Only for who reads some score; the filter holds what they may see."""

    def dispatch(self, request, *args, **kwargs):
        if not puo_leggere_punteggio(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def filtro(self):
        return FiltroPunteggio(self.request.GET, self.request.user)


class PunteggioView(PunteggioMixin, WagtailAdminTemplateMixin, TemplateView):
    """The score of a year, criterion by criterion, with what waits and what is missing."""

    template_name = "programma/admin/punteggio.html"
    page_title = "Punteggio V.A.M.T."
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        quadro = self.filtro.quadro()
        contesto = {"filtro": self.filtro, "quadro": quadro}
        if quadro:
            query = self.request.GET.copy()
            query.pop("formato", None)
            contesto["query"] = query.urlencode()
            ente = quadro.organizzazione
            contesto["del_filtro"] = f"organizzazione={ente.pk}&" if ente else ""
            contesto["compiti"] = [voce for voce in quadro.voci if voce.del_manager]
            contesto["azioni"] = [voce for voce in quadro.voci if not voce.del_manager]
            if legge_tutto(self.request.user):
                contesto["chiusure"] = quadro.programma.chiusure.select_related("chiuso_da")
            if quadro.chiusura:
                contesto["diverse"] = diverse(quadro, ricalcola(quadro.programma, quadro.al, scelte=quadro.voci))
        return super().get_context_data(**contesto, **kwargs)


class EsportaPunteggioView(PunteggioMixin, View):
    """The same rows as a file for spreadsheets; a filter that cannot be read goes back to the page, which says so."""

    scrittori = {
        "csv": (tabelle.TIPO_CSV, lambda titolo, tabella: tabelle.csv_per_excel(*tabella)),
        "xlsx": (tabelle.TIPO_XLSX, lambda titolo, tabella: tabelle.xlsx(titolo, *tabella)),
    }

    def get(self, request):
        formato = request.GET.get("formato", "csv")
        if formato == "chiusura":
            return self.chiusura(request.GET.get("chiusura", ""))
        quadro = self.filtro.quadro()
        if formato not in self.scrittori or quadro is None or self.filtro.errors:
            messages.error(request, "Non posso preparare il file: controlla i filtri e riprova")
            return redirect(f"{reverse('programma:punteggio')}?{request.GET.urlencode()}")
        tipo, scrivi = self.scrittori[formato]
        che_cosa = "punteggio-provvisorio" if self.filtro.programma.in_attesa_dell_atto else "punteggio"
        nome = f"{che_cosa}-{quadro.programma.anno}-al-{quadro.al.isoformat()}"
        titolo = f"{che_cosa.replace('-', ' ').capitalize()} {quadro.programma.anno}"
        risposta = HttpResponse(scrivi(titolo, punteggio_tabella(quadro)), tipo)
        risposta["Content-Disposition"] = f'attachment; filename="{nome}.{formato}"'
        return risposta

    def chiusura(self, chiave):
        """What was kept at a closing, byte by byte: it holds the whole score, so it is for who reads everything."""
        if not legge_tutto(self.request.user):
            raise Http404
        chiusura = get_object_or_404(Chiusura.objects.select_related("programma"), pk__in=chiavi_in([chiave]))
        risposta = HttpResponse(chiusura.contenuto, "application/json")
        nome = f"punteggio-{chiusura.programma.anno}-chiusura-{chiusura.pk}.json"
        risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
        return risposta
