"""What was written elsewhere becomes meetings: a sheet, looked at before it is imported; evidence already given."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views import View
from wagtail.admin import messages

from base.tenuti import lascia, ripreso, tieni

from ..schermate import SoloChiGestisceMixin
from . import operazioni
from .forms import ImportaForm
from .importazione import COLONNE, RIGHE_MASSIMO, leggi_riunioni
from .riconoscere import coppie
from .views import RiunioniMixin

CARTELLA = "riunioni-da-importare"


class ImportaView(SoloChiGestisceMixin, RiunioniMixin, View):
    """Two steps: what was given is read and kept aside, and what it would do is shown; confirmed, it is done."""

    template_name = "registri/riunioni/importa.html"
    page_title = "Importa riunioni"

    def get(self, request):
        return self.chiedi(ImportaForm())

    def chiedi(self, modulo, status=200, **contesto):
        return self.mostra(status, modulo=modulo, colonne=COLONNE.nomi, righe_massimo=RIGHE_MASSIMO, **contesto)

    def post(self, request):
        if "conferma" in request.POST:
            return self.conferma()
        modulo = ImportaForm(request.POST, request.FILES)
        if not modulo.is_valid():
            return self.chiedi(modulo, 422)
        nome, contenuto = modulo.contenuto()
        piano = leggi_riunioni(nome, contenuto)
        tenuto = "" if piano.problemi else tieni(CARTELLA, nome, contenuto, request.user)
        return self.chiedi(modulo, 422 if piano.problemi else 200, piano=piano, tenuto=tenuto)

    def conferma(self):
        utente = self.request.user
        try:
            nome, percorso, contenuto = ripreso(CARTELLA, self.request.POST.get("tenuto", ""), utente)
        except (signing.BadSignature, FileNotFoundError):
            messages.error(self.request, "Questo file non c'è più: caricalo di nuovo")
            return redirect("riunioni:importa")
        piano = leggi_riunioni(nome, contenuto)
        if piano.problemi:
            return self.chiedi(ImportaForm(), 422, piano=piano)
        fatte = operazioni.importa_riunioni(piano, utente)
        lascia(percorso)
        messages.success(self.request, f"Importate: {len(fatte)}. C'erano già: {len(piano.gia_qui)}")
        return redirect("riunioni:elenco")


class DalleEvidenzeView(SoloChiGestisceMixin, RiunioniMixin, View):
    """Evidence of meetings given by hand, each with the meeting that it would be of: what is ticked is done."""

    template_name = "registri/riunioni/dalle_evidenze.html"
    page_title = "Dalle evidenze alle riunioni"

    def get(self, request):
        return self.mostra(coppie=coppie())

    def post(self, request):
        scelte = set(request.POST.getlist("coppia"))
        fatte = 0
        for coppia in coppie():
            if coppia.chiave in scelte:
                try:
                    operazioni.unisci_evidenze(coppia, request.user)
                    fatte += 1
                except ValidationError as errore:
                    messages.error(request, f"«{coppia.prima}»: {' '.join(errore.messages)}")
        if fatte:
            messages.success(request, f"Fatto: {fatte}. Le evidenze restano come sono")
        elif not scelte:
            messages.error(request, "Scegli almeno una riga")
        return redirect("riunioni:dalle_evidenze")
