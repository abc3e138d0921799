"""The care of the guide in the admin: the manager's screens, and what an organisation does with its own entries."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.formati import tabelle
from base.views import PaginaAdminMixin
from cura.operazioni import CambiataNelFrattempo
from cura.permissions import tiene_qualcosa
from cura.views.ritiri import ChiediRitiroMixin, RitiriMixin, RitiroMixin, UnaVoceMixin
from cura.views.segnalazioni import CodaMixin, SegnalazioneMixin
from organizzazioni.permissions import e_manager
from organizzazioni.schermate import DelManagerMixin

from .. import operazioni
from ..models import RichiestaDiRitiro, Segnalazione, ServizioPage
from . import selettori
from .filtri import FiltroFreschezza


class SchermataMixin(PaginaAdminMixin):
    """A screen of the care of the guide."""

    header_icon = "clipboard-list"

    def percorso(self):
        if not e_manager(self.request.user):
            return []
        return [{"url": reverse("guida:freschezza"), "label": "Cura della guida"}]

    def get(self, request, *args, **kwargs):
        return self.mostra()


class FreschezzaView(DelManagerMixin, SchermataMixin, View):
    """How much of the guide is verified, by organisation, and what is due."""

    page_title = "Cura della guida"
    template_name = "guide/admin/freschezza.html"

    def percorso(self):
        return []

    def get_header_buttons(self):
        return [
            HeaderButton(
                etichetta, url=f"{reverse('guida:freschezza_esporta')}?formato={formato}", icon_name="download"
            )
            for formato, etichetta in (("xlsx", "Scarica per Excel"), ("csv", "Scarica CSV"))
        ]

    def get_context_data(self, **kwargs):
        oggi = timezone.localdate()
        totale, righe = selettori.rapporto(oggi)
        filtro = FiltroFreschezza(self.request.GET, oggi, [riga.organizzazione for riga in righe])
        return super().get_context_data(
            totale=totale,
            righe=righe,
            filtro=filtro,
            quadro=selettori.quadro(),
            **self.pagina_di(filtro.qs),
            **kwargs,
        )


class EsportaView(DelManagerMixin, View):
    """The report by organisation as a file."""

    scrittori = {
        "csv": (tabelle.TIPO_CSV, tabelle.csv_per_excel),
        "xlsx": (tabelle.TIPO_XLSX, lambda *tabella: tabelle.xlsx("Freschezza", *tabella)),
    }

    def get(self, request):
        formato = request.GET.get("formato", "csv")
        if formato not in self.scrittori:
            messages.error(request, "Non posso preparare il file in questo formato")
            return redirect("guida:freschezza")
        oggi = timezone.localdate()
        totale, righe = selettori.rapporto(oggi)
        tipo, scrivi = self.scrittori[formato]
        risposta = HttpResponse(
            scrivi(
                [
                    "organizzazione",
                    "schede",
                    "verificate",
                    "percentuale",
                    "da confermare",
                    "in pubblico «Da verificare»",
                ],
                [
                    [
                        str(riga.organizzazione or "Tutta la guida"),
                        riga.schede,
                        riga.verificate,
                        riga.percentuale,
                        riga.da_confermare,
                        riga.da_verificare,
                    ]
                    for riga in [*righe, totale]
                ],
            ),
            tipo,
        )
        risposta["Content-Disposition"] = f'attachment; filename="freschezza-{oggi.isoformat()}.{formato}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta


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
