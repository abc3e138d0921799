"""The programme of a year and its actions, as pages."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from base.contesti import risposta
from base.models import BasePage
from base.riferimenti import PaginaForm
from base.storia import QuerySetOsservato
from organizzazioni.models import Organizzazione

from .. import flusso_programma


class Classificazione(models.Model):
    """A code of the Province's classification of actions (`A0301`)."""

    codice = models.CharField("codice", max_length=10, unique=True)
    titolo = models.CharField("titolo", max_length=250)

    class Meta:
        verbose_name = "classificazione"
        verbose_name_plural = "classificazioni"
        ordering = ["codice"]

    def __str__(self):
        return f"{self.codice} {self.titolo}"


class ProgrammiIndexPage(BasePage):
    """All the programmes, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["programma.ProgrammaPage"]
    max_count = 1

    class Meta:
        verbose_name = "elenco dei programmi di lavoro"

    @property
    def descrizione_di_riserva(self):
        return "I programmi di lavoro del Distretto, anno per anno: le azioni, chi le realizza, a che punto sono."


def senza_programma(giorno):
    """What is said of a day that no programme holds."""
    return f"nessun programma comprende il {giorno:%d/%m/%Y}"


class ProgrammaQuerySet(QuerySetOsservato, PageQuerySet):
    """Programmes, whose period and state have a history."""

    def del_giorno(self, giorno):
        """The programme whose period holds `giorno` (a date), whatever its state; None when there is none."""
        return self.filter(dal__lte=giorno, scadenza__gte=giorno).order_by("-anno").first()

    def che_si_sovrappongono(self, dal, scadenza):
        """Those of whose period some day lies between `dal` and `scadenza`, both included."""
        return self.filter(dal__lte=scadenza, scadenza__gte=dal).order_by("anno")

    def aperti(self):
        """Those for which evidence may be given, newest first."""
        return self.filter(stato__in=self.model.APERTI).order_by("-anno")


class ProgrammaPage(BasePage):
    """The programme of one year: acts, period, state. Its state changes only through `operazioni`."""

    class Stato(models.TextChoices):
        BOZZA = flusso_programma.BOZZA, flusso_programma.ETICHETTE[flusso_programma.BOZZA]
        APPROVATO = flusso_programma.APPROVATO, flusso_programma.ETICHETTE[flusso_programma.APPROVATO]
        CHIUSO = flusso_programma.CHIUSO, flusso_programma.ETICHETTE[flusso_programma.CHIUSO]

    APERTI = (Stato.BOZZA, Stato.APPROVATO)
    """States in which evidence is given: a draft takes that of its own days, which waits for the act with it."""

    anno = models.PositiveSmallIntegerField("anno", unique=True)
    dal = models.DateField("dal")
    scadenza = models.DateField("scadenza", help_text="Ultimo giorno dei fatti che contano")
    aderenti_al = models.DateField("aderenti alla data", null=True, blank=True)
    atto_tipo = models.CharField("tipo di atto", max_length=100, blank=True)
    atto_numero = models.CharField("numero", max_length=30, blank=True)
    atto_data = models.DateField("data", null=True, blank=True)
    atto_riferimento = models.CharField("riferimento", max_length=60, blank=True)
    atto_indirizzo = models.URLField(
        "indirizzo dell'atto", blank=True, help_text="Dove l'atto è pubblicato, per intero"
    )
    delibera_organo = models.CharField("organo", max_length=100, blank=True)
    delibera_numero = models.CharField("numero", max_length=30, blank=True)
    delibera_data = models.DateField("data", null=True, blank=True)
    protocollo_numero = models.CharField("protocollo di trasmissione", max_length=30, blank=True)
    protocollo_data = models.DateField("data di trasmissione", null=True, blank=True)
    note = models.TextField("note di lettura", blank=True, help_text="Una per riga")
    pubblica_avanzamento = models.BooleanField(
        "pubblica l'avanzamento", default=False, help_text="Mostra al pubblico il punteggio indicativo delle azioni"
    )
    stato = models.CharField("stato", max_length=10, choices=Stato, default=Stato.BOZZA, editable=False)

    objects = PageManager.from_queryset(ProgrammaQuerySet)()

    content_panels = BasePage.content_panels + [
        FieldRowPanel([FieldPanel("anno"), FieldPanel("dal"), FieldPanel("scadenza"), FieldPanel("aderenti_al")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("atto_tipo"), FieldPanel("atto_numero")]),
                FieldRowPanel([FieldPanel("atto_data"), FieldPanel("atto_riferimento")]),
                FieldPanel("atto_indirizzo"),
            ],
            heading="Atto di approvazione",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("delibera_organo"), FieldPanel("delibera_numero"), FieldPanel("delibera_data")]
                ),
                FieldRowPanel([FieldPanel("protocollo_numero"), FieldPanel("protocollo_data")]),
            ],
            heading="Delibera dell'ente capofila e trasmissione",
        ),
        FieldPanel("note"),
    ]
    settings_panels = BasePage.settings_panels + [FieldPanel("pubblica_avanzamento")]
    parent_page_types = ["programma.ProgrammiIndexPage"]
    subpage_types = ["programma.AzionePage"]

    class Meta:
        verbose_name = "programma di lavoro"
        verbose_name_plural = "programmi di lavoro"
        constraints = [
            models.CheckConstraint(condition=models.Q(scadenza__gte=models.F("dal")), name="programma_finisce_dopo"),
        ]

    @property
    def descrizione_di_riserva(self):
        return f"{self.title}: le azioni del Distretto, chi le realizza e a che punto sono."

    def clean(self):
        super().clean()
        if self.dal and self.scadenza and self.scadenza < self.dal:
            raise ValidationError({"scadenza": "La scadenza viene prima dell'inizio del periodo"})
        if self.dal and self.scadenza:
            self._esigi_giorni_di_un_programma_solo()

    def minimal_clean(self):
        """All that is asked of a draft when it is saved: it takes evidence, so its days are its own already."""
        super().minimal_clean()
        if self.dal and self.scadenza:
            self._esigi_giorni_di_un_programma_solo()

    def _esigi_giorni_di_un_programma_solo(self):
        """A day is of one programme only: of a fact of that day nobody would know whose it is.

        A period that is not touched is not looked at: what was there before stays, and can be published.
        """
        programmi = ProgrammaPage.objects.all()
        if programmi.filter(pk=self.pk, dal=self.dal, scadenza=self.scadenza).exists():
            return
        if altro := programmi.exclude(pk=self.pk).che_si_sovrappongono(self.dal, self.scadenza).first():
            periodo = f"dal {altro.dal:%d/%m/%Y} al {altro.scadenza:%d/%m/%Y}"
            raise ValidationError({"dal": f"Il periodo si sovrappone a quello del programma {altro.anno}, {periodo}"})

    def with_content_json(self, content):
        """A revision never carries the state: it belongs to the programme, not to one wording of it."""
        pagina = super().with_content_json(content)
        pagina.stato = self.stato
        return pagina

    def comprende(self, giorno):
        """Whether `giorno` (a date) lies in the period, both ends included."""
        return self.dal <= giorno <= self.scadenza

    def perche_non_comprende(self, giorno):
        """Why a fact of `giorno` is not of this programme, and of which it is; empty when it is of this one."""
        if self.comprende(giorno):
            return ""
        altro = ProgrammaPage.objects.del_giorno(giorno)
        if altro is None:
            return senza_programma(giorno)
        if altro.chiuso:
            return f"il {giorno:%d/%m/%Y} è del programma {altro.anno}, che è chiuso: non accetta più evidenze"
        return f"il {giorno:%d/%m/%Y} è del programma {altro.anno}: scegli tra i suoi criteri"

    @property
    def in_attesa_dell_atto(self):
        """Whether it is a draft: what is given for it counts, but its criteria may still change."""
        return self.stato == self.Stato.BOZZA

    @property
    def chiuso(self):
        return self.stato == self.Stato.CHIUSO

    def get_lock(self):
        return risposta(self, "blocco")(self) or super().get_lock()


class CheCosaCambiaPanel(Panel):
    """In the editor of an action of a draft: what differs from the one of the year before from which it comes."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "programma/admin/pannello_che_cosa_cambia.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk and self.instance.precedente_id)

        def get_context_data(self, parent_context=None):
            azione = self.instance
            return super().get_context_data(parent_context) | {
                "precedente": azione.precedente,
                "sorte": azione.get_sorte_display(),
                **risposta(azione, "che cosa cambia")(azione),
            }


class AzioneForm(PaginaForm):
    """Under an approved programme only sheets born during the year are added; the act's own have a number each."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.programma = ProgrammaPage.objects.filter(pk=self.parent_page.pk).first() if self.parent_page else None
        if self.programma and self.programma.stato == ProgrammaPage.Stato.APPROVATO and not self.instance.pk:
            self.initial["fuori_programma"] = True

    def clean(self):
        dati = super().clean()
        fuori, numero = dati.get("fuori_programma"), dati.get("numero")
        if self.programma and self.programma.stato != ProgrammaPage.Stato.BOZZA and not fuori:
            self.add_error("fuori_programma", "Il programma è approvato: si aggiungono solo schede «fuori programma»")
        elif fuori and numero:
            self.add_error("numero", "Una scheda fuori programma non ha numero: i numeri sono quelli dell'atto")
        elif not fuori and not numero:
            self.add_error("numero", "Indica il numero dell'azione nell'atto")
        elif numero and self.programma:
            altre = AzionePage.objects.child_of(self.programma).filter(numero=numero).exclude(pk=self.instance.pk)
            if altre.exists():
                self.add_error("numero", f"L'azione {numero} c'è già in questo programma")
        return dati


class AzionePage(BasePage):
    """One of the programme's co-designed actions, or a sheet born during the year (`fuori_programma`, M4).

    `precedente` is the one of the year before from which it comes, and `sorte` what was meant when it was taken over.
    """

    class Sorte(models.TextChoices):
        MANTENUTA = "mantenuta", "Resta com'è"
        PROSEGUE = "prosegue", "Prosegue"
        CAMBIATA = "cambiata", "Cambia"

    numero = models.PositiveSmallIntegerField(
        "numero", null=True, blank=True, help_text="Vuoto per i progetti nati nell'anno"
    )
    area = models.CharField("area", max_length=120)
    obiettivo_generale = models.TextField("obiettivo generale", blank=True)
    obiettivo_specifico = models.TextField("obiettivo specifico", blank=True)
    azioni = models.TextField("azioni", blank=True)
    altre = ParentalManyToManyField(
        Organizzazione, verbose_name="altre organizzazioni coinvolte", blank=True, related_name="azioni_coinvolte"
    )
    altre_testo = models.CharField("altre organizzazioni (testo)", max_length=250, blank=True)
    tempi = models.CharField("tempi", max_length=120, blank=True)
    indicatori = models.TextField(
        "indicatori di valutazione", blank=True, help_text="Solo per i progetti fuori programma: uno per riga"
    )
    percentuali = models.TextField(
        "percentuali di realizzazione", blank=True, help_text="Solo per i progetti fuori programma: una per indicatore"
    )
    classificazioni = ParentalManyToManyField(Classificazione, verbose_name="classificazioni", blank=True)
    fuori_programma = models.BooleanField(
        "fuori programma", default=False, help_text="Progetto nato durante l'anno e non previsto dall'atto"
    )

    precedente = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="seguenti"
    )
    sorte = models.CharField("rispetto all'anno prima", max_length=10, blank=True, editable=False, choices=Sorte)

    content_panels = (
        [CheCosaCambiaPanel(heading="Rispetto all'anno prima")]
        + BasePage.content_panels
        + [
            FieldRowPanel([FieldPanel("numero"), FieldPanel("area"), FieldPanel("fuori_programma")]),
            FieldPanel("obiettivo_generale"),
            FieldPanel("obiettivo_specifico"),
            FieldPanel("azioni"),
            InlinePanel("referenti", heading="Organizzazioni referenti", label="Referente"),
            MultiFieldPanel([FieldPanel("altre"), FieldPanel("altre_testo")], heading="Altre organizzazioni coinvolte"),
            FieldPanel("tempi"),
            MultiFieldPanel(
                [FieldPanel("indicatori"), FieldPanel("percentuali")], heading="Valutazione (fuori programma)"
            ),
            FieldPanel("classificazioni"),
            HelpPanel(template="programma/admin/parole_dell_atto.html", heading="Testo dell'atto"),
        ]
    )
    search_fields = BasePage.search_fields + [
        index.SearchField("obiettivo_generale"),
        index.SearchField("obiettivo_specifico"),
        index.SearchField("azioni"),
    ]
    sommari_di_riserva = ("obiettivo_specifico",)
    base_form_class = AzioneForm
    parent_page_types = ["programma.ProgrammaPage"]
    subpage_types: list = []

    class Meta:
        verbose_name = "azione"
        verbose_name_plural = "azioni"

    def __str__(self):
        return f"{self.codice} · {self.title}" if self.numero else self.title

    @property
    def codice(self):
        """`P5` for action 5; empty outside the programme."""
        return f"P{self.numero}" if self.numero else ""

    def campi_mancanti(self):
        """The labels, in Italian, of the seven fields of the act (M4) that are still empty."""
        organizzazioni = self.referenti.exists() or self.altre.exists() or self.altre_testo
        campi = {
            "titolo": self.title,
            "obiettivo generale": self.obiettivo_generale,
            "obiettivo specifico": self.obiettivo_specifico,
            "azioni": self.azioni,
            "organizzazioni coinvolte": organizzazioni,
            "indicatori": self.indicatori,
            "percentuali": self.percentuali,
        }
        return [nome for nome, valore in campi.items() if not valore]

    def get_lock(self):
        return risposta(self, "blocco")(self) or super().get_lock()


def azioni_di(enti):
    """The actions that some of `enti` (bodies) lead or are involved in, of any year; one may come twice."""
    return AzionePage.objects.filter(models.Q(referenti__organizzazione__in=enti) | models.Q(altre__in=enti))


class ReferenteAzione(Orderable):
    """A body that leads an action, in the order of the act; it may be outside the network."""

    azione = ParentalKey(AzionePage, on_delete=models.CASCADE, related_name="referenti")
    organizzazione = models.ForeignKey(Organizzazione, on_delete=models.PROTECT, related_name="azioni_guidate")

    class Meta(Orderable.Meta):
        verbose_name = "organizzazione referente"
        verbose_name_plural = "organizzazioni referenti"
