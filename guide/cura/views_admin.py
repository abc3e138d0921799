"""The care of the guide in the admin: the manager's screens, and what an organisation does with its own entries."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from base.views import PaginaAdminMixin
from cura.operazioni import CambiataNelFrattempo
from cura.permissions import tiene_qualcosa
from cura.views.freschezza import EsportaFreschezzaMixin, FreschezzaMixin
from cura.views.ritiri import ChiediRitiroMixin, RitiriMixin, RitiroMixin, UnaVoceMixin
from cura.views.segnalazioni import CodaMixin, SegnalazioneMixin
from organizzazioni.permissions import e_manager

from .. import operazioni
from ..models import RichiestaDiRitiro, Segnalazione, ServizioPage


class SchermataMixin(PaginaAdminMixin):
    """A screen of the care of the guide."""

    header_icon = "clipboard-list"

    def percorso(self):
        if not e_manager(self.request.user):
            return []
        return [{"url": reverse("guida:freschezza"), "label": "Cura della guida"}]

    def get(self, request, *args, **kwargs):
        return self.mostra()


class FreschezzaView(FreschezzaMixin, SchermataMixin, View):
    page_title = "Cura della guida"
    template_name = "guide/admin/freschezza.html"
    pagine = ServizioPage

    def percorso(self):
        return []


class EsportaView(EsportaFreschezzaMixin, View):
    pagine = ServizioPage


class ConfermaView(UnaVoceMixin, SchermataMixin, View):
    """The entry as the public reads it: right, or to be corrected."""

    page_title = "È tutto giusto?"
    header_icon = "check"
    pagine = ServizioPage
    template_name = "guide/admin/conferma.html"

    def post(self, request, pk):
        try:
            operazioni.conferma(self.pagina_curata, request.user, letta=request.POST.get("letta", ""))
        except CambiataNelFrattempo as errore:
            messages.error(request, str(errore))
            return redirect("guida:conferma", pk)
        messages.success(request, f"Confermata: {self.pagina_curata.title}")
        return redirect("guida:freschezza" if e_manager(request.user) else "wagtailadmin_home")

    def get_context_data(self, **kwargs):
        voce = getattr(self.pagina_curata, "voce", None)
        if voce is None:
            raise Http404
        return super().get_context_data(
            pagina=self.pagina_curata, scheda=voce.scheda, manager=e_manager(self.request.user), **kwargs
        )


class ChiediView(UnaVoceMixin, SchermataMixin, View):
    """Ask its organisation now whether the entry is still right."""

    pagine = ServizioPage

    def get(self, request, pk):
        return redirect("guida:conferma", self.pagina_curata.pk)

    def post(self, request, pk):
        try:
            persone = operazioni.chiedi_conferma(self.pagina_curata, request.user, timezone.localdate())
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        else:
            messages.success(request, f"Chiesta a {', '.join(str(persona) for persona in persone)}")
        return redirect("guida:conferma", pk)


class SegnalazioniView(CodaMixin, SchermataMixin, View):
    """All of them to the managers; to who keeps entries, those about theirs."""

    template_name = "guide/admin/segnalazioni.html"
    modello = Segnalazione

    def dispatch(self, request, *args, **kwargs):
        if not tiene_qualcosa(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(manager=e_manager(self.request.user), **kwargs)


class SegnalazioneView(SegnalazioneMixin, SchermataMixin, View):
    template_name = "guide/admin/segnalazione.html"
    modello, coda = Segnalazione, "guida:segnalazioni"

    def get_page_title(self):
        return self.segnalazione.get_tipo_display()

    def get_page_subtitle(self):
        return self.segnalazione.nome


class ChiediRitiroView(ChiediRitiroMixin, SchermataMixin, View):
    template_name = "guide/admin/chiedi_ritiro.html"
    pagine = ServizioPage


class RitiriView(RitiriMixin, SchermataMixin, View):
    template_name = "guide/admin/ritiri.html"
    modello = RichiestaDiRitiro


class RitiroView(RitiroMixin, SchermataMixin, View):
    modello = RichiestaDiRitiro
