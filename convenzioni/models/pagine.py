"""The list of conventions and the organisations' sections."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.url_routing import RouteResult

from base.models import BasePage
from organizzazioni.models import SezionePage

FLUSSI = ("novita-rss", "novita-ics")


class ElencoMixin:
    """A page that lists conventions: the index, or one organisation's section."""

    def route(self, request, path_components):
        """`novita-rss/` and `novita-ics/` are the new ones as a feed and as a calendar."""
        if path_components and path_components[-1] in FLUSSI and len(path_components) == 1:
            return RouteResult(self, kwargs={"flusso": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request, flusso=""):
        from ..views import flusso_novita

        return flusso_novita(self, request, flusso) if flusso else super().serve(request)

    def get_context(self, request, *args, **kwargs):
        from ..selettori import contesto_elenco

        return {**super().get_context(request, *args, **kwargs), **contesto_elenco(self, request.GET)}


class ConvenzioniIndexPage(ElencoMixin, BasePage):
    """Every convention in force."""

    introduzione = RichTextField("introduzione", blank=True, features=["bold", "italic", "link"])

    content_panels = BasePage.content_panels + [FieldPanel("introduzione")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["convenzioni.SezioneConvenzioniPage"]
    max_count = 1

    class Meta:
        verbose_name = "elenco delle convenzioni"


class SezioneConvenzioniPage(ElencoMixin, SezionePage):
    """One organisation's conventions."""

    parent_page_types = ["convenzioni.ConvenzioniIndexPage"]
    subpage_types = ["convenzioni.ConvenzionePage"]

    class Meta:
        verbose_name = "sezione delle convenzioni"
        verbose_name_plural = "sezioni delle convenzioni"

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("organizzazione")
