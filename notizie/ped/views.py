"""The editorial plan in the admin. Everything works without JavaScript; with it, pieces are dragged to another day."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from base.formati import tabelle
from base.stampa import StampaNonDisponibile
from base.tempo import giorno_in_parole
from base.views import PaginaAdminMixin
from organizzazioni.models import Distretto
from programma import alimentazione

from ..models import PezzoProgrammato
from ..newsletter.permissions import puo_gestire_newsletter
from . import esportazioni, operazioni, permissions, selettori
from .filtri import FiltroPed
from .forms import PezzoForm, RegistraForm, SpostaForm

PER_PAGINA = 50


class PedMixin(PaginaAdminMixin):
    """For who plans nothing these pages do not exist."""

    header_icon = "calendar-alt"
    page_title = "Piano editoriale"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_pianificare(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("ped:mese"), "label": PedMixin.page_title}]

    def calendario(self, filtro, periodo, **contesto):
        """What month and list share; `periodo` is the parameter, and its value, of what is shown."""
        query = self.request.GET.copy()
        query.pop("p", None)
        senza_mese = query.copy()
        senza_mese.pop("mese", None)
        da_scaricare = senza_mese.copy()
        da_scaricare[periodo[0]] = periodo[1]
        return self.mostra(
            filtro=filtro,
            oggi=timezone.localdate(),
            query=query.urlencode(),
            query_filtri=senza_mese.urlencode(),
            da_scaricare=da_scaricare.urlencode(),
            anni_del_piano=selettori.anni_del_piano(self.request.user),
            **contesto,
        )


class MeseView(PedMixin, View):
    """A month, as a table."""

    template_name = "notizie/ped/mese.html"

    def percorso(self):
        return []

    def get(self, request):
        filtro = FiltroPed(request.GET, request.user)
        mese = filtro.mese_scelto
        voci = filtro.voci((mese.primo, mese.ultimo))
        return self.calendario(
            filtro,
            ("mese", mese.chiave),
            mese=mese,
            settimane=mese.settimane(voci),
            quante=len(voci),
            torna=request.get_full_path(),
            newsletter=puo_gestire_newsletter(request.user),
            pieni=[] if voci else selettori.mesi_pieni(request.user, mese, filtro.oltre_al_periodo),
        )


class ElencoView(PedMixin, View):
    """A year, as a list."""

    template_name = "notizie/ped/elenco.html"

    def percorso(self):
        return []

    def get(self, request):
        filtro = FiltroPed(request.GET, request.user)
        voci = filtro.voci(filtro.anno_intero)
        oggi = timezone.localdate()
        pagina = Paginator(voci, PER_PAGINA).get_page(request.GET.get("p"))
        return self.calendario(
            filtro,
            ("anno", filtro.anno_scelto),
            righe=[(voce, voce.in_ritardo(oggi)) for voce in pagina],
            pagina=pagina,
            torna=request.get_full_path(),
        )


class EsportaView(PedMixin, View):
    """What the calendar or the list shows, as a file; the PDF has the plan of the year too."""

    def get(self, request):
        filtro = FiltroPed(request.GET, request.user)
        voci = filtro.voci(filtro.periodo)
        mese = filtro.mese_chiesto
        quando = str(mese) if mese else str(filtro.anno_scelto)
        titolo, nome = f"Piano editoriale, {quando}", f"piano-editoriale-{mese.chiave if mese else quando}"
        scrittori = {
            "csv": (tabelle.TIPO_CSV, lambda: tabelle.csv_per_excel(*esportazioni.tabella(voci))),
            "xlsx": (tabelle.TIPO_XLSX, lambda: tabelle.xlsx("Piano editoriale", *esportazioni.tabella(voci))),
            "ics": (
                "text/calendar; charset=utf-8",
                lambda: esportazioni.calendario(titolo, voci, request.build_absolute_uri, settings.WAGTAIL_SITE_NAME),
            ),
            "pdf": ("application/pdf", lambda: self.pdf(filtro, voci, titolo)),
        }
        formato = request.GET.get("formato", "")
        if formato not in scrittori:
            messages.error(request, "Non posso preparare il file: riprova da qui")
            return redirect("ped:elenco")
        tipo, scrivi = scrittori[formato]
        try:
            risposta = HttpResponse(scrivi(), tipo)
        except StampaNonDisponibile as errore:
            messages.error(request, str(errore))
            return redirect("ped:elenco")
        risposta["Content-Disposition"] = f'attachment; filename="{nome}.{formato}"'
        return risposta

    def pdf(self, filtro, voci, titolo):
        anno = filtro.mese_scelto.anno if filtro.mese_chiesto else filtro.anno_scelto
        piano = selettori.piano_dell_anno(anno)
        if piano and not (piano.pk and permissions.puo_leggere_piano(self.request.user, piano)):
            piano = None
        return esportazioni.stampa(piano, voci, titolo, Distretto.for_request(self.request))


class NuovoView(PedMixin, View):
    """Plan a piece; `?giorno=` is the day from which one came."""

    template_name = "notizie/ped/modulo.html"
    page_title = "Pianifica un pezzo"

    def get(self, request):
        giorno = SpostaForm(request.GET)
        inizio = giorno.cleaned_data["giorno"] if giorno.is_valid() else timezone.localdate()
        return self.mostra(modulo=PezzoForm(request.user, initial={"data": inizio, "responsabile": request.user}))

    def post(self, request):
        modulo = PezzoForm(request.user, request.POST)
        if pezzo := _salva(modulo, request):
            messages.success(request, "Pianificato")
            _avvisa_del_giorno(request, pezzo)
            return redirect("ped:pezzo", pezzo.pk)
        return self.mostra(modulo=modulo)


class UnPezzoMixin(PedMixin):
    """One piece of who looks; anyone else's is as if it did not exist."""

    @cached_property
    def pezzo(self):
        pezzi = PezzoProgrammato.objects.visibili_a(self.request.user).per_lettura()
        return get_object_or_404(pezzi.select_related("registrato_da", "criterio__programma"), pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if permissions.puo_pianificare(request.user):
            _ = self.pezzo
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.pezzo.titolo

    def get(self, request, pk):
        return redirect("ped:pezzo", pk)

    def post(self, request, pk):
        try:
            return self.fai(request)
        except PezzoProgrammato.DoesNotExist as errore:  # someone deleted it meanwhile
            raise Http404 from errore
        except PermissionDenied as rifiuto:
            messages.error(request, str(rifiuto))
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        return self.torna()

    def torna(self):
        return redirect("ped:pezzo", self.pezzo.pk)

    def da_confermare(self):
        """What counts no more with the piece as it was just changed, until who changes it has read so and goes on."""
        confermato = "anche_se_non_vale_piu" in self.request.POST
        return [] if confermato else selettori.evidenze_senza_calendario(self.pezzo)

    def pagina(self, registra=None, sposta=None):
        pezzo = self.pezzo
        evidenze = alimentazione.evidenze_nate_da(pezzo) if pezzo.canale in pezzo.REGISTRABILI else []
        return self.mostra(
            pezzo=pezzo,
            nome_stato=selettori.STATI[pezzo.situazione],
            perche_non_vale=selettori.perche_non_vale(pezzo),
            evidenze=evidenze,
            ritardo=pezzo.in_ritardo_il(timezone.localdate()),
            pagina=selettori.pagine_di(self.request.user).filter(pk=pezzo.pagina_id).first(),
            registra=registra or (RegistraForm(pezzo) if pezzo.registrabile else None),
            sposta=sposta or SpostaForm(initial={"giorno": pezzo.data}),
        )


class PezzoView(UnPezzoMixin, View):
    template_name = "notizie/ped/pezzo.html"
    http_method_names = ["get"]

    def get(self, request, pk):
        return self.pagina()


class ModificaView(UnPezzoMixin, View):
    template_name = "notizie/ped/modulo.html"

    def get(self, request, pk):
        if self.pezzo.registrato:
            messages.error(request, "L'invio è registrato: per cambiarlo, prima annulla la registrazione")
            return self.torna()
        return self.mostra(modulo=PezzoForm(request.user, instance=self.pezzo), pezzo=self.pezzo)

    def fai(self, request):
        modulo = PezzoForm(request.user, request.POST, instance=self.pezzo)
        if modulo.is_valid() and (evidenze := self.da_confermare()):
            return self.mostra(modulo=modulo, pezzo=self.pezzo, evidenze=evidenze)
        if _salva(modulo, request):
            messages.success(request, "Salvato")
            _avvisa_del_giorno(request, self.pezzo)
            return self.torna()
        return self.mostra(modulo=modulo, pezzo=self.pezzo)


class SpostaView(UnPezzoMixin, View):
    """To another day: from the piece, from the calendar, from the list, and by dragging."""

    template_name = "notizie/ped/sposta.html"

    def fai(self, request):
        modulo = SpostaForm(request.POST)
        if not modulo.is_valid():
            raise ValidationError("Non spostato: scrivi il giorno")
        self.pezzo.data = modulo.cleaned_data["giorno"]
        if evidenze := self.da_confermare():
            return self.mostra(pezzo=self.pezzo, evidenze=evidenze, torna=request.POST.get("next", ""))
        pezzo = operazioni.sposta(self.pezzo, self.pezzo.data, request.user)
        messages.success(request, f"«{pezzo}» spostato {giorno_in_parole(pezzo.data, dopo='al')}")
        _avvisa_del_giorno(request, pezzo)
        return self.torna()

    def torna(self):
        dopo = get_valid_next_url_from_request(self.request) or reverse("ped:pezzo", args=[self.pezzo.pk])
        return HttpResponseRedirect(dopo)  # an address as it came, which `redirect` may take for the name of a view


class RegistraView(UnPezzoMixin, View):
    template_name = "notizie/ped/pezzo.html"

    def fai(self, request):
        modulo = RegistraForm(self.pezzo, request.POST, request.FILES)
        if modulo.is_valid():
            try:
                pezzo = operazioni.registra(self.pezzo, request.user, modulo.cleaned_data)
            except ValidationError as errore:
                modulo.add_error(None, errore)
            else:
                detto = f": l'evidenza per {pezzo.criterio.codice} aspetta l'approvazione" if pezzo.criterio else ""
                messages.success(request, f"Invio registrato{detto}")
                return self.torna()
        if not self.pezzo.registrabile:
            return self.torna()
        messages.error(request, "Non registrato: correggi i punti segnati")
        if "immagine" not in modulo.errors and (immagine := modulo.cleaned_data.get("immagine")):
            try:
                modulo.ha_gia(operazioni.conserva_immagine(self.pezzo, request.user, immagine))
            except ValidationError as errore:
                modulo.add_error("immagine", errore)
        return self.pagina(registra=modulo)


class AnnullaView(UnPezzoMixin, View):
    """Undo a recording: what counts falls with it, and who undoes it is told first."""

    template_name = "notizie/ped/annulla.html"

    def get(self, request, pk):
        if not self.pezzo.registrato:
            return self.torna()
        return self.mostra(pezzo=self.pezzo, evidenze=alimentazione.evidenze_nate_da(self.pezzo))

    def fai(self, request):
        operazioni.annulla_registrazione(self.pezzo, request.user)
        messages.success(request, "Registrazione annullata: correggi e registra di nuovo")
        return self.torna()


class EliminaView(UnPezzoMixin, View):
    template_name = "notizie/ped/elimina.html"

    def get(self, request, pk):
        return self.mostra(pezzo=self.pezzo, evidenze=selettori.evidenze_che_cadono_con(self.pezzo))

    def fai(self, request):
        operazioni.elimina(self.pezzo, request.user)
        messages.success(request, f"«{self.pezzo}» eliminato")
        return redirect("ped:mese")


class ImmagineView(View):
    """The only door to the image of what was sent."""

    def get(self, request, pk):
        pezzo = get_object_or_404(PezzoProgrammato.objects.exclude(immagine=""), pk=pk)
        if not permissions.puo_vedere_immagine(request.user, pezzo):
            raise Http404
        risposta = FileResponse(pezzo.immagine.open("rb"), content_type=pezzo.tipo_immagine)
        risposta["Cache-Control"] = "private, no-store"
        risposta["Content-Security-Policy"] = "sandbox"
        return risposta


def _avvisa_del_giorno(request, pezzo):
    """Say at once of a post or a mail that on its day it would be proof of nothing, and why."""
    if perche := selettori.perche_non_vale(pezzo):
        messages.warning(request, perche)


def _salva(modulo, request):
    """The piece that `modulo` describes, saved; None when something is wrong, which the form then says."""
    if modulo.is_valid():
        try:
            return operazioni.salva_pezzo(modulo.save(commit=False), request.user)
        except (PermissionDenied, ValidationError) as errore:
            modulo.add_error(None, errore if isinstance(errore, ValidationError) else str(errore))
    messages.error(request, "Non salvato: correggi i punti segnati")
    return None
