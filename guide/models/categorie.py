"""The words by which the guide is ordered and searched. Data: the manager edits them, `guide/dati/` starts them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets.slug import SlugInput

from base.ritocchi import TitoloPanel

from ..eta import intervallo_in_parole
from ..freschezza import GIORNI
from .campi import ConPosizione, MesiField


class CategoriaAstratta(models.Model):
    """A word that entries are filed under. `chiave` stays in addresses and files, so it never changes."""

    chiave = models.SlugField("chiave", max_length=60, unique=True, help_text="Compare negli indirizzi: non si cambia")
    nome = models.CharField("nome", max_length=80)
    ordine = models.PositiveSmallIntegerField("ordine", default=0, help_text="Prima i numeri più bassi")

    panels = [
        TitoloPanel("nome", targets=["chiave"], placeholder=False, classname=""),
        FieldRowPanel([FieldPanel("chiave", widget=SlugInput), FieldPanel("ordine")]),
    ]

    class Meta:
        abstract = True
        ordering = ["ordine", "nome"]

    def __str__(self):
        return self.nome


class FasciaEta(CategoriaAstratta):
    """A band of age, from `dal_mesi` up to, and not including, `al_mesi`. Entries fall in bands by their own ages."""

    dal_mesi = MesiField("da")
    al_mesi = MesiField("a", null=True, blank=True, help_text="Esclusa; vuoto se non finisce")

    panels = [*CategoriaAstratta.panels, FieldRowPanel([FieldPanel("dal_mesi"), FieldPanel("al_mesi")])]

    class Meta(CategoriaAstratta.Meta):
        abstract = False
        verbose_name = "fascia d'età"
        verbose_name_plural = "fasce d'età"
        constraints = [
            models.CheckConstraint(
                condition=Q(al_mesi=None) | Q(al_mesi__gt=F("dal_mesi")), name="fascia_finisce_dopo"
            ),
        ]

    @property
    def intervallo(self):
        return intervallo_in_parole(self.dal_mesi, self.al_mesi)


class FaseVita(CategoriaAstratta):
    """A moment of family life: waiting for a child, starting school, growing old."""

    class Meta(CategoriaAstratta.Meta):
        abstract = False
        verbose_name = "momento della vita"
        verbose_name_plural = "momenti della vita"


class BisognoQuerySet(models.QuerySet):
    def di_secondo_livello(self):
        """Those under which entries are filed, grouped by the need that they belong to."""
        return self.exclude(padre=None).select_related("padre").order_by("padre__ordine", "padre", "ordine", "nome")


class Bisogno(CategoriaAstratta):
    """What a family looks for, in two levels. Entries are filed under the second, and found under both."""

    padre = models.ForeignKey(
        "self",
        verbose_name="fa parte di",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="figli",
        limit_choices_to={"padre": None},
        help_text="Vuoto per un bisogno del primo livello",
    )

    giorni_verifica = models.PositiveSmallIntegerField(
        "si conferma ogni (giorni)",
        null=True,
        blank=True,
        validators=[MinValueValidator(7), MaxValueValidator(1000)],
        help_text="Chi offre questi servizi riceve la richiesta di confermare la scheda. Vuoto: come il bisogno di cui "
        f"fa parte, o {GIORNI} giorni",
    )

    objects = BisognoQuerySet.as_manager()

    panels = [*CategoriaAstratta.panels, FieldPanel("padre"), FieldPanel("giorni_verifica")]

    class Meta(CategoriaAstratta.Meta):
        abstract = False
        verbose_name = "bisogno"
        verbose_name_plural = "bisogni"

    def __str__(self):
        return f"{self.padre.nome}: {self.nome}" if self.padre_id else self.nome

    def clean(self):
        super().clean()
        if self.padre_id and (self.padre_id == self.pk or self.padre.padre_id or (self.pk and self.figli.exists())):
            raise ValidationError({"padre": "I livelli sono due: un bisogno che ne contiene altri sta al primo"})


class Comune(ConPosizione, CategoriaAstratta):
    """A municipality of the territory, and the point of the map where its entries without a point of their own go.

    Postal code and province complete the addresses of the open data.
    """

    cap = models.CharField("CAP", max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}\Z", "Cinque cifre")])
    provincia = models.CharField("provincia", max_length=2, blank=True, help_text="La sigla")

    panels = [
        *CategoriaAstratta.panels,
        FieldRowPanel([FieldPanel("cap"), FieldPanel("provincia")]),
        FieldRowPanel([FieldPanel("latitudine"), FieldPanel("longitudine")]),
    ]

    class Meta(CategoriaAstratta.Meta):
        abstract = False
        verbose_name = "comune"
        verbose_name_plural = "comuni"


class Lingua(CategoriaAstratta):
    """A language in which a service is given; the key is its code (ISO 639, `mhn` is Mòcheno, `ise` is LIS)."""

    class Meta(CategoriaAstratta.Meta):
        abstract = False
        verbose_name = "lingua"
        verbose_name_plural = "lingue"
