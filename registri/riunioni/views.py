"""Meetings as they are read: the list, one of them, a file of it. Anyone else's is as if it did not exist."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.stampa import StampaNonDisponibile
from base.views import PaginaAdminMixin
from programma.alimentazione import evidenze_nate_da

from .. import permissions
from ..esportazioni import TIPI
from ..models import FileDellaRiunione, Riunione, TipoRiunione
from ..riservati import consegna_file
from . import esportazioni, selettori
from .filtri import FiltroRiunioni
from .forms import FileForm


class RiunioniMixin(PaginaAdminMixin):
    """For who has no meeting to read these pages do not exist."""

    header_icon = "group"
    page_title = "Riunioni"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_aprire(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("riunioni:elenco"), "label": RiunioniMixin.page_title}]


class ElencoView(RiunioniMixin, View):
    template_name = "registri/riunioni/elenco.html"

    def percorso(self):
        return []

    def get(self, request):
        filtro = FiltroRiunioni(request.GET, request.user)
        query = request.GET.copy()
        query.pop("p", None)
        query.pop("formato", None)
        return self.mostra(
            form=filtro.form,
            query=query.urlencode(),
            formati=list(esportazioni.FORMATI),
            filtrato=bool(filtro.scelte),
            gestisce=permissions.puo_gestire(request.user),
            senza_tipi=not TipoRiunione.objects.exists(),
            **self.pagina_di(filtro.riunioni()),
        )

    def get_header_buttons(self):
        if not permissions.puo_gestire(self.request.user):
            return []
        return [HeaderButton("Nuova riunione", url=reverse("riunioni:nuova"), icon_name="plus")]


class EsportaView(RiunioniMixin, View):
    """The three columns that the act asks for, of the meetings that the list shows and that were held."""

    def get(self, request):
        formato = request.GET.get("formato", "csv")
        if formato not in esportazioni.FORMATI:
            messages.error(request, "Non posso preparare il file: riprova da qui")
            return redirect("riunioni:elenco")
        filtro = FiltroRiunioni(request.GET, request.user)
        riunioni = filtro.riunioni().svolte().complete().order_by("giorno", "pk")
        righe = esportazioni.righe(request.user, riunioni)
        return scarica(request, lambda: esportazioni.FORMATI[formato](righe, filtro.scelte), f"riunioni.{formato}")


def scarica(request, scrivi, nome, dove="riunioni:elenco", *argomenti):
    """The file `nome` that `scrivi` makes, to be kept; back with the reason where it cannot be printed."""
    try:
        risposta = HttpResponse(scrivi(), TIPI[nome.rpartition(".")[2]])
    except StampaNonDisponibile as errore:
        messages.error(request, str(errore))
        return redirect(dove, *argomenti)
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta


class UnaRiunioneMixin(RiunioniMixin):
    """One meeting that the person may open, or 404 as for one that does not exist."""

    @cached_property
    def riunione(self):
        return get_object_or_404(Riunione.objects.visibili_a(self.request.user).complete(), pk=self.kwargs["pk"])

    def get_page_title(self):
        return self.riunione.titolo


class RiunioneView(UnaRiunioneMixin, View):
    template_name = "registri/riunioni/riunione.html"
    http_method_names = ["get"]

    def get(self, request, pk):
        utente, riunione = request.user, self.riunione
        tutti, gestisce = permissions.legge_i_nomi(utente), permissions.puo_gestire(utente)
        suoi = set() if tutti else selettori.enti_suoi(utente)
        partecipanti = riunione.partecipanti.all()
        altri = {uno.ente for uno in partecipanti if not tutti and uno.organizzazione_id not in suoi}
        return self.mostra(
            riunione=riunione,
            gestisce=gestisce,
            legge_i_nomi=tutti,
            partecipanti=[uno for uno in partecipanti if tutti or uno.organizzazione_id in suoi],
            enti=sorted(altri - {""}),
            seguiti=[(s, tutti or s.organizzazione_id in suoi) for s in riunione.seguiti.all()],
            passaggi=riunione.passaggi.select_related("chi") if tutti else [],
            evidenze=evidenze_nate_da(riunione) if tutti else [],
            gia_date=riunione.gia_date.che_stanno() if tutti else [],
            carica=FileForm() if gestisce and riunione.da_scrivere else None,
        )


class FoglioFirmeView(UnaRiunioneMixin, View):
    """The sheet that people sign, with everybody who is invited: for who reads the names."""

    def get(self, request, pk):
        if not permissions.legge_i_nomi(request.user):
            raise Http404
        nome = f"foglio-firme-{self.riunione.giorno.isoformat()}.pdf"
        return scarica(request, lambda: esportazioni.foglio_firme(self.riunione), nome, "riunioni:riunione", pk)


class FileView(View):
    """The only door to the files of a meeting: who may not read its names gets a 404, whatever the URL."""

    def get(self, request, pk, chiave):
        sua = Riunione.objects.visibili_a(request.user).filter(pk=pk)
        suo = get_object_or_404(FileDellaRiunione, chiave=chiave.replace("\0", ""), riunione__in=sua)
        if not permissions.legge_i_nomi(request.user):
            raise Http404
        return consegna_file(suo)
