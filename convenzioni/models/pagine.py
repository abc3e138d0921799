"""The list of conventions and the organisations' sections."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from base.models import BasePage
from cura.pagine import ElencoMixin
from organizzazioni.models import SezionePage


class ConvenzioniIndexPage(ElencoMixin, BasePage):
    """Every convention in force."""

    introduzione = RichTextField("introduzione", blank=True, features=["bold", "italic", "link"])

    content_panels = BasePage.content_panels + [FieldPanel("introduzione")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["convenzioni.SezioneConvenzioniPage"]
    max_count = 1

    class Meta:
        verbose_name = "elenco delle convenzioni"

    @property
    def descrizione_di_riserva(self):
        return "Le convenzioni del Distretto per famiglie e dipendenti: chi le offre, a chi, e fino a quando valgono."


class SezioneConvenzioniPage(ElencoMixin, SezionePage):
    """One organisation's conventions."""

    is_creatable = False  # one is made with each organisation
    parent_page_types = ["convenzioni.ConvenzioniIndexPage"]
    subpage_types = ["convenzioni.ConvenzionePage"]

    class Meta:
        verbose_name = "sezione delle convenzioni"
        verbose_name_plural = "sezioni delle convenzioni"

    @property
    def titolo_pubblico(self):
        return f"Le convenzioni di {self.title}"

    @property
    def descrizione_di_riserva(self):
        return f"Le convenzioni di {self.title}: che cosa offrono, a chi, e fino a quando valgono."

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("organizzazione")
