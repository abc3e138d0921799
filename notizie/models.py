"""News of the network."""

from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Left, Length, NullIf
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from base.blocks import CorpoBlock
from base.models import PROMUOVI_SENZA_INDIRIZZO, BasePage
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


class SezioneNotizieQuerySet(PageQuerySet):
    def con_notizie(self):
        """Sections that hold live news, with the organisation and the days of the oldest and the newest."""
        giorni = NotiziaPage.objects.live().filter(path__startswith=OuterRef("path")).values("data")
        return self.select_related("organizzazione").annotate(
            prima=Subquery(giorni.order_by("data")[:1]), ultima=Subquery(giorni.order_by("-data")[:1])
        ).exclude(ultima=None)


class SezioneNotiziePage(SezionePage):
    """One organisation's news."""

    objects = PageManager.from_queryset(SezioneNotizieQuerySet)()

    parent_page_types = ["notizie.NotizieIndexPage"]
    subpage_types = ["notizie.NotiziaPage"]

    class Meta:
        verbose_name = "sezione delle notizie"
        verbose_name_plural = "sezioni delle notizie"

    def get_context(self, request, *args, **kwargs):
        from .selettori import contesto_elenco

        return {**super().get_context(request, *args, **kwargs), **contesto_elenco(self, request.GET)}


class NotiziaQuerySet(PageQuerySet):
    def con_organizzazione(self):
        """Annotate the owner, read from the section above: `organizzazione_chiave`, `organizzazione_nome`."""
        sezione = SezioneNotiziePage.objects.filter(path=OuterRef("percorso_sezione"))
        nome = Coalesce(NullIf("organizzazione__nome_breve", Value("")), "organizzazione__denominazione")
        return self.annotate(
            percorso_sezione=Left("path", Length("path") - Page.steplen),
            organizzazione_chiave=Subquery(sezione.values("organizzazione__chiave")[:1]),
            organizzazione_nome=Subquery(sezione.annotate(nome=nome).values("nome")[:1]),
        )

    def con_immagine(self):
        """With image and renditions, in one more query."""
        return self.select_related("immagine").prefetch_related("immagine__renditions")

    def piu_recenti(self):
        return self.order_by("-data", "-pk")


class NotiziaPage(CollegamentoCriterio, BasePage):
    """A piece of news; it may realise actions and be proof of criteria."""

    data = models.DateField("data", default=timezone.localdate)
    immagine = models.ForeignKey(
        "base.Immagine", verbose_name="immagine", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    corpo = StreamField(CorpoBlock(), verbose_name="testo", blank=True)

    organizzazione_chiave: str | None = None
    organizzazione_nome = ""

    objects = PageManager.from_queryset(NotiziaQuerySet)()

    content_panels = BasePage.content_panels + [
        FieldPanel("data"), FieldPanel("immagine"), FieldPanel("corpo"), *CollegamentoCriterio.programma_panels,
    ]
    promote_panels = PROMUOVI_SENZA_INDIRIZZO
    search_fields = BasePage.search_fields + [index.SearchField("corpo")]
    parent_page_types = ["notizie.SezioneNotiziePage"]
    subpage_types: list = []

    class Meta:
        verbose_name = "notizia"
        verbose_name_plural = "notizie"

    @classmethod
    def per_lettura(cls):
        return cls.objects.con_organizzazione().con_immagine()

    def get_context(self, request, *args, **kwargs):
        from .selettori import contesto_notizia

        return {**super().get_context(request, *args, **kwargs), **contesto_notizia(self)}

    def fatti(self):
        """What this news proves: one fact for each criterion it names, on its own date."""
        return [Fatto(criterio=criterio, data=self.data) for criterio in self.criteri_serviti.all()]
