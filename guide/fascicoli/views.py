"""The booklets: one public file for each, and the manager's page where they are printed, frozen and offered."""

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views import View
from wagtail.admin import messages

from base.stampa import StampaNonDisponibile
from base.views import PaginaAdminMixin

from .. import operazioni
from ..models import Fascicolo, Istantanea, Stamperia
from ..operazioni.fascicoli import intero_aggiornato
from ..operazioni.istantanee import MAPPA, STRUMENTI
from ..permissions import puo_stampare
from . import tasks
from .selettori import gestione_fascicoli, indirizzi_della_guida

DIECI_MINUTI = "public, max-age=600"


class FascicoloView(View):
    """A booklet as it was last printed, in one of its forms, each at an address that stays the same."""

    def get(self, request, forma, chiave=""):
        fascicolo = get_object_or_404(Fascicolo, chiave=chiave)
        file = getattr(fascicolo, forma)
        if not file:
            raise Http404
        etichetta = f'"{fascicolo.impronta}-{fascicolo.fatto_il:%Y%m%d}"'
        quando = int(fascicolo.fatto_il.timestamp())
        risposta = get_conditional_response(request, etichetta, quando)
        if risposta is None:
            try:
                nome = request.path.rpartition("/")[2]
                risposta = FileResponse(file.open(), content_type="application/pdf", filename=nome)
            except FileNotFoundError:
                raise Http404 from None
            risposta["ETag"] = etichetta
            risposta["Last-Modified"] = http_date(quando)
        risposta["Cache-Control"] = DIECI_MINUTI
        return risposta


class DiChiStampaMixin(PaginaAdminMixin):
    """Only for who prints the guide: for anyone else these pages do not exist."""

    header_icon = "doc-full-inverse"
    page_title = "Guida stampata"

    def dispatch(self, request, *args, **kwargs):
        if not puo_stampare(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class FascicoliView(DiChiStampaMixin, View):
    """What is printed, what waits, what was frozen."""

    template_name = "guide/admin/fascicoli.html"

    def get(self, request):
        return self.mostra(**gestione_fascicoli())


class RifaiView(DiChiStampaMixin, View):
    """Print now, or put it in the worker's hands."""

    http_method_names = ["post"]

    def post(self, request):
        operazioni.segna_da_rifare()
        tasks.rifai_fascicoli.enqueue()
        stamperia = Stamperia.leggi()
        if stamperia.errore:
            messages.error(request, stamperia.errore)
        elif stamperia.da_rifare_dal or stamperia.in_corso_dal:
            messages.success(request, "La stampa è in coda: tra qualche minuto i fascicoli sono pronti.")
        else:
            messages.success(request, "I fascicoli sono aggiornati.")
        return redirect("fascicoli:fascicoli")


class CongelaView(DiChiStampaMixin, View):
    """Freeze at once what is printed already; what has to be printed first is the worker's."""

    http_method_names = ["post"]

    def post(self, request):
        if not intero_aggiornato():
            tasks.congela_guida.enqueue(request.user.pk)
            messages.success(request, "Prima va stampato il fascicolo: l'istantanea compare qui tra qualche minuto.")
            return redirect("fascicoli:fascicoli")
        try:
            istantanea = operazioni.congela(request.user)
        except operazioni.Occupata:
            messages.error(request, "I fascicoli si stanno stampando: riprova tra un minuto.")
        except StampaNonDisponibile as errore:
            messages.error(request, str(errore))
        else:
            messages.success(request, f"Congelata: {istantanea}.")
        return redirect("fascicoli:fascicoli")


class IstantaneaView(DiChiStampaMixin, View):
    """A frozen file, exactly as it was kept."""

    def get(self, request, pk, formato):
        istantanea = get_object_or_404(Istantanea, pk=pk)
        if formato not in ("pdf", "json"):
            raise Http404
        try:
            file = getattr(istantanea, formato).open()
        except FileNotFoundError:
            raise Http404 from None
        return FileResponse(file, as_attachment=True, filename=istantanea.nome_del_file(formato))


class ProponiView(DiChiStampaMixin, View):
    """From a snapshot to a draft of evidence, ready to be read and sent."""

    http_method_names = ["post"]

    def post(self, request, pk, che_cosa):
        istantanea = get_object_or_404(Istantanea, pk=pk)
        if che_cosa not in (MAPPA, STRUMENTI):
            raise Http404
        try:
            evidenza = operazioni.proponi(istantanea, che_cosa, request.user, indirizzi_della_guida(che_cosa))
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
            return redirect("fascicoli:fascicoli")
        return redirect("programma:modifica" if evidenza.modificabile else "programma:evidenza", evidenza.pk)
