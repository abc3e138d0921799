"""The guide's home and the organisations' sections."""

from django.template.response import TemplateResponse
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, StreamBlock, StructBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from base.contesti import risposta
from base.models import BasePage
from base.telefoni import TelefonoBlock
from cura.pagine import ElencoMixin
from organizzazioni.models import SezionePage

from ..emergenze import predefinite


class NumeroBlock(StructBlock):
    """A number to call when there is no time to search."""

    numero = TelefonoBlock(max_length=40)
    nome = CharBlock(max_length=60)
    quando = CharBlock(max_length=140, required=False, label="quando chiamarlo")

    class Meta:
        icon = "warning"
        label = "Numero"


class EmergenzeBlock(StreamBlock):
    """The emergency strip."""

    numero = NumeroBlock()


class GuidaIndexPage(ElencoMixin, RoutablePageMixin, BasePage):
    """The home of the guide: search, needs, emergency numbers, every entry."""

    introduzione = RichTextField("introduzione", blank=True, features=["bold", "italic", "link"])
    emergenze = StreamField(
        EmergenzeBlock(),
        verbose_name="numeri di emergenza",
        blank=True,
        default=predefinite,
        help_text="Sempre in testa alla guida e in ogni sua stampa",
    )

    content_panels = BasePage.content_panels + [FieldPanel("introduzione"), FieldPanel("emergenze")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["guide.SezioneGuidaPage", "guide.EstatePage", "guide.EssenzialePage"]
    max_count = 1

    class Meta:
        verbose_name = "Family Guide"

    @property
    def descrizione_di_riserva(self):
        return "I servizi per le famiglie del territorio: per chi sono, quando, dove, quanto costano, come si chiedono."

    @path("la-mia-lista/", name="lista")
    def lista(self, request):
        """The entries that a visitor put aside. The browser keeps which ones; `v` says them."""
        contesto = {**Page.get_context(self, request), **risposta(self, "lista")(self, request.GET.get("v", ""))}
        return TemplateResponse(request, "guide/la_mia_lista.html", contesto)


class SezioneGuidaPage(ElencoMixin, SezionePage):
    """One organisation's services."""

    is_creatable = False  # one is made with each organisation
    parent_page_types = ["guide.GuidaIndexPage"]
    subpage_types = ["guide.ServizioPage"]

    class Meta:
        verbose_name = "sezione della guida"
        verbose_name_plural = "sezioni della guida"

    @property
    def titolo_pubblico(self):
        return f"I servizi di {self.title}"

    @property
    def descrizione_di_riserva(self):
        return f"I servizi per le famiglie di {self.title}: per chi sono, quanto costano, come si chiedono."

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("organizzazione")
