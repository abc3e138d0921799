"""Home page and plain content pages."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from base.albero import Albero
from base.models import BasePage

from .blocks import CorpoDelSitoBlock


class HomePage(BasePage):
    """The front door: one question, the moments of life, and what the manager puts there, in the order they choose."""

    DOMANDA = "Di che cosa ha bisogno la tua famiglia?"

    titolo_principale = models.CharField(
        "domanda in testa", max_length=120, blank=True, help_text=f"Vuoto: «{DOMANDA}»"
    )
    introduzione = RichTextField(
        "che cos'è il Distretto",
        blank=True,
        features=["bold", "italic", "link"],
        help_text="Si legge in «Chi siamo», in fondo alla pagina",
    )

    content_panels = BasePage.content_panels + [
        FieldPanel("titolo_principale"),
        FieldPanel("introduzione"),
        InlinePanel("sezioni", heading="Che cosa si vede, e in che ordine", label="Sezione"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "pagina iniziale"

    @property
    def descrizione_di_riserva(self):
        return (
            "Servizi, centri estivi, convenzioni, eventi e notizie per le famiglie, dalle organizzazioni del Distretto."
        )

    def route(self, request, path_components):
        """Find the page on the path with one query, whatever its depth, and keep the tree for menus and breadcrumbs."""
        albero = request.albero = Albero.leggi(self, path_components)
        pagina = albero.ultima
        if pagina is not self:
            modello = pagina.specific_class
            nostra = modello is not None and issubclass(modello, BasePage)
            pagina = modello.per_lettura().get(pk=pagina.pk) if nostra else pagina.specific
        pagina.antenate, pagina.via_libera = albero.via[:-1], albero.libera
        resto = path_components[len(albero.via) - 1 :]
        return super().route(request, resto) if pagina is self else pagina.route(request, resto)


class SezioneHome(Orderable):
    """A section of the home page: what it shows, and how many. One with nothing to show is not seen."""

    class Tipo(models.TextChoices):
        SCADENZE = "scadenze", "Che cosa scade presto nella Family Guide"
        EVENTI = "eventi", "Gli eventi di questa settimana, o i prossimi"
        CONVENZIONI = "convenzioni", "La card e le convenzioni nuove"
        NOTIZIE = "notizie", "Le ultime notizie e i comunicati"
        SERVIZI = "servizi", "I servizi nuovi della Family Guide"
        PROGRAMMA = "programma", "Il programma in una riga"
        ADERENTI = "aderenti", "Chi siamo"

    pagina = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="sezioni")
    tipo = models.CharField("che cosa", max_length=12, choices=Tipo)
    quanti = models.PositiveSmallIntegerField(
        "quanti",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="Di scadenze, eventi, convenzioni, notizie, servizi",
    )

    panels = [FieldRowPanel([FieldPanel("tipo"), FieldPanel("quanti")])]

    class Meta(Orderable.Meta):
        verbose_name = "sezione della pagina iniziale"
        verbose_name_plural = "sezioni della pagina iniziale"

    def __str__(self):
        return self.get_tipo_display()

    @classmethod
    def consuete(cls):
        """Where a new site begins: what a family must not miss before, the District itself at the end."""
        tipi = cls.Tipo
        ordine = [tipi.SCADENZE, tipi.EVENTI, tipi.CONVENZIONI, tipi.NOTIZIE, tipi.PROGRAMMA, tipi.ADERENTI]
        return [
            cls(tipo=tipo, quanti=1 if tipo == tipi.NOTIZIE else 3, sort_order=posto)
            for posto, tipo in enumerate(ordine)
        ]


class ContenutoPage(BasePage):
    """A plain page: the District, its notes, its legal texts."""

    corpo = StreamField(CorpoDelSitoBlock(), verbose_name="testo", blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("corpo")]
    search_fields = BasePage.search_fields + [index.SearchField("corpo")]
    nome_pubblico = "pagina"
    parent_page_types = ["home.HomePage", "home.ContenutoPage"]
    subpage_types = ["home.ContenutoPage", "documenti.DocumentiPage"]

    class Meta:
        verbose_name = "pagina di contenuto"
        verbose_name_plural = "pagine di contenuto"
