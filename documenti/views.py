"""The documents of a year, made when they are asked for, and the packages; every download is in the history."""

import re

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from wagtail.admin import messages
from wagtail.log_actions import log

from base.stampa import StampaNonDisponibile
from base.views import PaginaAdminMixin
from programma.models import ProgrammaPage
from registri.models import Riunione

from . import operazioni, resa
from .models import Pacchetto
from .permissions import puo_leggere_documenti, puo_scrivere_documenti
from .selettori import anni_dei_documenti
from .tipi import FORMATI, giorno_del_documento, scrivi, tipi_di
from .verbale import verbale

SCARICATO = "documenti.scarica"


class DocumentiMixin:
    def dispatch(self, request, *args, **kwargs):
        if not puo_leggere_documenti(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def consegna(self, programma, nome, risposta):
        """`risposta` as a file to keep, after writing down who took it."""
        log(instance=programma, action=SCARICATO, user=self.request.user, data={"nome": nome})
        risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
        return risposta


class DocumentiView(DocumentiMixin, PaginaAdminMixin, View):
    """Every year with what may be taken of it."""

    template_name = "documenti/admin/documenti.html"
    page_title = "Documenti dell'anno"
    header_icon = "doc-full-inverse"

    def get(self, request):
        scrive = puo_scrivere_documenti(request.user)
        return self.mostra(anni=anni_dei_documenti(), formati=list(FORMATI), scrive=scrive)


class DocumentoView(DocumentiMixin, View):
    """A document as a file: of today, or of the closing."""

    def get(self, request, anno, tipo, formato):
        programma = get_object_or_404(ProgrammaPage, anno=anno)
        if formato not in FORMATI or tipo not in tipi_di(programma):
            raise Http404
        al = giorno_del_documento(programma)
        try:
            contenuto = scrivi(tipo, programma, al, formato)
        except StampaNonDisponibile as errore:
            messages.error(request, str(errore))
            return redirect("documenti:documenti")
        bozza = "bozza-" if programma.in_attesa_dell_atto else ""
        nome = f"{tipo}-{anno}-{bozza}al-{al.isoformat()}.{formato}"
        return self.consegna(programma, nome, HttpResponse(contenuto, FORMATI[formato]))


class VerbaleView(View):
    """The minutes of a meeting that was held, for who may open it: its names are those that they may read."""

    def get(self, request, pk, formato):
        svolte = Riunione.objects.visibili_a(request.user).svolte().complete()
        riunione = get_object_or_404(svolte, pk=pk)
        scrivi_in = {"pdf": resa.in_pdf, "docx": resa.in_docx}.get(formato)
        if scrivi_in is None:
            raise Http404
        try:
            risposta = HttpResponse(scrivi_in(verbale(riunione, request.user)), FORMATI[formato])
        except StampaNonDisponibile as errore:
            messages.error(request, str(errore))
            return redirect(riunione)
        risposta["Content-Disposition"] = f'attachment; filename="verbale-{riunione.giorno.isoformat()}.{formato}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta


class PreparaView(DocumentiMixin, View):
    """Put a package in the worker's hands."""

    http_method_names = ["post"]

    def post(self, request, anno):
        pacchetto = operazioni.chiedi_pacchetto(get_object_or_404(ProgrammaPage, anno=anno), request.user)
        pacchetto.refresh_from_db()
        if pacchetto.pronto:
            messages.success(request, f"{pacchetto}: è pronto")
        elif pacchetto.errore:
            messages.error(request, f"{pacchetto}: non riuscito. {pacchetto.errore}")
        else:
            messages.success(request, f"{pacchetto}: si sta preparando. Torna qui tra qualche minuto")
        return redirect("documenti:documenti")


class PacchettoView(DocumentiMixin, View):
    """A package that is ready, as it was made; who was interrupted while taking it asks for what is missing."""

    def get(self, request, pk):
        pacchetto = get_object_or_404(
            Pacchetto.objects.select_related("programma"), pk=pk, stato=Pacchetto.Stato.PRONTO
        )
        try:
            file = pacchetto.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        etichetta, lungo = f'"{pacchetto.sha256}"', pacchetto.file.size
        da = da_quale_byte(request.headers, etichetta, lungo)
        file.seek(da)
        risposta = FileResponse(file, content_type="application/zip", status=206 if da else 200)
        risposta["Accept-Ranges"], risposta["ETag"] = "bytes", etichetta
        if da:
            risposta["Content-Range"] = f"bytes {da}-{lungo - 1}/{lungo}"
        return self.consegna(pacchetto.programma, pacchetto.nome_del_file, risposta)


def da_quale_byte(intestazioni, etichetta, lungo):
    """From which byte of a file `lungo` bytes long one asks for the rest; 0 for anything else, which is the whole."""
    chiesto = re.fullmatch(r"bytes=(\d{1,15})-", intestazioni.get("Range", ""), re.ASCII)
    da = int(chiesto[1]) if chiesto and intestazioni.get("If-Range", etichetta) == etichetta else 0
    return da if da < lungo else 0
