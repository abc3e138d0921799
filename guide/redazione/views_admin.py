"""The care of the guide in the admin: the manager's screens, and what an organisation does with its own entries."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.formati import tabelle
from base.views import PaginaAdminMixin
from cura.operazioni import (
    CambiataNelFrattempo,
    PassaggioImpossibile,
    chiedi_ritiro,
    conferma_ritiro,
    rifiuta_ritiro,
    ripristina,
)
from cura.permissions import puo_tenere
from cura.views.segnalazioni import CodaMixin, SegnalazioneMixin
from organizzazioni.forms import SezioneForm
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager

from .. import operazioni
from ..models import RichiestaDiRitiro, Segnalazione, ServizioPage
from . import selettori
from .forms import RifiutoForm, RitiroForm


class DelManagerMixin:
    """Refuses everyone but managers."""

    def dispatch(self, request, *args, **kwargs):
        if not e_manager(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


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
    """How much of the guide is verified, by organisation, and what is due. `?organizzazione=` is a key."""

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
        chiave = self.request.GET.get("organizzazione", "")
        scelta = next((riga.organizzazione for riga in righe if riga.organizzazione.chiave == chiave), None)
        una = Organizzazione.objects.filter(pk=scelta.pk) if scelta else None
        return super().get_context_data(
            totale=totale,
            righe=righe,
            scelta=scelta,
            quadro=selettori.quadro(),
            **self.pagina_di(selettori.da_confermare(oggi, una)),
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


class UnaSchedaMixin(SchermataMixin):
    """A published entry that the person answers for; 404 as for one that does not exist."""

    header_icon = "check"

    @cached_property
    def servizio(self):
        servizio = get_object_or_404(ServizioPage.objects.live().filter(alias_of=None), pk=self.kwargs["pk"])
        if not puo_tenere(self.request.user, servizio):
            raise Http404
        return servizio

    def get_page_subtitle(self):
        return self.servizio.title


class ConfermaView(UnaSchedaMixin, View):
    """The entry as the public reads it: right, or to be corrected."""

    page_title = "È tutto giusto?"
    template_name = "guide/admin/conferma.html"

    def post(self, request, pk):
        try:
            operazioni.conferma(self.servizio, request.user, letta=request.POST.get("letta", ""))
        except CambiataNelFrattempo as errore:
            messages.error(request, str(errore))
            return redirect("guida:conferma", pk)
        messages.success(request, f"Confermata: {self.servizio.title}")
        return redirect("guida:freschezza" if e_manager(request.user) else "wagtailadmin_home")

    def get_context_data(self, **kwargs):
        voce = getattr(self.servizio, "voce", None)
        if voce is None:
            raise Http404
        return super().get_context_data(servizio=self.servizio, scheda=voce.scheda, **kwargs)


class SegnalazioniView(DelManagerMixin, CodaMixin, SchermataMixin, View):
    template_name = "guide/admin/segnalazioni.html"
    modello = Segnalazione


class SegnalazioneView(SegnalazioneMixin, SchermataMixin, View):
    template_name = "guide/admin/segnalazione.html"
    modello, bozza_form, coda = Segnalazione, SezioneForm, "guida:segnalazioni"

    def get_page_title(self):
        return self.segnalazione.get_tipo_display()

    def get_page_subtitle(self):
        return self.segnalazione.nome


class RitiraView(UnaSchedaMixin, View):
    """An organisation asks to take its entry off the guide."""

    page_title = "Togli dalla guida"
    header_icon = "bin"
    template_name = "guide/admin/ritira.html"

    def post(self, request, pk):
        form = RitiroForm(request.POST)
        if not form.is_valid():
            return self.mostra(form=form)
        try:
            chiedi_ritiro(self.servizio, request.user, form.cleaned_data["motivo"])
        except PassaggioImpossibile as errore:
            messages.error(request, str(errore))
        else:
            messages.success(request, "Richiesta inviata: il manager territoriale decide e ti avvisa per e-mail")
        return redirect("wagtailadmin_home")

    def get_context_data(self, **kwargs):
        aperta = self.servizio.ritiri.aperte().first()
        return super().get_context_data(
            **{
                "servizio": self.servizio,
                "aperta": aperta,
                "form": RitiroForm(),
                **kwargs,
            }
        )


class RitiriView(DelManagerMixin, SchermataMixin, View):
    """What is asked to be taken off, and the archive of what was."""

    page_title = "Ritiri e archivio"
    header_icon = "bin"
    template_name = "guide/admin/ritiri.html"

    def get_context_data(self, **kwargs):
        richieste = RichiestaDiRitiro.objects.select_related("servizio", "chiesta_da", "decisa_da")
        return super().get_context_data(
            aperte=richieste.aperte(), **self.pagina_di(richieste.archivio().order_by("-decisa_il")), **kwargs
        )


class RitiroView(DelManagerMixin, SchermataMixin, View):
    """One request: confirmed, or refused with a reason; or a withdrawn entry put back."""

    page_title = "Richiesta di ritiro"
    header_icon = "bin"
    template_name = "guide/admin/ritiro.html"

    @cached_property
    def richiesta(self):
        return get_object_or_404(
            RichiestaDiRitiro.objects.select_related("servizio", "chiesta_da", "decisa_da"), pk=self.kwargs["pk"]
        )

    def get_page_subtitle(self):
        return self.richiesta.nome

    def percorso(self):
        return [*super().percorso(), {"url": reverse("guida:ritiri"), "label": "Ritiri e archivio"}]

    def post(self, request, pk):
        azione, rifiuto = request.POST.get("azione"), RifiutoForm(request.POST)
        try:
            if azione == "conferma":
                conferma_ritiro(self.richiesta, request.user)
                messages.success(request, f"Ritirata: {self.richiesta}. Resta in archivio")
            elif azione == "rifiuta":
                if not rifiuto.is_valid():
                    return self.mostra(rifiuto=rifiuto)
                rifiuta_ritiro(self.richiesta, request.user, rifiuto.cleaned_data["motivo"])
                messages.success(request, f"Resta nella guida: {self.richiesta}")
            elif azione == "ripristina":
                ripristina(self.richiesta, request.user)
                messages.success(request, f"Di nuovo nella guida: {self.richiesta}")
        except PassaggioImpossibile as errore:
            messages.error(request, str(errore))
        return redirect("guida:ritiri")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"richiesta": self.richiesta, "rifiuto": RifiutoForm(), **kwargs})
