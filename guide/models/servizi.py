"""An entry of the guide."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpResponse
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from base.contesti import risposta
from base.models import PROMUOVI_SENZA_INDIRIZZO, BasePage
from cura.pagine import RaggiungibileMixin, RitirabileMixin
from organizzazioni.models import Organizzazione

from ..forms import ServizioForm
from ..panels import CompletezzaPanel, EstatePanel
from .campi import MesiField
from .categorie import Bisogno, FaseVita, Lingua


def codice_di(chiave):
    """The code of the page with this `translation_key`, which no other page shares."""
    return f"fg-{chiave.hex[:12]}"


TESTO = ["bold", "italic", "link", "ul", "ol"]


class ServizioPage(RitirabileMixin, RaggiungibileMixin, RoutablePageMixin, BasePage):
    """A service for families, written by an organisation and approved by the manager.

    The public reads only its `scheda` (see `guide.scheda`), made at publication, where what is masked or hidden is not.
    """

    class Natura(models.TextChoices):
        PUBBLICO = "pubblico", "Ente pubblico"
        PRIVATO = "privato", "Ente privato"
        TERZO_SETTORE = "terzo_settore", "Terzo settore"

    class Costo(models.TextChoices):
        GRATUITO = "gratuito", "Gratuito"
        PAGAMENTO = "pagamento", "A pagamento"

    class Pasti(models.TextChoices):
        COMPRESI = "compresi", "Compresi nel prezzo"
        A_PARTE = "a_parte", "Si pagano a parte"
        AL_SACCO = "al_sacco", "Al sacco, da casa"
        NESSUNO = "nessuno", "Non si mangia"

    codice = models.SlugField(
        "codice", max_length=40, blank=True, editable=False, help_text="Riconosce il servizio nei file importati"
    )
    sommario = models.CharField(
        "in parole semplici",
        max_length=160,
        help_text="Che cosa fa e per chi, come lo diresti a voce: compare negli elenchi e nei risultati",
    )
    altri_nomi = models.CharField(
        "altri nomi", max_length=250, blank=True, help_text="Come altro lo chiamano le famiglie, separati da virgole"
    )
    testo = RichTextField("descrizione", blank=True, features=TESTO)
    erogatore = models.ForeignKey(
        Organizzazione,
        verbose_name="organizzazione della rete",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="servizi",
        help_text="Vuoto, e senza un ente esterno: l'organizzazione che scrive la scheda",
    )
    erogatore_esterno = models.CharField("oppure ente esterno alla rete", max_length=160, blank=True)
    natura = models.CharField("tipo di ente", max_length=15, choices=Natura)
    sito = models.URLField("pagina web del servizio", blank=True)
    per_chi = models.TextField("a chi si rivolge", blank=True, max_length=600)
    eta_minima = MesiField("da", null=True, blank=True)
    eta_massima = MesiField("a", null=True, blank=True, help_text="Vuoto se non c'è un limite")
    fasi = ParentalManyToManyField(FaseVita, verbose_name="momenti della vita", blank=True, related_name="servizi")
    bisogni = ParentalManyToManyField(Bisogno, verbose_name="bisogni", blank=True, related_name="servizi")
    etichette = ClusterTaggableManager(through="guide.ServizioTag", verbose_name="etichette", blank=True)
    on_line = models.BooleanField("si riceve on line", default=False)
    a_domicilio = models.BooleanField("a domicilio", default=False)
    tutto_il_territorio = models.BooleanField(
        "per tutto il territorio", default=False, help_text="Si trova cercando in ogni comune, ovunque sia la sede"
    )
    su_appuntamento = models.BooleanField("su appuntamento", default=False)
    note_orari = models.CharField("note sugli orari", max_length=200, blank=True)
    sospeso = models.BooleanField("temporaneamente chiuso", default=False)
    sospeso_motivo = models.CharField("motivo", max_length=160, blank=True)
    sospeso_fino_al = models.DateField("chiuso fino al", null=True, blank=True, help_text="Ultimo giorno di chiusura")
    costo = models.CharField("costo", max_length=10, choices=Costo, blank=True)
    icef = models.BooleanField("secondo ICEF o ISEE", default=False)
    convenzionato = models.BooleanField(
        "convenzionato", default=False, help_text="Con il Comune, la Provincia o l'azienda sanitaria"
    )
    note_costo = models.TextField("note sul costo", blank=True, max_length=600)
    come_accedere = RichTextField("come fare", blank=True, features=TESTO)
    documenti = models.TextField("cosa serve", blank=True, help_text="Un documento per riga; «Nessuno» se non servono")
    lingue = ParentalManyToManyField(Lingua, verbose_name="lingue", blank=True, related_name="servizi")
    estate_pasti = models.CharField("pasti", max_length=10, choices=Pasti, blank=True)
    estate_sconti = models.TextField(
        "sconti", blank=True, max_length=400, help_text="Fratelli, residenti, più settimane: quanto e per chi"
    )
    estate_convenzioni = models.TextField(
        "convenzioni con i datori di lavoro",
        blank=True,
        max_length=400,
        help_text="Con quali aziende o enti, e quanto risparmia chi ci lavora",
    )
    estate_disponibile = models.BooleanField(
        "disponibile a convenzioni con le aziende",
        default=False,
        help_text="Lo contano il rapporto estivo e il monitoraggio del programma",
    )
    immagine = models.ForeignKey(
        "base.Immagine", verbose_name="immagine", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    base_form_class = ServizioForm
    content_panels = [
        CompletezzaPanel(heading="Che cosa mancherebbe a una famiglia"),
        MultiFieldPanel(
            [
                FieldPanel("title", heading="Nome del servizio"),
                FieldPanel("altri_nomi"),
                FieldPanel("sommario"),
                FieldPanel("testo"),
                FieldPanel("immagine"),
            ],
            heading="Che cos'è",
        ),
        MultiFieldPanel(
            [
                FieldPanel("erogatore"),
                FieldPanel("erogatore_esterno"),
                FieldRowPanel([FieldPanel("natura"), FieldPanel("sito")]),
            ],
            heading="Chi lo offre",
        ),
        MultiFieldPanel(
            [
                FieldPanel("per_chi"),
                FieldRowPanel(
                    [FieldPanel("eta_minima", heading="Età da"), FieldPanel("eta_massima", heading="Età fino a")]
                ),
                FieldPanel("fasi", widget=CheckboxSelectMultiple, classname="guida-scelte"),
                FieldPanel("bisogni", widget=CheckboxSelectMultiple, classname="guida-scelte"),
                FieldPanel("etichette"),
            ],
            heading="Per chi",
        ),
        MultiFieldPanel(
            [
                InlinePanel("luoghi", heading="Luoghi", label="Luogo"),
                FieldRowPanel([FieldPanel("on_line"), FieldPanel("a_domicilio"), FieldPanel("tutto_il_territorio")]),
            ],
            heading="Dove",
        ),
        MultiFieldPanel(
            [
                InlinePanel("orari", heading="Orario settimanale", label="Fascia oraria"),
                FieldPanel("su_appuntamento"),
                FieldPanel("note_orari"),
                InlinePanel("periodi", heading="Stagioni e chiusure", label="Periodo"),
                FieldRowPanel(
                    [FieldPanel("sospeso"), FieldPanel("sospeso_motivo"), FieldPanel("sospeso_fino_al")],
                    heading="Chiusura temporanea",
                ),
            ],
            heading="Quando",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("costo"), FieldPanel("icef"), FieldPanel("convenzionato")]),
                InlinePanel("tariffe", heading="Importi", label="Importo"),
                FieldPanel("note_costo"),
            ],
            heading="Quanto costa",
        ),
        MultiFieldPanel(
            [
                FieldPanel("come_accedere"),
                FieldPanel("documenti"),
                InlinePanel("scadenze", heading="Scadenze", label="Scadenza"),
                InlinePanel("allegati", heading="Allegati", label="Allegato"),
            ],
            heading="Come averlo",
        ),
        EstatePanel(
            [
                InlinePanel("settimane_estive", heading="Settimane", label="Settimana"),
                FieldPanel("estate_pasti"),
                FieldPanel("estate_sconti"),
                FieldPanel("estate_convenzioni"),
                FieldPanel("estate_disponibile"),
            ],
            heading="Centro estivo",
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                InlinePanel("contatti", heading="Contatti", label="Contatto"),
                FieldPanel("senza_recapito"),
                FieldPanel("lingue", widget=CheckboxSelectMultiple, classname="guida-scelte"),
            ],
            heading="A chi rivolgersi",
        ),
    ]
    promote_panels = PROMUOVI_SENZA_INDIRIZZO
    search_fields = BasePage.search_fields + [
        index.SearchField("altri_nomi"),
        index.SearchField("testo"),
        index.SearchField("per_chi"),
    ]
    invito = "Aggiungi un servizio"
    nome_pubblico = "servizio"
    parent_page_types = ["guide.SezioneGuidaPage"]
    subpage_types: list = []
    exclude_fields_in_copy = ["codice"]

    class Meta:
        verbose_name = "servizio"
        verbose_name_plural = "servizi"
        constraints = [
            models.UniqueConstraint(fields=["codice"], condition=~models.Q(codice=""), name="codice_unico"),
        ]

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("voce", "immagine").prefetch_related("immagine__renditions")

    def save(self, *args, **kwargs):
        """A code is given once and stays; an alias is no entry of its own and has none."""
        if self.alias_of_id:
            self.codice = ""
        elif not self.codice:
            self.codice = codice_di(self.translation_key)
        return super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        errori = {}
        if self.erogatore_id and self.erogatore_esterno:
            errori["erogatore_esterno"] = "Scegli un'organizzazione della rete o scrivi un ente esterno, non entrambi"
        if self.eta_minima is not None and self.eta_massima is not None and self.eta_massima < self.eta_minima:
            errori["eta_massima"] = "L'età massima viene prima della minima"
        if self.sospeso and not self.sospeso_motivo:
            errori["sospeso_motivo"] = "Scrivi il motivo: chi arriva davanti a una porta chiusa lo vuole sapere"
        if errori:
            raise ValidationError(errori)

    @path("scadenze/", name="scadenze")
    def scadenze_da_scaricare(self, request):
        """The deadlines, for one's own calendar."""
        contenuto = risposta(self, "scadenze")(self, self.get_full_url(request))
        if contenuto is None:
            raise Http404
        intestazioni = {"Content-Disposition": f'attachment; filename="{self.slug}.ics"', "X-Robots-Tag": "noindex"}
        return HttpResponse(contenuto, "text/calendar; charset=utf-8", headers=intestazioni)
