"""What people write about conventions, and what is asked to be taken off, in the admin."""

from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from cura.views.freschezza import EsportaFreschezzaMixin, FreschezzaMixin
from cura.views.ritiri import ChiediRitiroMixin, RitiriMixin, RitiroMixin
from cura.views.segnalazioni import CodaMixin, SegnalazioneMixin

from .. import operazioni
from ..models import ConvenzionePage, RichiestaDiRitiro, Segnalazione
from ..views import ConvenzioniMixin, UnaConvenzioneMixin


class SegnalazioniView(CodaMixin, ConvenzioniMixin, View):
    template_name = "convenzioni/admin/segnalazioni.html"
    modello = Segnalazione


class SegnalazioneView(SegnalazioneMixin, ConvenzioniMixin, View):
    """Who keeps the convention closes what its partner corrects."""

    template_name = "convenzioni/admin/segnalazione.html"
    modello, coda = Segnalazione, "convenzioni:segnalazioni"

    def bozza_iniziale(self):
        return {"categoria": self.segnalazione.categoria_id}


class FreschezzaView(FreschezzaMixin, ConvenzioniMixin, View):
    """Which conventions their partners confirm, for the manager."""

    page_title = "Conferme dei partner"
    template_name = "convenzioni/admin/freschezza.html"
    pagine = ConvenzionePage


class EsportaFreschezzaView(EsportaFreschezzaMixin, View):
    pagine = ConvenzionePage
    nome_del_file = "conferme-dei-partner"


class ChiediView(UnaConvenzioneMixin, View):
    """Ask the partner now whether its offer is still right."""

    def fai(self, request):
        accordo = operazioni.chiedi_conferma(self.convenzione, request.user, timezone.localdate())
        messages.success(request, f"Chiesta a {accordo.a_chi_chiedere}")
        return self.torna()


class ChiediRitiroView(ChiediRitiroMixin, ConvenzioniMixin, View):
    template_name = "convenzioni/admin/chiedi_ritiro.html"
    pagine = ConvenzionePage


class RitiriView(RitiriMixin, ConvenzioniMixin, View):
    modello = RichiestaDiRitiro


class RitiroView(RitiroMixin, ConvenzioniMixin, View):
    modello = RichiestaDiRitiro
