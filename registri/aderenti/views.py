"""Entries and exits in the admin: the register, a new row of it, the paper of an act."""

from datetime import date

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.views import PaginaAdminMixin
from organizzazioni.models import Organizzazione

from ..models import FileDellAtto
from ..permissions import puo_inviare_elenco
from ..riservati import consegna_file
from ..schermate import NON_SALVATO
from ..selettori import cambiati_dall_ultimo_invio
from ..views import ElencoView, LeggeMixin
from . import operazioni, selettori
from .forms import MovimentoForm


class AdesioniMixin(LeggeMixin, PaginaAdminMixin):
    header_icon = "group"
    page_title = "Iscrizioni e cancellazioni"

    def percorso(self):
        return [{"url": reverse("registri:aderenti"), "label": ElencoView.page_title}]


class RegistroView(AdesioniMixin, View):
    template_name = "registri/aderenti/registro.html"

    def get(self, request):
        gestisce = puo_inviare_elenco(request.user)
        return self.mostra(
            gestisce=gestisce,
            cambiati=cambiati_dall_ultimo_invio() if gestisce else None,
            **self.pagina_di(selettori.registro_delle_adesioni()),
        )

    def get_header_buttons(self):
        if not puo_inviare_elenco(self.request.user):
            return []
        return [HeaderButton("Registra", url=reverse("registri:registra_adesione"), icon_name="plus")]


class RegistraView(AdesioniMixin, View):
    """A new row; with the keys of a row that is there, its act."""

    permesso = staticmethod(puo_inviare_elenco)
    template_name = "registri/aderenti/registra.html"
    page_title = "Registra"

    def percorso(self):
        return [*super().percorso(), {"url": reverse("registri:adesioni"), "label": AdesioniMixin.page_title}]

    def get(self, request, pk=None, cosa="adesione", verso="inizio", giorno=""):
        iniziali = {"cosa": cosa, "verso": verso, "giorno": timezone.localdate()}
        if pk is not None:
            iniziali["organizzazione"] = get_object_or_404(Organizzazione, pk=pk)
            iniziali["giorno"] = _letto(giorno)
        return self.mostra(modulo=MovimentoForm(initial=iniziali))

    def post(self, request, **chiavi):
        modulo = MovimentoForm(request.POST, request.FILES)
        if modulo.is_valid():
            try:
                fatto = operazioni.registra_movimento(utente=request.user, **modulo.cleaned_data)
            except ValidationError as errore:
                modulo.add_error(None, errore)
            else:
                messages.success(request, f"Registrato: {fatto.organizzazione}. Vale negli elenchi da adesso")
                return redirect("registri:adesioni")
        messages.error(request, NON_SALVATO)
        return self.mostra(status=422, modulo=modulo)


def _letto(giorno):
    try:
        return date.fromisoformat(giorno)
    except ValueError:
        return None


class FileView(LeggeMixin, View):
    """The paper of an act, for who reads the list of members."""

    def get(self, request, chiave):
        return consegna_file(get_object_or_404(FileDellAtto, chiave=chiave.replace("\0", "")))
