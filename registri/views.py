"""The list of members in the admin: read at any date, taken as a file, sent."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.stampa import StampaNonDisponibile
from base.views import PaginaAdminMixin

from . import operazioni, permissions
from .esportazioni import FORMATI, TIPI, nome_del_file
from .forms import GiornoForm, InvioForm
from .models import InvioElenco
from .selettori import cambiati_dall_ultimo_invio, elenco_al

INVII_MOSTRATI = 30


class LeggeMixin:
    """For who reads everything; without a day that can be read, the list of today."""

    permesso = staticmethod(permissions.puo_leggere_elenco)

    def dispatch(self, request, *args, **kwargs):
        if not self.permesso(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def modulo(self):
        return GiornoForm({"al": self.request.GET.get("al") or timezone.localdate().isoformat()})

    @cached_property
    def giorno(self):
        return self.modulo.cleaned_data["al"] if self.modulo.is_valid() else timezone.localdate()


class ElencoView(LeggeMixin, PaginaAdminMixin, View):
    template_name = "registri/admin/aderenti.html"
    page_title = "Aderenti"
    header_icon = "group"

    def get(self, request):
        return self.mostra(
            modulo=self.modulo,
            giorno=self.giorno,
            elenco=elenco_al(self.giorno),
            invii=InvioElenco.objects.select_related("inviato_da")[:INVII_MOSTRATI],
            formati=list(FORMATI),
            puo_inviare=permissions.puo_inviare_elenco(request.user),
        )

    def get_header_buttons(self):
        indirizzo = reverse("registri:esporta_aderenti")
        return [
            HeaderButton(
                f"Scarica {formato.upper()}",
                url=f"{indirizzo}?al={self.giorno.isoformat()}&formato={formato}",
                icon_name="download",
            )
            for formato in FORMATI
        ]


class EsportaView(LeggeMixin, View):
    def get(self, request):
        formato = request.GET.get("formato", "csv")
        if formato not in FORMATI or not self.modulo.is_valid():
            messages.error(request, "Non posso preparare il file: controlla la data e riprova")
            return redirect("registri:aderenti")
        try:
            contenuto = FORMATI[formato](elenco_al(self.giorno), self.giorno)
        except StampaNonDisponibile as errore:
            messages.error(request, str(errore))
            return redirect("registri:aderenti")
        risposta = HttpResponse(contenuto, TIPI[formato])
        risposta["Content-Disposition"] = f'attachment; filename="{nome_del_file(self.giorno, formato)}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta


class InviatoView(LeggeMixin, View):
    """A file as it was sent."""

    def get(self, request, pk, formato):
        if formato not in FORMATI:
            raise Http404
        invio = get_object_or_404(InvioElenco, pk=pk)
        nome = nome_del_file(invio.al, formato)
        risposta = FileResponse(
            getattr(invio, formato).open("rb"), as_attachment=True, filename=nome, content_type=TIPI[formato]
        )
        risposta["Cache-Control"] = "private, no-store"
        return risposta


class InviaView(LeggeMixin, PaginaAdminMixin, View):
    """What goes out, to whom and what changed since the last time; then it goes."""

    permesso = staticmethod(permissions.puo_inviare_elenco)
    template_name = "registri/admin/invia_aderenti.html"
    page_title = "Invia l'elenco degli aderenti"
    header_icon = "mail"

    def percorso(self):
        return [{"url": reverse("registri:aderenti"), "label": ElencoView.page_title}]

    def get(self, request):
        iniziali = {"al": self.giorno, "destinatari": InvioForm.della_agenzia()}
        return self.chiedi(InvioForm(initial=iniziali))

    def chiedi(self, modulo, status=200):
        elenco = elenco_al(self.giorno)
        return self.mostra(
            status, form=modulo, elenco=elenco, giorno=self.giorno, cambiati=cambiati_dall_ultimo_invio()
        )

    def post(self, request):
        modulo = InvioForm(request.POST)
        if modulo.is_valid():
            dati = modulo.cleaned_data
            try:
                invio = operazioni.invia_elenco(dati["al"], dati["destinatari"], request.user, dati["nota"])
            except ValidationError as errore:
                modulo.add_error(None, errore)
            except StampaNonDisponibile as errore:
                modulo.add_error(None, str(errore))
            else:
                messages.success(request, f"{invio}: inviato, e conservato com'è partito")
                return redirect("registri:aderenti")
        return self.chiedi(modulo, 422)
