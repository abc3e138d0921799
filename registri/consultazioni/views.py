"""Consultations in the admin: the list, one of them, its needs, the model as it was written. Without JavaScript."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.widgets.button import HeaderButton

from base.views import PaginaAdminMixin
from programma.alimentazione import evidenze_nate_da

from ..models import Consultazione
from ..permissions import ha_consultazioni, legge_i_nomi, puo_scrivere_consultazione
from . import selettori


class ConsultazioniMixin(PaginaAdminMixin):
    """For who has no consultation to read these pages do not exist."""

    header_icon = "group"
    page_title = "Consultazioni"

    def dispatch(self, request, *args, **kwargs):
        if not ha_consultazioni(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("consultazioni:elenco"), "label": ConsultazioniMixin.page_title}]


class ElencoView(ConsultazioniMixin, View):
    template_name = "registri/consultazioni/elenco.html"
    http_method_names = ["get"]

    def percorso(self):
        return []

    @cached_property
    def si_comincia(self):
        return selettori.azioni_da_consultare(self.request.user).exists()

    def get(self, request):
        return self.mostra(si_comincia=self.si_comincia, **self.pagina_di(selettori.per_elenco(request.user)))

    def get_header_buttons(self):
        if not self.si_comincia:
            return []
        return [HeaderButton("Nuova consultazione", url=reverse("consultazioni:nuova"), icon_name="plus")]


class UnaConsultazioneMixin(ConsultazioniMixin):
    """One consultation that the person may open, or 404 as for one that does not exist."""

    nome = "consultazione"

    @cached_property
    def oggetto(self):
        visibili = Consultazione.objects.visibili_a(self.request.user).complete()
        return get_object_or_404(visibili, pk=self.kwargs["pk"])

    @cached_property
    def scrive(self):
        return puo_scrivere_consultazione(self.request.user, self.oggetto.azione)

    def get_page_title(self):
        return str(self.oggetto) if self.page_title == ConsultazioniMixin.page_title else self.page_title

    def percorso(self):
        if self.get_page_title() == str(self.oggetto):
            return super().percorso()
        return [*super().percorso(), {"url": self.oggetto.get_absolute_url(), "label": str(self.oggetto)}]


class ConsultazioneView(UnaConsultazioneMixin, View):
    """Who was heard, where, what was gathered, the model, how far it is."""

    template_name = "registri/consultazioni/consultazione.html"
    http_method_names = ["get"]

    def get(self, request, pk):
        una, adesso = self.oggetto, selettori.esito_di(self.oggetto)
        return self.mostra(
            consultazione=una,
            esito=selettori.esito_letto(adesso if una.in_corso else una.esito),
            cambiata=not una.in_corso and adesso != una.esito,
            enti=selettori.enti_consultati(una),
            da_rivedere=selettori.da_rivedere(una) if una.in_corso else 0,
            stesure=una.stesure.select_related("scritta_da").defer("testo"),
            si_scrive=una.in_corso and self.scrive,
            scrive=self.scrive,
            apre_le_sedute=legge_i_nomi(request.user),
            approva=una.stato == Consultazione.Stato.PROPOSTA and selettori.puo_approvare(request.user, una),
            fatti=selettori.fatti_di(una) if una.stato == Consultazione.Stato.PROPOSTA else [],
            evidenze=evidenze_nate_da(una),
        )


class BisogniView(UnaConsultazioneMixin, View):
    """The needs one by one, with the words as they were told: for who opens the consultation, nobody else."""

    template_name = "registri/consultazioni/bisogni.html"
    page_title = "Bisogni raccolti"
    http_method_names = ["get"]

    def get(self, request, pk):
        bisogni = self.oggetto.bisogni.select_related("organizzazione", "seduta")
        si_scrive = self.oggetto.in_corso and self.scrive
        return self.mostra(consultazione=self.oggetto, si_scrive=si_scrive, **self.pagina_di(bisogni))


class StesuraView(UnaConsultazioneMixin, View):
    """The model as it was written one time."""

    template_name = "registri/consultazioni/stesura.html"
    page_title = "Modello"
    http_method_names = ["get"]

    def get(self, request, pk, numero):
        stesura = get_object_or_404(self.oggetto.stesure.select_related("scritta_da"), numero=numero)
        return self.mostra(consultazione=self.oggetto, stesura=stesura)
