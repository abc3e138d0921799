"""News of the network."""

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from base.blocks import CorpoBlock
from base.models import BasePage
from organizzazioni.models import SezionePage
from programma.alimentazione import CollegamentoCriterio, Fatto


class NotizieIndexPage(BasePage):
    """All the news, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["notizie.SezioneNotiziePage"]
    max_count = 1

    class Meta:
        verbose_name = "elenco delle notizie"

    def get_context(self, request, *args, **kwargs):
        from .selettori import contesto_elenco

        return {**super().get_context(request, *args, **kwargs), **contesto_elenco(self, request.GET)}


class SezioneNotiziePage(SezionePage):
    """One organisation's news."""

    parent_page_types = ["notizie.NotizieIndexPage"]
    subpage_types = ["notizie.NotiziaPage"]

    class Meta:
        verbose_name = "sezione delle notizie"
        verbose_name_plural = "sezioni delle notizie"

    def get_context(self, request, *args, **kwargs):
        from .selettori import contesto_elenco

        return {**super().get_context(request, *args, **kwargs), **contesto_elenco(self, request.GET)}


class NotiziaPage(CollegamentoCriterio, BasePage):
    """A piece of news; it may realise actions and be proof of criteria."""

    data = models.DateField("data", default=timezone.localdate)
    immagine = models.ForeignKey(
        "base.Immagine", verbose_name="immagine", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    corpo = StreamField(CorpoBlock(), verbose_name="testo", blank=True)

    content_panels = BasePage.content_panels + [
        FieldPanel("data"), FieldPanel("immagine"), FieldPanel("corpo"), *CollegamentoCriterio.programma_panels,
    ]
    search_fields = BasePage.search_fields + [index.SearchField("corpo")]
    parent_page_types = ["notizie.SezioneNotiziePage"]
    subpage_types: list = []

    class Meta:
        verbose_name = "notizia"
        verbose_name_plural = "notizie"

    def fatti(self):
        """What this news proves: one fact for each criterion it names, on its own date."""
        return [Fatto(criterio=criterio, data=self.data) for criterio in self.criteri_serviti.all()]
