"""What people write about conventions, in the admin: the queue, and one message."""

from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from base.viste_segnalazioni import CodaMixin, SegnalazioneMixin

from .. import operazioni
from ..permissions import puo_gestire_segnalazione, puo_leggere_chi_scrive, segnalazioni_visibili_a
from ..views import ConvenzioniMixin, UnaConvenzioneMixin
from .forms import BozzaForm


class SegnalazioniView(CodaMixin, ConvenzioniMixin, View):
    template_name = "convenzioni/admin/segnalazioni.html"

    def visibili(self):
        return segnalazioni_visibili_a(self.request.user).select_related("convenzione", "presa_da")


class SegnalazioneView(SegnalazioneMixin, ConvenzioniMixin, View):
    """One message. Whose convention it is reads what is said, never who wrote it, and closes its partner's own."""

    template_name = "convenzioni/admin/segnalazione.html"
    operazioni, bozza_form, coda = operazioni, BozzaForm, "convenzioni:segnalazioni"
    cosa = "convenzione"

    def visibili(self):
        return segnalazioni_visibili_a(self.request.user).select_related("convenzione", "bozza", "presa_da")

    def gestisce(self):
        return puo_gestire_segnalazione(self.request.user, self.segnalazione)

    def get_page_title(self):
        return self.segnalazione.nome

    def bozza_iniziale(self):
        return {"categoria": self.segnalazione.categoria_id}

    def get_context_data(self, **kwargs):
        return super().get_context_data(legge_chi_scrive=puo_leggere_chi_scrive(self.request.user), **kwargs)


class ChiediView(UnaConvenzioneMixin, View):
    """Ask the partner now whether its offer is still right."""

    def fai(self, request):
        accordo = operazioni.chiedi_conferma(self.convenzione, request.user, timezone.localdate())
        messages.success(request, f"Chiesta a {accordo.a_chi_chiedere}")
        return self.torna()
