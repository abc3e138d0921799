"""Media and page models that every app builds on. No word of the domain here."""

import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.models import ClusterableModel  # noqa: F401  (re-exported for apps with inlines)
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtail.models import Page
from wagtail.search import index

from . import contesti, giorni  # noqa: F401  (giorni: which days every editor takes)
from .allegati import FileRifiutato, esamina
from .immagini import CampoFoto
from .riferimenti import PaginaForm
from .ritocchi import RestrizioniMixin, TitoloPanel
from .storia import Versione  # noqa: F401  (its table is of this app)


class Immagine(AbstractImage):
    """An image whose description is the text read aloud in its place."""

    file = CampoFoto(
        verbose_name="file",
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    credito = models.CharField("credito", max_length=200, blank=True, help_text="Autore o fonte")

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credito",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "immagine"
        verbose_name_plural = "immagini"

    def get_upload_to(self, filename):
        """Its address cannot be guessed: a picture is served to who knows it, of what is not published yet too."""
        return super().get_upload_to(f"{secrets.token_hex(6)}-{filename}")

    @property
    def default_alt_text(self):
        """The description alone: a file name says nothing to who cannot see the picture."""
        return self.description


class Variante(AbstractRendition):
    """A rendition of an `Immagine`."""

    image = models.ForeignKey(Immagine, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="variante_unica"),
        ]


class Documento(AbstractDocument):
    """A public document. Evidence files are not documents: see `programma.Allegato`."""

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = "documento"
        verbose_name_plural = "documenti"

    def clean(self):
        """Wagtail looks at the extension alone: a new file is judged by its content and its size, with what to do."""
        nuovo = getattr(self.file, "_file", None)
        if nuovo is not None and not self.file._committed:
            try:
                esamina(nuovo)
            except FileRifiutato as rifiuto:
                raise ValidationError({"file": str(rifiuto)}) from rifiuto
        super().clean()


PROMUOVI_SENZA_INDIRIZZO = [FieldPanel("seo_title"), FieldPanel("search_description")]
"""For entries that organisations write: Wagtail finds a free address itself, so two may have the same title."""


class BasePage(RestrizioniMixin, Page):
    """Every page of the site: a title and one sentence that lists and search results show."""

    sommario = models.CharField(
        "sommario", max_length=300, blank=True, help_text="Una o due frasi, mostrate negli elenchi e nei risultati"
    )

    base_form_class = PaginaForm
    content_panels = [TitoloPanel("title"), FieldPanel("sommario")]
    search_fields = Page.search_fields + [index.SearchField("sommario"), index.AutocompleteField("sommario")]
    show_in_menus_default = False
    antenate: list[Page] | None = None
    in_altra_lingua = False  # whether all of it is in the language whose code is its slug, from the right or not
    da_destra = False
    via_libera = False
    sommari_di_riserva: tuple[str, ...] = ()  # fields that say it in short where `sommario` is empty
    invito = ""  # the button that begins one, for who writes: "Scrivi una notizia"
    nome_pubblico = ""  # what a visitor calls this type of page, when it is not its verbose name

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return contesti.permessi(type(self))(user, self)

    def get_context(self, request, *args, **kwargs):
        funzione = contesti.funzione_di(type(self))
        return {**super().get_context(request, *args, **kwargs), **(funzione(self, request) if funzione else {})}

    def _set_core_field_defaults(self):
        """Wagtail makes the address from the letters of the title; where it has none, from what the page is."""
        super()._set_core_field_defaults()
        if not self.slug and self.title and not slugify(self.title, allow_unicode=True):
            self.slug = f"{slugify(self._meta.verbose_name)}-{self.translation_key.hex[:12]}"

    @classmethod
    def per_lettura(cls):
        """The queryset that a public request loads the page with; a page type joins here what its template reads."""
        return cls.objects.all()

    @property
    def titolo_pubblico(self):
        """How the page is called away from its place; sections, that have the name of their body, say of what."""
        return self.title

    @property
    def descrizione(self):
        """What search engines and shared links show of the page."""
        campi = ("search_description", "sommario", *self.sommari_di_riserva)
        return next((valore for campo in campi if (valore := getattr(self, campo))), "") or self.descrizione_di_riserva

    @property
    def descrizione_di_riserva(self):
        """The same where nobody wrote one: what is true of every page of its kind."""
        return ""

    @property
    def versione_pubblica(self):
        """What tells the version that the public reads from the next: every publication changes it."""
        quando = self.last_published_at.isoformat() if self.last_published_at else ""
        return f"{self.live_revision_id or ''} {quando}"


class Esecuzione(models.Model):
    """When a periodic command last ended well; see `base.salute`."""

    comando = models.CharField("comando", max_length=60, unique=True)
    ultima = models.DateTimeField("ultima volta")

    class Meta:
        verbose_name = "esecuzione"
        verbose_name_plural = "esecuzioni"

    def __str__(self):
        return self.comando


SENZA_TESTO = "il testo non si è potuto scrivere"


class InUscitaQuerySet(models.QuerySet):
    def da_spedire(self, adesso):
        """What may leave at `adesso`, oldest first."""
        return self.filter(stato=self.model.Stato.ATTESA, riprova_dal__lte=adesso)

    def in_attesa(self):
        return self.filter(stato=self.model.Stato.ATTESA)

    def in_ritardo(self, prima_di, tentativi):
        """What waits since before `prima_di`, or was tried so many times."""
        return self.in_attesa().filter(models.Q(creato_il__lt=prima_di) | models.Q(tentativi__gte=tentativi))

    def fermi(self):
        """What does not leave unless a person says so: refused, or perhaps sent already."""
        return self.filter(stato__in=(self.model.Stato.FALLITO, self.model.Stato.DUBBIO))

    def non_partiti(self):
        """What surely did not leave, and may be sent again."""
        return self.filter(stato=self.model.Stato.FALLITO).exclude(contenuto=None)


class MessaggioInUscita(models.Model):
    """An e-mail that has not left yet; once the mail server has it, the row goes. See `base.posta.operazioni`.

    `contenuto` is what makes it again, none where it could not be written; `a_chi` says who it is for, in words.
    """

    class Stato(models.TextChoices):
        ATTESA = "attesa", "In attesa"
        IN_CORSO = "in_corso", "In corso"
        FALLITO = "fallito", "Non partito"
        DUBBIO = "dubbio", "In dubbio"

    email = models.TextField("indirizzi")
    a_chi = models.CharField("a chi", max_length=200)
    oggetto = models.CharField("oggetto", max_length=255)
    contenuto = models.JSONField("contenuto", null=True)
    stato = models.CharField("stato", max_length=10, choices=Stato, default=Stato.ATTESA)
    creato_il = models.DateTimeField("creato il", default=timezone.now)
    preso_il = models.DateTimeField("preso il", null=True)
    tentativi = models.PositiveSmallIntegerField("tentativi", default=0)
    riprova_dal = models.DateTimeField("si spedisce dal", null=True, default=timezone.now)
    errore = models.CharField("perché non è partito", max_length=200, blank=True)

    objects = InUscitaQuerySet.as_manager()

    class Meta:
        verbose_name = "messaggio in uscita"
        verbose_name_plural = "messaggi in uscita"
        ordering = ["pk"]
        indexes = [models.Index(fields=["stato", "riprova_dal"], name="posta_da_spedire")]

    def __str__(self):
        """Without the address, which must not end in a log."""
        return f"Messaggio {self.pk}"

    @property
    def in_dubbio(self):
        return self.stato == self.Stato.DUBBIO

    @property
    def senza_testo(self):
        """Whether there is nothing to send again: who was to be told is told by a person."""
        return self.errore == SENZA_TESTO


class Battito(models.Model):
    """When there was last a sign of who is at work; see `base.battiti`."""

    chiave = models.CharField("chi", max_length=100, unique=True)
    visto_il = models.DateTimeField("visto il")

    class Meta:
        verbose_name = "battito"
        verbose_name_plural = "battiti"

    def __str__(self):
        return self.chiave


class VoceDiRiserva(models.Model):
    """What is kept while the shared cache does not answer: the table of `base.cache.CacheNelDatabase`."""

    cache_key = models.CharField("chiave", max_length=255, primary_key=True)
    value = models.TextField("valore")
    expires = models.DateTimeField("scade il", db_index=True)

    class Meta:
        db_table = "base_riserva"
        verbose_name = "voce di riserva"
        verbose_name_plural = "voci di riserva"

    def __str__(self):
        return self.cache_key


class TabellaScritta(models.Model):
    """That a table was written in: rows that the database makes by itself; see `base.pronte.tabelle_scritte`."""

    tabella = models.CharField("tabella", max_length=100)
    numero = models.BigIntegerField("numero")
    transazione = models.CharField("transazione", max_length=60, null=True)

    class Meta:
        verbose_name = "tabella scritta"
        verbose_name_plural = "tabelle scritte"
        indexes = [models.Index(fields=["tabella"], name="tabella_scritta")]

    def __str__(self):
        return f"{self.tabella} {self.numero}"
