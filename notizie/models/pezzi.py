"""What a piece of news, a press release and an event have in common."""

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from base.blocks import CorpoBlock
from base.elenchi import senza_riservate
from base.models import PROMUOVI_SENZA_INDIRIZZO, BasePage
from base.percorsi import percorso_della_madre
from programma.alimentazione import CollegamentoCriterio, Fatto


def con_organizzazione(pagine, **altri):
    """Annotate pages of sections with `organizzazione_nome`, whose the section above them is, and with `altri` of its
    fields: name of the annotation, field of the organisation."""
    sezione = apps.get_model("notizie.SezioneNotiziePage").objects.filter(path=OuterRef("percorso_sezione"))
    nome = Coalesce(NullIf("organizzazione__nome_breve", Value("")), "organizzazione__denominazione")
    return pagine.annotate(
        percorso_sezione=percorso_della_madre(),
        organizzazione_nome=Subquery(sezione.annotate(nome=nome).values("nome")[:1]),
        **{come: Subquery(sezione.values(f"organizzazione__{campo}")[:1]) for come, campo in altri.items()},
    )


class PezzoQuerySet(PageQuerySet):
    def pubblici(self):
        """Live, and for everyone to read."""
        return senza_riservate(self.live())

    def con_organizzazione(self):
        return con_organizzazione(self)

    def con_immagine(self):
        """With image and renditions, in one more query."""
        return self.select_related("immagine").prefetch_related("immagine__renditions")


class Pezzo(CollegamentoCriterio, BasePage):
    """Something to read, dated, of one organisation; it may realise actions and be proof of criteria.

    A type of piece adds its fields and its panels, and says with `tipo` how addresses and filters call it.
    """

    tipo = ""
    organizzazione_nome = ""  # of the section: read with `con_organizzazione`

    data = models.DateField("data", default=timezone.localdate)
    immagine = models.ForeignKey(
        "base.Immagine", verbose_name="immagine", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    corpo = StreamField(CorpoBlock(), verbose_name="testo", blank=True)

    objects = PageManager.from_queryset(PezzoQuerySet)()

    promote_panels = PROMUOVI_SENZA_INDIRIZZO
    search_fields = BasePage.search_fields + [index.SearchField("corpo")]
    parent_page_types = ["notizie.SezioneNotiziePage"]
    subpage_types: list = []

    class Meta:
        abstract = True

    @classmethod
    def per_lettura(cls):
        return cls.objects.con_organizzazione().con_immagine()

    @property
    def copertina(self):
        """The picture as who shares the page shows it."""
        return self.immagine.get_rendition("fill-1200x675") if self.immagine else None

    def fatti(self):
        """What this piece proves: one fact for each criterion it names, on its own date."""
        return [
            Fatto(criterio=criterio, data=self.data, perche_insieme=self.perche_insieme)
            for criterio in self.criteri_serviti.all()
        ]
