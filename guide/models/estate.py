"""Summer services: the weeks of an entry, the places left, the page that compares them."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.url_routing import RouteResult

from base.contesti import risposta
from base.models import BasePage

from ..estate.settimane import anno_di, chiave_turno, gruppo_in_parole, in_breve, stessa_settimana
from .campi import MesiField


class SettimanaEstiva(Orderable):
    """One week, for some ages, at some hours, at a price. Two groups in the same week are two rows."""

    servizio = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="settimane_estive")
    dal = models.DateField("dal")
    al = models.DateField("al", help_text="Della stessa settimana")
    dalle = models.TimeField("dalle", null=True, blank=True)
    alle = models.TimeField("alle", null=True, blank=True)
    eta_minima = MesiField("da", null=True, blank=True, help_text="Vuoto: l'età scritta nella scheda")
    eta_massima = MesiField("a", null=True, blank=True)
    prezzo = models.DecimalField(
        "prezzo in euro",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Per la settimana intera; 0 se è gratuita",
    )
    prezzo_da_verificare = models.BooleanField(
        "prezzo da verificare",
        default=False,
        help_text="È quello dell'anno prima: finché resta, il pubblico non lo vede",
    )
    posti = models.PositiveSmallIntegerField(
        "posti in tutto", null=True, blank=True, help_text="Quelli liberi si aggiornano da «Centri estivi»"
    )

    panels = [
        FieldRowPanel([FieldPanel("dal"), FieldPanel("al"), FieldPanel("dalle"), FieldPanel("alle")]),
        FieldRowPanel([FieldPanel("eta_minima", heading="Età da"), FieldPanel("eta_massima", heading="Età fino a")]),
        FieldRowPanel([FieldPanel("prezzo"), FieldPanel("prezzo_da_verificare"), FieldPanel("posti")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "settimana estiva"
        verbose_name_plural = "settimane estive"

    def __str__(self):
        return in_breve(self.dal, self.al)

    def clean(self):
        super().clean()
        errori = {}
        if self.dal and self.al and self.al < self.dal:
            errori["al"] = "L'ultimo giorno viene prima del primo"
        elif self.dal and self.al and not stessa_settimana(self.dal, self.al):
            errori["al"] = "Una riga è una settimana: per più settimane insieme usa «Centri estivi»"
        if (self.dalle is None) != (self.alle is None):
            errori["alle"] = "Scrivi l'ora di inizio e quella di fine, o nessuna"
        elif self.dalle and self.alle and self.alle <= self.dalle:
            errori["alle"] = "La fine viene prima dell'inizio"
        if self.eta_minima is not None and self.eta_massima is not None and self.eta_massima < self.eta_minima:
            errori["eta_massima"] = "L'età massima viene prima della minima"
        if errori:
            raise ValidationError(errori)

    @property
    def anno(self):
        return anno_di(self.dal)

    @property
    def gruppo(self):
        """ "da 6 a 11 anni, 8–16:30"; empty when ages and hours are those of the entry."""
        return gruppo_in_parole(self.dalle, self.alle, self.eta_minima, self.eta_massima)

    @property
    def turno(self):
        """The key of its places left."""
        return chiave_turno(self.dal, self.dalle, self.alle, self.eta_minima, self.eta_massima)


class PostiLiberi(models.Model):
    """Places left in one week, on one day. Outside of revisions: a draft never writes an old number over a new one."""

    servizio = models.ForeignKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="posti_liberi")
    turno = models.CharField(max_length=60)
    posti = models.PositiveSmallIntegerField("posti liberi")
    al = models.DateField("al")

    class Meta:
        verbose_name = "posti liberi"
        verbose_name_plural = "posti liberi"
        constraints = [models.UniqueConstraint(fields=["servizio", "turno"], name="posti_liberi_una_volta_per_turno")]

    def __str__(self):
        return f"{self.turno}: {self.posti}"


class EstatePage(BasePage):
    """The summer services of every year, week by week; each year at its own address (`estate/2026/`)."""

    anno: int | None = None

    parent_page_types = ["guide.GuidaIndexPage"]
    subpage_types: list = []
    max_count = 1

    class Meta:
        verbose_name = "confronto dei centri estivi"

    def route(self, request, path_components):
        """`2026/` below its own address is the summer of that year; without it, the one that matters today."""
        if len(path_components) == 1 and len(path_components[0]) == 4 and path_components[0].isdecimal():
            return RouteResult(self, kwargs={"anno": int(path_components[0])})
        return super().route(request, path_components)

    def get_url_parts(self, *args, **kwargs):
        """The address of the year that is being served, for the canonical link and the breadcrumbs."""
        parti = super().get_url_parts(*args, **kwargs)
        return parti if parti is None or self.anno is None else (*parti[:2], f"{parti[2]}{self.anno}/")

    def serve(self, request, anno=None):
        return risposta(self, "confronto")(self, request, anno)
