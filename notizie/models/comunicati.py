"""A press release: numbered, with an embargo, attachments, and who took it up."""

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from base.telefoni import CampoTelefono
from programma.alimentazione import Fatto, criteri_alimentati

from ..forms import ComunicatoForm
from .pezzi import Pezzo

COMUNICATO = "comunicato"
"""What feeds the criterion of press releases, in the facts of a programme."""


class ComunicatoPage(Pezzo):
    """What is sent to the press. Published, it feeds the criterion that counts press releases by itself.

    The embargo is the page's own schedule: until its hour the page is not live, and what is not live is nowhere.
    """

    tipo = COMUNICATO
    invito = "Scrivi un comunicato"

    numero = models.PositiveSmallIntegerField(
        "numero", null=True, blank=True, help_text="Progressivo dell'anno della tua organizzazione"
    )
    embargo = models.DateTimeField(
        "embargo fino a",
        null=True,
        blank=True,
        help_text="Approvato prima, esce a quest'ora: fino ad allora nessuno lo vede. La data è quella dell'uscita",
    )
    contatto = models.CharField(
        "contatto per la stampa", max_length=160, blank=True, help_text="Un ufficio o un ruolo, non una persona"
    )
    contatto_telefono = CampoTelefono("telefono", blank=True)
    contatto_email = models.EmailField("e-mail", blank=True, help_text="Una casella di ufficio, non personale")

    content_panels = Pezzo.content_panels + [
        FieldRowPanel([FieldPanel("numero"), FieldPanel("data")]),
        FieldPanel("embargo"),
        FieldPanel("immagine"),
        FieldPanel("corpo"),
        InlinePanel("allegati", heading="Allegati", label="Allegato"),
        MultiFieldPanel(
            [FieldPanel("contatto"), FieldRowPanel([FieldPanel("contatto_telefono"), FieldPanel("contatto_email")])],
            heading="Contatti per la stampa",
        ),
        InlinePanel("riprese", heading="Ripreso da", label="Testata"),
        *Pezzo.programma_panels,
    ]
    settings_panels: list = []  # one hour only: the embargo
    base_form_class = ComunicatoForm
    exclude_fields_in_copy = [*Pezzo.exclude_fields_in_copy, "numero", "embargo", "riprese"]
    nome_pubblico = "comunicato stampa"

    class Meta:
        verbose_name = "comunicato stampa"
        verbose_name_plural = "comunicati stampa"

    def clean(self):
        super().clean()
        self.go_live_at = self.embargo
        if self.embargo:
            self.data = timezone.localdate(self.embargo)

    @property
    def numero_e_anno(self):
        return f"{self.numero}/{self.data.year}" if self.numero else ""

    def alimentati_da_se(self, giorno):
        return criteri_alimentati(COMUNICATO, giorno) if giorno else []

    def fatti(self):
        """A published press release is proof of the criterion that counts them, and of those that it names."""
        dove = (self.full_url,) if self.full_url else ()
        contati = [
            Fatto(criterio, self.data, dove=dove, argomento=self.title[:200], perche_insieme=self.perche_insieme)
            for criterio in self.alimentati_da_se(self.data)
        ]
        gia = {fatto.criterio.pk for fatto in contati}
        return contati + [fatto for fatto in super().fatti() if fatto.criterio.pk not in gia]


class AllegatoComunicato(Orderable):
    """A document that goes with a press release."""

    comunicato = ParentalKey(ComunicatoPage, on_delete=models.CASCADE, related_name="allegati")
    documento = models.ForeignKey(
        "base.Documento", verbose_name="documento", on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("documento")]

    class Meta(Orderable.Meta):
        verbose_name = "allegato"
        verbose_name_plural = "allegati"


class Ripresa(Orderable):
    """Where a press release was taken up."""

    comunicato = ParentalKey(ComunicatoPage, on_delete=models.CASCADE, related_name="riprese")
    testata = models.CharField("testata", max_length=120)
    url = models.URLField("indirizzo", blank=True)
    data = models.DateField("data", null=True, blank=True)

    panels = [FieldRowPanel([FieldPanel("testata"), FieldPanel("data")]), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = "ripresa"
        verbose_name_plural = "riprese"
