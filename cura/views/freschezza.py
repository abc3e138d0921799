"""How fresh entries are kept, in the admin: the report by organisation, what is due, the same as a file."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.filtri import FiltroCalcolato
from base.formati import tabelle
from base.views import PaginaAdminMixin
from organizzazioni.models import Organizzazione
from organizzazioni.schermate import DelManagerMixin

from ..freschezza import rapporto
from ..registro import cura_di


class FiltroFreschezza(FiltroCalcolato):
    """Of which of `organizzazioni`, by its key, what is due is shown: of all, unless it is said."""

    organizzazione = ChoiceFilter(label="Organizzazione", empty_label="Tutte")

    def __init__(self, data, organizzazioni):
        super().__init__(data, Organizzazione.objects.none())
        self.per_chiave = {ente.chiave: ente for ente in organizzazioni}
        self.offri("organizzazione", [(chiave, str(ente)) for chiave, ente in self.per_chiave.items()])

    @property
    def scelta(self):
        return self.per_chiave.get(self.scelte.get("organizzazione"))


class DelleFreschezzeMixin(DelManagerMixin):
    """Of the entries of which kind: the app says which `pagine`. Its addresses are `freschezza`, `…_esporta`."""

    pagine: type

    @property
    def cura(self):
        return cura_di(self.pagine)

    def indirizzo(self, nome="freschezza"):
        return reverse(f"{self.cura.urls_admin}:{nome}")


class FreschezzaMixin(DelleFreschezzeMixin, PaginaAdminMixin):
    """How much is verified, by organisation, and what is due. Its template says one entry that is due."""

    def get_header_buttons(self):
        return [
            HeaderButton(
                etichetta, url=f"{self.indirizzo('freschezza_esporta')}?formato={formato}", icon_name="download"
            )
            for formato, etichetta in (("xlsx", "Scarica per Excel"), ("csv", "Scarica CSV"))
        ]

    def get(self, request):
        return self.mostra()

    def get_context_data(self, **kwargs):
        oggi = timezone.localdate()
        totale, righe = rapporto(self.cura, oggi)
        filtro = FiltroFreschezza(self.request.GET, [riga.organizzazione for riga in righe])
        dovute = self.pagina_di(self.cura.dovute(oggi, filtro.scelta))
        dati = {"cura": self.cura, "totale": totale, "righe": righe, "filtro": filtro, **dovute, **kwargs}
        return super().get_context_data(**dati)


class EsportaFreschezzaMixin(DelleFreschezzeMixin):
    """The report by organisation as a file, that is called `nome_del_file` and the day."""

    nome_del_file = "freschezza"
    scrittori = {
        "csv": (tabelle.TIPO_CSV, tabelle.csv_per_excel),
        "xlsx": (tabelle.TIPO_XLSX, lambda *tabella: tabelle.xlsx("Freschezza", *tabella)),
    }

    def get(self, request):
        formato = request.GET.get("formato", "csv")
        if formato not in self.scrittori:
            messages.error(request, "Non posso preparare il file in questo formato")
            return redirect(self.indirizzo())
        oggi = timezone.localdate()
        tipo, scrivi = self.scrittori[formato]
        risposta = HttpResponse(scrivi(*tabella_freschezza(self.cura, oggi)), tipo)
        nome = f"{self.nome_del_file}-{oggi.isoformat()}.{formato}"
        risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta


def tabella_freschezza(cura, oggi):
    """The report as a table: its head, and a row for each organisation and for all."""
    totale, righe = rapporto(cura, oggi)
    testa = [
        "organizzazione",
        cura.schede,
        cura.verificate,
        "percentuale",
        "da confermare",
        "in pubblico «Da verificare»",
    ]
    return testa, [
        [
            str(riga.organizzazione or cura.tutte_insieme),
            riga.schede,
            riga.verificate,
            riga.percentuale,
            riga.da_confermare,
            riga.da_verificare,
        ]
        for riga in [*righe, totale]
    ]
