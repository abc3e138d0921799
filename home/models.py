"""Home page and plain content pages."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from base.albero import Albero
from base.blocks import CorpoBlock
from base.models import BasePage


class HomePage(BasePage):
    """The front door: what the District is, search, the programme at a glance, latest content."""

    titolo_principale = models.CharField("titolo in evidenza", max_length=120, blank=True)
    introduzione = RichTextField("che cos'è il Distretto", blank=True, features=["bold", "italic", "link"])

    content_panels = BasePage.content_panels + [FieldPanel("titolo_principale"), FieldPanel("introduzione")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "pagina iniziale"

    def route(self, request, path_components):
        """Find the page on the path with one query, whatever its depth, and keep the tree for menus and breadcrumbs."""
        albero = request.albero = Albero.leggi(self, path_components)
        pagina = albero.ultima
        if pagina is not self:
            modello = pagina.specific_class
            nostra = modello is not None and issubclass(modello, BasePage)
            pagina = modello.per_lettura().get(pk=pagina.pk) if nostra else pagina.specific
        pagina.antenate = albero.via[:-1]
        resto = path_components[len(albero.via) - 1:]
        return super().route(request, resto) if pagina is self else pagina.route(request, resto)

    def get_context(self, request, *args, **kwargs):
        from .selettori import contesto_home

        return {**super().get_context(request, *args, **kwargs), **contesto_home(self)}


class ContenutoPage(BasePage):
    """A plain page: the District, its notes, its legal texts."""

    corpo = StreamField(CorpoBlock(), verbose_name="testo", blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("corpo")]
    search_fields = BasePage.search_fields + [index.SearchField("corpo")]
    nome_pubblico = "pagina"
    parent_page_types = ["home.HomePage", "home.ContenutoPage"]
    subpage_types = ["home.ContenutoPage"]

    class Meta:
        verbose_name = "pagina di contenuto"
        verbose_name_plural = "pagine di contenuto"
