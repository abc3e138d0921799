"""The page where visitors find the documents of the District: what the manager lists, and what the portal makes."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page

from ascolto.sondaggi.selettori import pubblicati
from base.models import BasePage, Documento
from registri.consultazioni.selettori import pubblicate as consultazioni_pubblicate

from .definitivi import Pubblicazione


class GenereDiDocumento(models.TextChoices):
    ATTO = "atto", "Atti"
    ACCORDO = "accordo", "Accordo del Distretto"
    PROGRAMMA = "programma", "Programmi di lavoro"
    RELAZIONE = "relazione", "Relazioni e report"
    STUDIO = "studio", "Studi"
    GUIDA = "guida", "Guide e pieghevoli"


class Licenza(models.TextChoices):
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0", "CC0, senza vincoli"
    ATTO = "atto", "Atto ufficiale, senza diritto d'autore"
    RISERVATA = "riservata", "Tutti i diritti riservati"
    NON_DETTA = "", "Non indicata"


class DocumentiPage(BasePage):
    """Every public document, by kind and year. What is listed here by hand stands in its rows."""

    licenza = models.CharField(
        "licenza di ciò che fa il portale",
        max_length=10,
        choices=Licenza,
        default=Licenza.CC_BY,
        blank=True,
        help_text="Relazioni, report e guida stampata; di ogni altro documento si dice accanto",
    )

    content_panels = BasePage.content_panels + [
        InlinePanel("righe", heading="Documenti", label="Documento"),
        FieldPanel("licenza"),
    ]
    parent_page_types = ["home.HomePage", "home.ContenutoPage"]
    subpage_types: list[str] = []
    max_count = 1
    nome_pubblico = "documenti"

    class Meta:
        verbose_name = "pagina dei documenti"

    @property
    def descrizione_di_riserva(self):
        return "Atti, accordo, programmi, relazioni, studi e guide del Distretto, da leggere e da scaricare."

    def get_sitemap_urls(self, request=None):
        """The page, and each document that it has as a page of its own."""
        radice = self.get_site().root_url
        pubblicate = Pubblicazione.objects.in_vigore().only("pk", "pubblicata_il")
        return super().get_sitemap_urls(request) + [
            *({"location": f"{radice}{una.get_absolute_url()}", "lastmod": una.pubblicata_il} for una in pubblicate),
            *({"location": f"{radice}{uno.url}", "lastmod": uno.pubblicato_il} for uno in pubblicati()),
            *({"location": f"{radice}{una.url}", "lastmod": una.pubblicata_il} for una in consultazioni_pubblicate()),
        ]


class RigaDeiDocumenti(Orderable):
    """A document that the manager lists: its file among the site's documents, and the same to be read otherwise.

    `gemello` is a page, `gemello_file` a file, that says the same to who cannot read the first.
    """

    pagina = ParentalKey(DocumentiPage, on_delete=models.CASCADE, related_name="righe")
    documento = models.ForeignKey(Documento, verbose_name="file", on_delete=models.CASCADE, related_name="+")
    genere = models.CharField("che cos'è", max_length=10, choices=GenereDiDocumento)
    anno = models.PositiveSmallIntegerField("anno", null=True, blank=True)
    licenza = models.CharField("licenza", max_length=10, choices=Licenza, blank=True)
    gemello = models.ForeignKey(
        Page,
        verbose_name="pagina che dice lo stesso",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Se il file non è accessibile: una pagina del sito, o un altro file, con le stesse cose",
    )
    gemello_file = models.ForeignKey(
        Documento,
        verbose_name="file accessibile",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("documento"),
        FieldRowPanel([FieldPanel("genere"), FieldPanel("anno"), FieldPanel("licenza")]),
        FieldRowPanel([FieldPanel("gemello"), FieldPanel("gemello_file")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "documento in elenco"
        verbose_name_plural = "documenti in elenco"

    def __str__(self):
        return str(self.documento)
