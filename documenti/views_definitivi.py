"""The life of a document in the admin: its parts are written, it is read again, made final, published, offered."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from base.stampa import StampaNonDisponibile
from base.views import PaginaAdminMixin
from programma.models import ProgrammaPage

from . import operazioni, selettori
from .corpo import in_json
from .forms import LettoForm, ParteForm
from .models import Definitivo
from .narrazione import con_le_parole
from .permissions import puo_scrivere_documenti
from .tipi import FORMATI, tipi_di
from .views import DocumentiMixin, DocumentiView

DI_NUOVO = "Rileggi questa pagina, poi riprova"


class SoloChiScriveMixin(DocumentiMixin):
    """For the manager: who reads everything reads the same elsewhere."""

    def dispatch(self, request, *args, **kwargs):
        if not puo_scrivere_documenti(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UnDocumentoMixin(PaginaAdminMixin):
    """A kind of document of a year that people write; another is not found."""

    header_icon = "doc-full-inverse"

    @cached_property
    def programma(self):
        return get_object_or_404(ProgrammaPage, anno=self.kwargs["anno"])

    @cached_property
    def tipo(self):
        tipo = tipi_di(self.programma).get(self.kwargs["tipo"])
        if tipo is None or not tipo.blocchi:
            raise Http404
        return tipo

    @cached_property
    def lavorazione(self):
        return selettori.lavorazione(self.programma, self.kwargs["tipo"], self.tipo)

    def percorso(self):
        return [{"url": reverse("documenti:documenti"), "label": DocumentiView.page_title}]

    def get_page_title(self):
        return f"{self.tipo.titolo} {self.programma.anno}"


class ScriviView(SoloChiScriveMixin, UnDocumentoMixin, View):
    """Its parts, each with what it is for, facts to begin from, and a form of its own."""

    template_name = "documenti/admin/scrivi.html"

    def get(self, request, anno, tipo):
        return self.mostra_parti({})

    def post(self, request, anno, tipo):
        chiave = request.POST.get("parte", "")
        if chiave not in {blocco.chiave for blocco in self.tipo.blocchi}:
            messages.error(request, DI_NUOVO)
            return redirect("documenti:scrivi", anno, tipo)
        form = ParteForm(request.POST, prefix=chiave)
        if not form.is_valid():
            messages.error(request, "Non salvato: correggi i punti segnati")
            return self.mostra_parti({chiave: form}, status=422)
        testo, numero = form.cleaned_data["testo"], form.cleaned_data["numero"]
        try:
            scritta = operazioni.scrivi_parte(self.programma, tipo, chiave, testo, numero, request.user)
        except operazioni.SovrapposizioneDiScritture as altra:
            messages.error(request, f"{altra}: il tuo testo è ancora qui, e non è salvato")
            form = ParteForm(
                prefix=chiave, initial={"testo": testo, "numero": altra.attuale.numero if altra.attuale else 0}
            )
            return self.mostra_parti({chiave: form}, status=409, altra=altra.attuale)
        messages.success(request, "Salvato" if scritta else "Non è cambiato nulla")
        return redirect(f"{request.path}#parte-{chiave}")

    def mostra_parti(self, in_corso, status=200, altra=None):
        """Every part; those of `in_corso` (key: form) with what was typed, `altra` is what another person left."""
        parti = [
            (parte, in_corso.get(parte.blocco.chiave) or self.form(parte), parte.blocco.chiave in in_corso)
            for parte in self.lavorazione.parti
        ]
        return self.mostra(status, lavorazione=self.lavorazione, parti=parti, altra=altra)

    def form(self, parte):
        testo = parte.narrazione.testo if parte.narrazione else parte.spunto
        return ParteForm(prefix=parte.blocco.chiave, initial={"testo": testo, "numero": parte.numero})


class RivediView(DocumentiMixin, UnDocumentoMixin, View):
    """The whole as it would be, and what changed in the facts since each part was written; then it is made final."""

    template_name = "documenti/admin/rivedi.html"

    def get(self, request, anno, tipo):
        ora = self.lavorazione
        return self.mostra(
            lavorazione=ora,
            corpo=con_le_parole(self.tipo.in_corpo(ora.dati), self.tipo.blocchi, ora.parole),
            scrive=puo_scrivere_documenti(request.user),
            form=LettoForm(initial={"letto": ora.impronta}),
            definitivi=selettori.definitivi_di(self.programma, tipo),
        )

    def post(self, request, anno, tipo):
        _ = self.tipo
        form = LettoForm(request.POST)
        if not form.is_valid():
            messages.error(request, DI_NUOVO)
            return redirect("documenti:rivedi", anno, tipo)
        try:
            definitivo = operazioni.rendi_definitivo(self.programma, tipo, request.user, form.cleaned_data["letto"])
        except (operazioni.CambiatoNelFrattempo, StampaNonDisponibile) as errore:
            messages.error(request, str(errore))
            return redirect("documenti:rivedi", anno, tipo)
        messages.success(request, f"{definitivo}: è definitivo")
        return redirect(definitivo)


class UnDefinitivoMixin(PaginaAdminMixin):
    """A final document."""

    header_icon = "doc-full-inverse"

    @cached_property
    def definitivo(self):
        return get_object_or_404(Definitivo.objects.select_related("programma", "fatto_da"), pk=self.kwargs["pk"])

    def percorso(self):
        return [{"url": reverse("documenti:documenti"), "label": DocumentiView.page_title}]

    def get_page_title(self):
        return str(self.definitivo)

    def torna(self, detto="", errore=""):
        (messages.error if errore else messages.success)(self.request, errore or detto)
        return redirect(self.definitivo)


class DefinitivoView(DocumentiMixin, UnDefinitivoMixin, View):
    """What it says, its files, whether the public reads it, the evidence that it is."""

    template_name = "documenti/admin/definitivo.html"

    def get(self, request, pk):
        definitivo = self.definitivo
        tipo = tipi_di(definitivo.programma).get(definitivo.tipo)
        return self.mostra(
            definitivo=definitivo,
            corpo=definitivo.detto,
            formati=list(FORMATI),
            scrive=puo_scrivere_documenti(request.user),
            pubblicazione=selettori.pubblicazione_di(definitivo),
            criterio=tipo.criterio if tipo else None,
            evidenze=selettori.evidenze_di(definitivo),
        )


class FileView(DocumentiMixin, UnDefinitivoMixin, View):
    """One of its files, as it was kept."""

    def get(self, request, pk, formato):
        if formato not in FORMATI:
            raise Http404
        definitivo = self.definitivo
        nome = definitivo.nome_del_file(formato)
        if formato == "json":
            return self.consegna(definitivo.programma, nome, HttpResponse(definitivo.dati, FORMATI[formato]))
        try:
            file = getattr(definitivo, formato).open("rb")
        except FileNotFoundError:
            raise Http404 from None
        return self.consegna(definitivo.programma, nome, FileResponse(file, content_type=FORMATI[formato]))


class PubblicaView(SoloChiScriveMixin, UnDefinitivoMixin, View):
    """What will be public, word by word, before it is."""

    template_name = "documenti/admin/pubblica.html"

    def get(self, request, pk):
        corpo, impronta = selettori.anteprima_pubblica(self.definitivo)
        if not corpo.capitoli:
            return self.torna(errore=operazioni.NULLA_DI_PUBBLICO)
        return self.mostra(
            definitivo=self.definitivo,
            corpo=corpo,
            form=LettoForm(initial={"letto": impronta}),
            pubblicazione=selettori.pubblicazione_di(self.definitivo),
            uguale=in_json(corpo) == self.definitivo.corpo,
        )

    def post(self, request, pk):
        form = LettoForm(request.POST)
        if not form.is_valid():
            return self.torna(errore=DI_NUOVO)
        try:
            operazioni.pubblica(self.definitivo, request.user, form.cleaned_data["letto"])
        except ValidationError as errore:
            return self.torna(errore=" ".join(errore.messages))
        except (operazioni.CambiatoNelFrattempo, StampaNonDisponibile) as errore:
            messages.error(request, str(errore))
            return redirect("documenti:pubblica", pk)
        return self.torna("È pubblico: si trova nella pagina «Documenti» del sito")


class RitiraView(SoloChiScriveMixin, UnDefinitivoMixin, View):
    """Take it away from the site."""

    http_method_names = ["post"]

    def post(self, request, pk):
        pubblicazione = selettori.pubblicazione_di(self.definitivo)
        if pubblicazione is None:
            return self.torna(errore="Non è pubblico")
        operazioni.ritira(pubblicazione, request.user)
        return self.torna("Non è più sul sito; il documento definitivo resta")


class EvidenzaView(SoloChiScriveMixin, UnDefinitivoMixin, View):
    """Offer it, in one click, as the evidence of its criterion."""

    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            operazioni.offri_come_evidenza(self.definitivo, request.user)
        except ValidationError as errore:
            return self.torna(errore=" ".join(errore.messages))
        return self.torna("È tra le evidenze da decidere: la decide chi non l'ha scritta")
