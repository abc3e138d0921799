"""The pages of conventions in the admin."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from base.formati import tabelle
from base.views import PaginaAdminMixin
from cura.permissions import puo_decidere_ritiri, segnalazioni_visibili_a, tiene_qualcosa
from cura.registro import cura_di
from programma.alimentazione import evidenze_nate_da

from . import operazioni, permissions, validita
from .cura.selettori import ritiri_da_decidere
from .esportazioni import registro_tabella
from .filtri import FiltroRegistro
from .forms import STATI, CessazioneForm, FirmaForm
from .models import Accordo, ConvenzionePage, Segnalazione
from .selettori import convenzioni_di, gia_detto


class ConvenzioniMixin(PaginaAdminMixin):
    """For who writes no convention these pages do not exist."""

    header_icon = "form"
    page_title = "Convenzioni"

    def dispatch(self, request, *args, **kwargs):
        if not tiene_qualcosa(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("convenzioni:registro"), "label": ConvenzioniMixin.page_title}]


class RegistroView(ConvenzioniMixin, View):
    """The conventions of who reads, what ends first on top."""

    template_name = "convenzioni/admin/registro.html"

    def percorso(self):
        return []

    def get(self, request):
        filtro = FiltroRegistro(request.GET, request.user)
        return self.mostra(
            form=filtro.form,
            righe=[(riga, STATI[riga.stato]) for riga in filtro.righe()],
            sezioni=cura_di(ConvenzionePage).sezioni_di(request.user),
            query=request.GET.urlencode(),
            segnalazioni=segnalazioni_visibili_a(request.user, Segnalazione).aperte().count(),
            decide=puo_decidere_ritiri(request.user),
            ritiri=ritiri_da_decidere(request.user),
        )


class EsportaView(ConvenzioniMixin, View):
    """The same rows as a file for spreadsheets."""

    scrittori = {
        "csv": (tabelle.TIPO_CSV, lambda tabella: tabelle.csv_per_excel(*tabella)),
        "xlsx": (tabelle.TIPO_XLSX, lambda tabella: tabelle.xlsx("Convenzioni", *tabella)),
    }

    def get(self, request):
        formato = request.GET.get("formato", "csv")
        if formato not in self.scrittori:
            messages.error(request, "Non posso preparare il file: riprova da qui")
            return redirect("convenzioni:registro")
        tipo, scrivi = self.scrittori[formato]
        righe = FiltroRegistro(request.GET, request.user).righe()
        risposta = HttpResponse(scrivi(registro_tabella(righe)), tipo)
        risposta["Content-Disposition"] = f'attachment; filename="convenzioni.{formato}"'
        return risposta


class UnaConvenzioneMixin(ConvenzioniMixin):
    """One convention of who reads; anyone else's is as if it did not exist."""

    template_name = "convenzioni/admin/convenzione.html"

    @cached_property
    def convenzione(self):
        return get_object_or_404(convenzioni_di(self.request.user).con_accordo(), id=self.kwargs["pk"])

    def get_page_title(self):
        return self.convenzione.title

    def pagina(self, firma=None, cessazione=None):
        oggi, convenzione = timezone.localdate(), self.convenzione
        accordo = getattr(convenzione, "accordo", None)
        firma = firma or FirmaForm(initial=gia_detto(convenzione))
        stato = validita.stato(convenzione.vigenza, oggi)
        return self.mostra(
            convenzione=convenzione,
            accordo=accordo,
            stato=stato,
            nome_stato=STATI[stato],
            scadenza=validita.scadenza(convenzione.vigenza, oggi),
            disdetta=validita.ultimo_giorno_di_disdetta(convenzione.vigenza, oggi),
            oggi=oggi,
            firma=firma,
            cessazione=cessazione or CessazioneForm(),
            da_confermare=convenzione.da_confermare_dal(oggi),
            segnalazioni=convenzione.segnalazioni.aperte().order_by("creata_il"),
            evidenze=evidenze_nate_da(convenzione),
            rinnovabile=permissions.puo_rinnovare(self.request.user, convenzione),
        )

    def torna(self):
        return redirect("convenzioni:convenzione", self.convenzione.pk)

    def get(self, request, pk):
        _ = self.convenzione
        return self.torna()

    def post(self, request, pk):
        _ = self.convenzione
        try:
            return self.fai(request)
        except PermissionDenied as rifiuto:
            messages.error(request, str(rifiuto))
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        return self.torna()


class ConvenzioneView(UnaConvenzioneMixin, View):
    http_method_names = ["get"]

    def get(self, request, pk):
        return self.pagina()


class FirmaView(UnaConvenzioneMixin, View):
    def fai(self, request):
        modulo = FirmaForm(request.POST, request.FILES)
        if not modulo.is_valid():
            messages.error(request, "Non registrata: correggi i punti segnati")
            return self.pagina(firma=modulo)
        operazioni.registra_firma(self.convenzione, request.user, **modulo.cleaned_data, accettato=modulo.accettato)
        messages.success(request, "Firma registrata")
        return self.torna()


class CessaView(UnaConvenzioneMixin, View):
    def fai(self, request):
        modulo = CessazioneForm(request.POST)
        if not modulo.is_valid():
            messages.error(request, "Non registrata: correggi i punti segnati")
            return self.pagina(cessazione=modulo)
        operazioni.cessa(self.convenzione, request.user, **modulo.cleaned_data)
        messages.success(request, "È scritto da quando non vale più")
        return self.torna()


class RinnovaView(UnaConvenzioneMixin, View):
    def fai(self, request):
        bozza = operazioni.rinnova(self.convenzione, request.user)
        messages.success(request, "Bozza pronta: controlla date e condizioni, poi invia per l'approvazione")
        return redirect("wagtailadmin_pages:edit", bozza.pk)


class AttoView(View):
    """The only door to signed acts: who may not read one gets a 404, whatever the URL."""

    def get(self, request, chiave):
        accordo = get_object_or_404(Accordo.objects.select_related("convenzione").exclude(file=""), chiave=chiave)
        if not permissions.puo_leggere_atto(request.user, accordo.convenzione):
            raise Http404
        risposta = FileResponse(
            accordo.file.open("rb"), as_attachment=True, filename=accordo.nome, content_type=accordo.tipo
        )
        risposta["Cache-Control"] = "private, no-store"
        risposta["Content-Security-Policy"] = "sandbox"
        return risposta
