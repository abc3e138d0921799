"""The list of news, press releases and events, and the organisations' sections."""

from base.models import BasePage
from organizzazioni.models import SezionePage


class ElencoMixin:
    """A page that lists pieces: the index, or one organisation's section."""

    def get_context(self, request, *args, **kwargs):
        from ..selettori import contesto_elenco

        return {**super().get_context(request, *args, **kwargs), **contesto_elenco(self, request.GET)}


class NotizieIndexPage(ElencoMixin, BasePage):
    """All the pieces, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["notizie.SezioneNotiziePage"]
    max_count = 1

    class Meta:
        verbose_name = "elenco delle notizie"


class SezioneNotiziePage(ElencoMixin, SezionePage):
    """One organisation's pieces."""

    parent_page_types = ["notizie.NotizieIndexPage"]
    subpage_types = ["notizie.NotiziaPage", "notizie.ComunicatoPage", "notizie.EventoPage"]

    class Meta:
        verbose_name = "sezione delle notizie"
        verbose_name_plural = "sezioni delle notizie"

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("organizzazione")
