"""The sheet in the admin: take it out, look at what it would change, bring it in."""

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from base.formati import tabelle
from base.tenuti import lascia, ripreso, tieni
from base.views import PaginaAdminMixin
from cura.permissions import tiene_qualcosa

from ..operazioni.foglio import importa_foglio
from .colonne import COLONNE
from .lettura import BYTE_MASSIMO, RIGHE_MASSIMO, leggi_foglio, tabella

CARTELLA = "fogli"
SCRITTORI = {
    "csv": (tabelle.TIPO_CSV, lambda intestazione, righe: tabelle.csv_per_excel(intestazione, righe)),
    "xlsx": (tabelle.TIPO_XLSX, lambda intestazione, righe: tabelle.xlsx("Servizi", intestazione, righe)),
}


class FoglioMixin(PaginaAdminMixin):
    template_name = "guide/admin/foglio.html"
    page_title = "Servizi in un foglio"
    header_icon = "table"

    def dispatch(self, request, *args, **kwargs):
        if not tiene_qualcosa(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class FoglioView(FoglioMixin, View):
    """Two steps: the file is read and kept aside, and what it would do is shown; confirmed, it is done."""

    def get(self, request):
        return self.mostra(colonne=COLONNE, righe_massimo=RIGHE_MASSIMO)

    def post(self, request):
        if "conferma" in request.POST:
            return self.conferma()
        file = request.FILES.get("file")
        if file is None or file.size > BYTE_MASSIMO:
            motivo = "Scegli un file" if file is None else "Il file è troppo grande: al massimo 5 MB"
            return self.mostra(status=400, errore=motivo, colonne=COLONNE, righe_massimo=RIGHE_MASSIMO)
        contenuto = file.read()
        piano = leggi_foglio(file.name, contenuto, request.user)
        return self.mostra_piano(piano, "" if piano.problemi else tieni(CARTELLA, file.name, contenuto, request.user))

    def conferma(self):
        utente = self.request.user
        try:
            nome, percorso, contenuto = ripreso(CARTELLA, self.request.POST.get("foglio", ""), utente)
        except (signing.BadSignature, FileNotFoundError):
            messages.error(self.request, "Questo file non c'è più: caricalo di nuovo")
            return redirect("guida_foglio:foglio")
        piano = leggi_foglio(nome, contenuto, utente)
        if piano.problemi or piano.impronta != self.request.POST.get("impronta"):
            messages.warning(self.request, "Intanto qualcosa è cambiato: guarda di nuovo che cosa farebbe il file")
            return self.mostra_piano(piano, "" if piano.problemi else self.request.POST["foglio"])
        scritte = importa_foglio(piano, utente)
        lascia(percorso)
        messages.success(
            self.request,
            f"Importato: {len(piano.nuove)} bozze nuove, {len(piano.cambiate)} modificate. "
            "Il pubblico le vedrà quando saranno approvate",
        )
        return redirect("wagtailadmin_explore", scritte[0].get_parent().pk) if scritte else redirect(self.request.path)

    def mostra_piano(self, piano, foglio):
        return self.mostra(
            status=400 if piano.problemi else 200,
            piano=piano,
            foglio=foglio,
            colonne=COLONNE,
            righe_massimo=RIGHE_MASSIMO,
        )


class EsportaView(FoglioMixin, View):
    """Every service that the person may write, as the import reads it."""

    def get(self, request):
        formato = request.GET.get("formato", "xlsx")
        if formato not in SCRITTORI:
            return redirect("guida_foglio:foglio")
        tipo, scrivi = SCRITTORI[formato]
        risposta = HttpResponse(scrivi(*tabella(request.user)), tipo)
        risposta["Content-Disposition"] = f'attachment; filename="servizi-{timezone.localdate()}.{formato}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta
