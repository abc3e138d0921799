"""A convention: what a partner offers, to whom, until when."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from base.models import PROMUOVI_SENZA_INDIRIZZO, BasePage
from base.telefoni import CampoTelefono
from cura.pagine import RaggiungibileMixin, RitirabileMixin
from cura.solleciti import da_verificare_dal
from organizzazioni.models import Organizzazione
from programma.alimentazione import CheCosaContaPanel, CollegamentoCriterio, Fatto, criteri_alimentati

from .. import validita
from ..forms import ConvenzioneForm
from .categorie import Categoria

TESTO = ["bold", "italic", "link", "ul", "ol"]
NUOVA = "convenzione_nuova"
"""What feeds the criterion of new conventions, in the facts of a programme."""


class ConvenzioneQuerySet(PageQuerySet):
    def in_vigore(self, giorno):
        """Published conventions that hold on `giorno`: the same rule as `validita.stato`, in the database's words."""
        return self.live().filter(
            Q(accordo__cessata_il=None) | Q(accordo__cessata_il__gt=giorno),
            Q(valida_fino_al=None) | Q(rinnovo_tacito=True) | Q(valida_fino_al__gte=giorno),
            accordo__firmata_il__lte=giorno,
            valida_dal__lte=giorno,
        )

    def con_accordo(self):
        return self.select_related("accordo")


class ConvenzionePage(RitirabileMixin, RaggiungibileMixin, CollegamentoCriterio, BasePage):
    """An agreement by which a partner gives better conditions to those who work for the network.

    What is written here is approved as any page; whether it is signed or withdrawn is in `Accordo`, outside of
    revisions. The public reads only its `Scheda`, made at publication.
    """

    class Cumulabile(models.TextChoices):
        SI = "si", "Si somma ad altri sconti"
        NO = "no", "Non si somma ad altri sconti"

    partner = models.CharField("partner", max_length=160, help_text="Chi offre le condizioni")
    categoria = models.ForeignKey(
        Categoria, verbose_name="categoria", on_delete=models.PROTECT, related_name="convenzioni"
    )
    testo = RichTextField("descrizione", blank=True, features=TESTO)
    esclusioni = models.TextField("esclusioni", blank=True, max_length=400)
    cumulabile = models.CharField("cumulabile", max_length=2, choices=Cumulabile, blank=True)
    riservata = models.BooleanField(
        "condizioni riservate a chi ha la card",
        default=False,
        help_text="Il pubblico vede che la convenzione c'è, non quanto offre",
    )
    per_dipendenti = models.BooleanField("dipendenti", default=True)
    per_familiari = models.BooleanField("familiari", default=False)
    per_collaboratori = models.BooleanField("collaboratori", default=False)
    solo_di = ParentalManyToManyField(
        Organizzazione,
        verbose_name="solo di queste organizzazioni",
        blank=True,
        related_name="+",
        limit_choices_to={"aderente_dal__isnull": False},
        help_text="Nessuna scelta: di tutte le aderenti",
    )
    aziende_esterne = models.TextField(
        "aziende fuori dalla rete", blank=True, max_length=400, help_text="Anche loro possono usarla: quali"
    )
    come_ottenerla = RichTextField("come si usa", blank=True, features=TESTO)
    on_line = models.BooleanField("on line", default=False)
    orari = models.CharField("orari", max_length=200, blank=True)
    telefono = CampoTelefono("telefono", blank=True)
    email = models.EmailField("e-mail", blank=True, help_text="Una casella di ufficio, non personale")
    sito = models.URLField("sito web", blank=True)
    valida_dal = models.DateField("valida dal")
    valida_fino_al = models.DateField(
        "valida fino al", null=True, blank=True, help_text="Ultimo giorno; vuoto se non finisce"
    )
    rinnovo_tacito = models.BooleanField("si rinnova da sola di anno in anno", default=False)
    preavviso = models.PositiveSmallIntegerField(
        "giorni di preavviso per la disdetta", default=0, validators=[MaxValueValidator(366)]
    )
    rinnovo = models.BooleanField(
        "è il rinnovo di una convenzione", default=False, help_text="I rinnovi non contano come convenzioni nuove"
    )
    precedente = models.ForeignKey(
        "self",
        verbose_name="convenzione di prima",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="rinnovi",
    )

    perche_insieme = None  # a convention names no criterion: it is proof of those of its own kind

    objects = PageManager.from_queryset(ConvenzioneQuerySet)()

    base_form_class = ConvenzioneForm
    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("title", heading="Titolo"),
                FieldPanel("partner"),
                FieldPanel("categoria"),
                FieldPanel("sommario"),
                FieldPanel("testo"),
            ],
            heading="Che cos'è",
        ),
        MultiFieldPanel(
            [
                InlinePanel("offerte", heading="Condizioni", label="Condizione"),
                FieldPanel("esclusioni"),
                FieldPanel("cumulabile"),
                FieldPanel("riservata", permission="organizzazioni.approva"),
            ],
            heading="Che cosa offre",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("per_dipendenti"), FieldPanel("per_familiari"), FieldPanel("per_collaboratori")]
                ),
                FieldPanel("solo_di", widget=CheckboxSelectMultiple),
                FieldPanel("aziende_esterne"),
                FieldPanel("come_ottenerla"),
            ],
            heading="Per chi, e come",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("valida_dal"), FieldPanel("valida_fino_al")]),
                FieldRowPanel([FieldPanel("rinnovo_tacito"), FieldPanel("preavviso")]),
                FieldPanel("rinnovo"),
            ],
            heading="Da quando a quando",
        ),
        MultiFieldPanel(
            [
                InlinePanel("luoghi", heading="Luoghi", label="Luogo"),
                FieldPanel("on_line"),
                FieldPanel("orari"),
                FieldRowPanel([FieldPanel("telefono"), FieldPanel("email")]),
                FieldPanel("sito"),
                FieldPanel("senza_recapito"),
            ],
            heading="Dove, e a chi rivolgersi",
        ),
        CheCosaContaPanel(heading="Vale come evidenza"),
        MultiFieldPanel(
            [FieldPanel("azioni_realizzate", widget=CheckboxSelectMultiple)],
            heading="Programma di lavoro",
            help_text="Facoltativo. Una convenzione nuova conta da sola per il criterio che la chiede",
            classname="collapsed",
        ),
    ]
    promote_panels = PROMUOVI_SENZA_INDIRIZZO
    search_fields = BasePage.search_fields + [index.SearchField("partner")]
    invito = "Proponi una convenzione"
    nome_pubblico = "convenzione"
    parent_page_types = ["convenzioni.SezioneConvenzioniPage"]
    subpage_types: list = []

    class Meta:
        verbose_name = "convenzione"
        verbose_name_plural = "convenzioni"

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("voce", "accordo")

    def clean(self):
        super().clean()
        errori = {}
        if self.valida_dal and self.valida_fino_al and self.valida_fino_al < self.valida_dal:
            errori["valida_fino_al"] = "L'ultimo giorno viene prima del primo"
        if self.rinnovo_tacito and not self.valida_fino_al:
            errori["valida_fino_al"] = "Se si rinnova da sola, scrivi quando finisce il primo periodo"
        if not (self.per_dipendenti or self.per_familiari or self.per_collaboratori):
            errori["per_dipendenti"] = "Scegli almeno chi la può usare"
        if errori:
            raise ValidationError(errori)

    @property
    def vigenza(self):
        accordo = getattr(self, "accordo", None)
        return validita.Vigenza(
            self.valida_dal,
            self.valida_fino_al,
            self.rinnovo_tacito,
            self.preavviso,
            accordo.firmata_il if accordo else None,
            accordo.cessata_il if accordo else None,
        )

    def da_confermare_dal(self, oggi):
        """The day from which its partner is to say whether it is still right, or None."""
        accordo = getattr(self, "accordo", None)
        return validita.da_confermare_dal(self.vigenza, accordo.giorno_della_risposta if accordo else None, oggi)

    def confermata(self, oggi):
        """Whether the last thing that its partner said is that it is right, less than a year ago."""
        accordo = getattr(self, "accordo", None)
        giorno = accordo.giorno_della_conferma if accordo else None
        return giorno is not None and validita.entro_l_anno(giorno, oggi)

    def da_verificare(self, oggi):
        """Whether the public reads that its partner has not confirmed it for too long."""
        dal = self.da_confermare_dal(oggi)
        return dal is not None and da_verificare_dal(dal) <= oggi

    def fatti(self):
        """A new convention is proof of the criterion that counts them, on the day it begins to hold; no renewal is.

        It holds because somebody signed it, and the signature is in no revision: it is decided on its own.
        """
        giorno = None if self.rinnovo else validita.attiva_dal(self.vigenza)
        if giorno is None:
            return []
        dove, firma = (self.full_url,) if self.full_url else (), self.accordo.firmata_da
        return [
            Fatto(
                criterio,
                giorno,
                argomento=self.partner,
                novita="nuova",
                dove=dove,
                a_parte=True,
                scritto_da=firma,
            )
            for criterio in criteri_alimentati(NUOVA, giorno)
        ]
