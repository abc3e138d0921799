"""The comparison in public, and the pages of the summer in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from base.formati import tabelle
from base.views import PaginaAdminMixin
from cura.permissions import tiene_qualcosa
from cura.registro import cura_di

from .. import operazioni, permissions
from ..models import ServizioPage
from . import copertura
from .esportazioni import confronto_tabella, rapporto_tabella
from .filtri import FiltroRapporto
from .forms import OffertaForm, PostiForm, SettimaneForm
from .selettori import (
    Stagione,
    centri_estivi,
    gestori_disponibili,
    nome_settimana,
    servizi_di,
)
from .settimane import anno_da_preparare


def confronto(pagina, request, anno):
    """The page, or the same rows as a file for spreadsheets (`?formato=csv`)."""
    if anno is not None:
        pagina.anno = anno
    contesto = pagina.get_context(request)
    if request.GET.get("formato") == "csv" and contesto["anno"]:
        tabella = confronto_tabella(contesto["offerte"], lambda servizio: servizio.get_full_url(request))
        return _file(tabelle.csv_per_excel(*tabella), tabelle.TIPO_CSV, f"centri-estivi-{contesto['anno']}.csv")
    return TemplateResponse(request, pagina.get_template(request), contesto)


def _file(contenuto, tipo, nome):
    risposta = HttpResponse(contenuto, tipo)
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    return risposta


class EstateMixin(PaginaAdminMixin):
    """A page of the summer in the admin; for who writes no service it does not exist."""

    header_icon = "calendar-alt"
    page_title = "Centri estivi"
    permesso = staticmethod(tiene_qualcosa)

    def dispatch(self, request, *args, **kwargs):
        if not self.permesso(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("estate:centri"), "label": EstateMixin.page_title}]


class CentriView(EstateMixin, View):
    """The summer services of who reads, and what is to be done on each."""

    template_name = "guide/admin/estate/centri.html"

    def percorso(self):
        return []

    def get(self, request):
        centri = centri_estivi(request.user)
        return self.mostra(
            centri=centri,
            sezioni=cura_di(ServizioPage).sezioni_di(request.user),
            da_preparare=[centro for centro in _propri(centri, request.user) if centro.prossimo],
            rapporto=permissions.puo_leggere_rapporto(request.user),
        )


def _propri(centri, utente):
    """Those of the organisations of `utente`: a manager prepares the District's, and never all the others' at once."""
    sue = set(cura_di(ServizioPage).sezioni_di(utente).values_list("organizzazione_id", flat=True))
    return [centro for centro in centri if centro.organizzazione.pk in sue]


class PreparaTuttiView(EstateMixin, View):
    """One action for all the entries of one's own organisations."""

    def post(self, request):
        servizi = [centro.servizio for centro in _propri(centri_estivi(request.user), request.user) if centro.prossimo]
        pronti, fermi = operazioni.prepara_tutti(servizi, request.user)
        if pronti:
            messages.success(request, f"Bozze pronte: {len(pronti)}. Controlla i prezzi di ognuna, poi inviala")
        if fermi:
            nomi = ", ".join(servizio.draft_title for servizio in fermi)
            messages.warning(request, f"Queste aspettano una decisione e restano come sono: {nomi}")
        if not pronti and not fermi:
            messages.warning(request, "Non c'è niente da preparare")
        return redirect("estate:centri")


class UnCentroMixin(EstateMixin):
    """One entry of who reads; of anyone else's it is as if it did not exist."""

    template_name = "guide/admin/estate/servizio.html"

    @cached_property
    def servizio(self):
        return get_object_or_404(servizi_di(self.request.user), id=self.kwargs["pk"])

    def get_page_title(self):
        return self.servizio.draft_title

    def dispatch(self, request, *args, **kwargs):
        if self.permesso(request.user):
            _ = self.servizio
        return super().dispatch(request, *args, **kwargs)

    def pagina(self, posti=None, settimane=None):
        bozza = self.servizio.get_latest_revision_as_object()
        anni: dict[int, list] = {}
        for riga in sorted(bozza.settimane_estive.all(), key=lambda riga: riga.turno):
            anni.setdefault(riga.anno, []).append(riga)
        return self.mostra(
            servizio=self.servizio,
            anni=sorted(anni.items(), reverse=True),
            pubblicati={riga.turno for riga in self.servizio.settimane_estive.all()} if self.servizio.live else set(),
            posti=posti or PostiForm(self.servizio),
            settimane=settimane or SettimaneForm(),
            modificabile=permissions.puo_preparare_bozza(self.request.user, self.servizio),
            prossimo=anno_da_preparare(anni, timezone.localdate()),
        )

    def torna(self):
        return redirect("estate:servizio", self.servizio.pk)

    def post(self, request, pk):
        try:
            return self.fai(request)
        except PermissionDenied as rifiuto:
            messages.error(request, str(rifiuto))
            return self.torna()


class CentroView(UnCentroMixin, View):
    http_method_names = ["get"]

    def get(self, request, pk):
        return self.pagina()


class PostiView(UnCentroMixin, View):
    def get(self, request, pk):
        return self.torna()

    def fai(self, request):
        modulo = PostiForm(self.servizio, request.POST)
        if not modulo.is_valid():
            messages.error(request, "Non aggiornati: correggi i numeri segnati")
            return self.pagina(posti=modulo)
        operazioni.aggiorna_posti(self.servizio, request.user, modulo.posti)
        messages.success(request, "Posti aggiornati: il pubblico li vede già")
        return self.torna()


class SettimaneView(UnCentroMixin, View):
    def get(self, request, pk):
        return self.torna()

    def fai(self, request):
        modulo = SettimaneForm(request.POST)
        if not modulo.is_valid():
            messages.error(request, "Nessuna settimana aggiunta: correggi i punti segnati")
            return self.pagina(settimane=modulo)
        quante = operazioni.aggiungi_settimane(self.servizio, request.user, **modulo.cleaned_data)
        if quante:
            messages.success(request, f"Aggiunte alla bozza: {quante}. Controllale, poi invia per l'approvazione")
        else:
            messages.warning(request, "Queste settimane ci sono già")
        return self.torna()


class PreparaView(UnCentroMixin, View):
    def get(self, request, pk):
        return self.torna()

    def fai(self, request):
        esito = operazioni.prepara_anno(self.servizio, request.user)
        if esito is None:
            messages.warning(request, "Non c'è niente da preparare")
        else:
            anno, quante = esito
            detto = f"Nella bozza ci sono {quante} settimane del {anno}"
            messages.success(request, f"{detto}: controlla i prezzi, poi invia per l'approvazione")
        return self.torna()


class RapportoMixin(EstateMixin):
    """Only for the manager."""

    permesso = staticmethod(permissions.puo_leggere_rapporto)

    @cached_property
    def filtro(self):
        return FiltroRapporto(self.request.POST or self.request.GET)

    @cached_property
    def stagione(self):
        anno = self.filtro.anno_scelto
        return Stagione.leggi(anno) if anno else None


class RapportoView(RapportoMixin, View):
    """What the territory offers, band by band and week by week, and where nothing is."""

    template_name = "guide/admin/estate/rapporto.html"
    page_title = "Rapporto estivo"

    def get(self, request):
        stagione = self.stagione
        if stagione is None:
            return self.mostra(stagione=None)
        comune = self.filtro.scelte.get("comune", "")
        righe = copertura.caselle(stagione.posti, stagione.fasce, stagione.settimane, comune)
        return self.mostra(
            stagione=stagione,
            filtro=self.filtro,
            nome_comune=stagione.comuni.get(comune, ""),
            settimane=[nome_settimana(giorno) for giorno in stagione.settimane],
            righe=[(riga[0].fascia, riga) for riga in righe if riga],
            scoperte=[
                (fascia, [nome_settimana(giorno) for giorno in giorni]) for fascia, giorni in copertura.scoperte(righe)
            ],
            per_comune=self.per_comune(),
            gestori=gestori_disponibili(stagione),
            offerta=OffertaForm(stagione.anno),
        )

    def per_comune(self):
        """For each municipality and band, how many weeks have some service."""
        stagione = self.stagione
        return [
            (
                nome,
                [
                    sum(not casella.scoperta for casella in riga)
                    for riga in copertura.caselle(stagione.posti, stagione.fasce, stagione.settimane, chiave)
                ],
            )
            for chiave, nome in stagione.comuni.items()
        ]


class EsportaView(RapportoMixin, View):
    """The report as a file for spreadsheets."""

    scrittori = {
        "csv": (tabelle.TIPO_CSV, lambda titolo, tabella: tabelle.csv_per_excel(*tabella)),
        "xlsx": (tabelle.TIPO_XLSX, lambda titolo, tabella: tabelle.xlsx(titolo, *tabella)),
    }

    def get(self, request):
        formato = request.GET.get("formato", "csv")
        if formato not in self.scrittori or self.stagione is None:
            messages.error(request, "Non posso preparare il file: riprova da qui")
            return redirect("estate:rapporto")
        tipo, scrivi = self.scrittori[formato]
        anno = self.stagione.anno
        contenuto = scrivi(f"Estate {anno}", rapporto_tabella(self.stagione))
        return _file(contenuto, tipo, f"rapporto-estivo-{anno}.{formato}")


class OffriView(RapportoMixin, View):
    """Offer the count of providers to a criterion of the programme."""

    def post(self, request):
        if self.stagione is None:
            raise Http404
        modulo = OffertaForm(self.stagione.anno, request.POST)
        indietro = redirect(f"{reverse('estate:rapporto')}?anno={self.stagione.anno}")
        if not modulo.is_valid():
            messages.error(request, "Scegli un criterio del programma")
            return indietro
        try:
            evidenza = operazioni.offri_monitoraggio(
                gestori_disponibili(self.stagione), modulo.cleaned_data["criterio"], request.user
            )
        except PermissionDenied as rifiuto:
            messages.error(request, str(rifiuto))
            return indietro
        if evidenza is None:
            messages.error(request, "Il programma di quell'anno non è aperto")
            return indietro
        messages.success(request, "Offerto al programma: aspetta la decisione di Coordinamento")
        return redirect("programma:evidenza", evidenza.pk)
