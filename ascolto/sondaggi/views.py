"""Surveys in the admin: the list, one survey, what was answered once it is closed."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.widgets.button import HeaderButton

from base.views import PaginaAdminMixin
from programma.alimentazione import evidenze_nate_da

from ..permissions import puo_gestire_sondaggi, puo_leggere_sondaggi, puo_pubblicare_sondaggio
from . import esportazioni, selettori
from . import flusso_sondaggi as flusso
from .figure import in_figure
from .forms_pubblici import RispondiForm
from .operazioni.preparare import ALTRE_LINGUE


class SondaggiMixin(PaginaAdminMixin):
    """For who reads surveys; to the others these pages do not exist."""

    header_icon = "help"
    page_title = "Sondaggi"

    def dispatch(self, request, *args, **kwargs):
        if not puo_leggere_sondaggi(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("sondaggi:elenco"), "label": SondaggiMixin.page_title}]


class ElencoView(SondaggiMixin, View):
    template_name = "ascolto/sondaggi/admin/elenco.html"

    def percorso(self):
        return []

    def get(self, request):
        sondaggi = selettori.con_testi_da_rivedere(selettori.per_elenco(request.user))
        return self.mostra(gestisce=puo_gestire_sondaggi(request.user), **self.pagina_di(sondaggi))

    def get_header_buttons(self):
        if not puo_gestire_sondaggi(self.request.user):
            return []
        return [HeaderButton("Nuovo sondaggio", url=reverse("sondaggi:nuovo"), icon_name="plus")]


class UnSondaggioMixin(SondaggiMixin):
    """One survey that the person may open, or 404 as for one that does not exist."""

    nome = "sondaggio"

    @cached_property
    def oggetto(self):
        return get_object_or_404(selettori.per_elenco(self.request.user), pk=self.kwargs["pk"])

    def get_page_title(self):
        return str(self.oggetto) if self.page_title == SondaggiMixin.page_title else self.page_title

    def percorso(self):
        return [*super().percorso(), {"url": self.oggetto.get_absolute_url(), "label": str(self.oggetto)}]


class SondaggioView(UnSondaggioMixin, View):
    """What it asks, how far it is, what may be done with it."""

    template_name = "ascolto/sondaggi/admin/sondaggio.html"
    http_method_names = ["get"]

    def percorso(self):
        return SondaggiMixin.percorso(self)

    def get(self, request, pk):
        sondaggio = self.oggetto
        domande = RispondiForm(sondaggio=sondaggio).voci
        passaggi = flusso.possibili(sondaggio.stato)
        return self.mostra(
            sondaggio=sondaggio,
            domande=domande,
            passaggi=passaggi,
            partecipazione=selettori.partecipazione(sondaggio),
            da_rivedere=selettori.da_rivedere(sondaggio) if sondaggio.ha_risultati else 0,
            gestisce=puo_gestire_sondaggi(request.user),
            si_scrive=sondaggio.in_bozza and puo_gestire_sondaggi(request.user),
            lingue=[(uno, nome, uno in sondaggio.altre) for uno, nome in ALTRE_LINGUE.items()],
            approva="pubblica" in passaggi and puo_pubblicare_sondaggio(request.user, sondaggio),
            evidenze=evidenze_nate_da(sondaggio) if sondaggio.ha_risultati else [],
            indirizzo=request.build_absolute_uri(sondaggio.indirizzo),
        )

    def get_header_buttons(self):
        pulsanti = [
            HeaderButton("Come si vede", url=reverse("sondaggi:prova", args=[self.oggetto.pk]), icon_name="view")
        ]
        if self.oggetto.ha_risultati:
            indirizzo = reverse("sondaggi:risultati", args=[self.oggetto.pk])
            pulsanti.append(HeaderButton("Risultati", url=indirizzo, icon_name="table"))
        return pulsanti


class ProvaView(UnSondaggioMixin, View):
    """The questions as who answers reads them; nothing is sent."""

    template_name = "ascolto/sondaggi/admin/prova.html"
    page_title = "Come si vede"
    http_method_names = ["get"]

    def get(self, request, pk):
        return self.mostra(sondaggio=self.oggetto, form=RispondiForm(sondaggio=self.oggetto))


class RisultatiView(UnSondaggioMixin, View):
    """What was answered, as it may be told; of a survey that is open this page does not exist, for anybody."""

    template_name = "ascolto/sondaggi/admin/risultati.html"
    http_method_names = ["get"]

    def dispatch(self, request, *args, **kwargs):
        if puo_leggere_sondaggi(request.user) and not self.oggetto.ha_risultati:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return f"{self.oggetto}: risultati"

    def get(self, request, pk):
        capitoli = in_figure(selettori.risultati(self.oggetto))
        return self.mostra(
            sondaggio=self.oggetto, capitoli=capitoli, partecipazione=selettori.partecipazione(self.oggetto)
        )

    def get_header_buttons(self):
        indirizzo = reverse("sondaggi:esporta", args=[self.oggetto.pk])
        return [HeaderButton("Scarica CSV", url=indirizzo, icon_name="download")]


class EsportaView(RisultatiView):
    """The same, as a table."""

    def get(self, request, pk):
        risposta = HttpResponse(esportazioni.in_csv(self.oggetto), esportazioni.TIPO)
        risposta["Content-Disposition"] = f'attachment; filename="{esportazioni.nome_del_file(self.oggetto)}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta
