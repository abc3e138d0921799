"""The newsletter: who asked for it, what is sent, and one row for each message."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from base.righe import ModuloConRighe

from ..newsletter.codici import perche


class IscrittoQuerySet(models.QuerySet):
    def attivi(self):
        """Those to whom an issue is sent: they confirmed, and their mailbox takes mail."""
        return self.exclude(confermata_il=None).filter(respinto_il=None)

    def da_confermare(self):
        return self.filter(confermata_il=None)

    def respinti(self):
        """Those whose mailbox refused too many times: nothing is sent to them any more."""
        return self.exclude(respinto_il=None)


class Iscritto(models.Model):
    """An address to which the newsletter is sent, and nothing else about whose it is.

    Deleted, it leaves no address anywhere: the deliveries that it had keep no more than their state.
    """

    email = models.EmailField("e-mail", unique=True, help_text="In minuscolo")
    chiesta_il = models.DateTimeField("chiesta il", default=timezone.now)
    scritto_il = models.DateTimeField("ultimo messaggio sull'iscrizione", null=True)
    confermata_il = models.DateTimeField("confermata il", null=True, blank=True)
    consenso = models.CharField("versione del consenso", max_length=20)
    rifiuti = models.PositiveSmallIntegerField("rifiuti di seguito", default=0)
    ultimo_rifiuto = models.CharField("codice dell'ultimo rifiuto", max_length=20, blank=True)
    respinto_il = models.DateTimeField("respinto il", null=True, blank=True)

    objects = IscrittoQuerySet.as_manager()

    class Meta:
        verbose_name = "iscritto alla newsletter"
        verbose_name_plural = "iscritti alla newsletter"
        ordering = ["pk"]

    def __str__(self):
        """Without the address, which must not end in a log."""
        return f"Iscritto {self.pk}"

    @property
    def attivo(self):
        return self.confermata_il is not None and self.respinto_il is None

    @property
    def perche_rifiuta(self):
        """Why its mailbox refuses, in words."""
        return perche(self.ultimo_rifiuto)

    @property
    def stato_del_collegamento(self):
        """What a link to confirm changes."""
        return f"{self.confermata_il} {self.respinto_il}"


class NumeroQuerySet(models.QuerySet):
    def in_invio(self):
        return self.filter(stato=self.model.Stato.IN_INVIO)

    def in_partenza(self):
        """Those in sending that nothing holds."""
        return self.in_invio().filter(allarme_il=None)

    def pubblici(self):
        """Those in the archive, newest first: it holds an issue from its first message, which links to it."""
        return self.exclude(stato=self.model.Stato.BOZZA).order_by("-avviato_il", "-pk")

    def nel_calendario(self, dal, al):
        """Those sent between two days, included, and the drafts foreseen between them."""
        return self.filter(
            Q(avviato_il__date__range=(dal, al)) | Q(stato=self.model.Stato.BOZZA, previsto_il__range=(dal, al))
        )


class NumeroNewsletter(ClusterableModel):
    """An issue: a few words and some published pages. Once its sending began it is never changed nor deleted.

    `contenuto` is what was sent, frozen when the sending began (see `newsletter.composizione`).
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", "Bozza"
        IN_INVIO = "in_invio", "In invio"
        INVIATA = "inviata", "Inviata"

    titolo = models.CharField("titolo", max_length=120, help_text="È anche l'oggetto del messaggio")
    sommario = models.CharField(
        "in una frase", max_length=200, help_text="Molte caselle la mostrano accanto all'oggetto; è anche nell'archivio"
    )
    parole = RichTextField("parole di apertura", blank=True, features=["bold", "italic", "link", "ul", "ol"])
    tema_acs = models.CharField(
        "tema dell'Agenzia provinciale",
        max_length=120,
        blank=True,
        help_text="Il tema che questo numero promuove, per esempio «Family Audit»: spedito, il numero vale come "
        "evidenza. Vuoto: non vale",
    )
    previsto_il = models.DateField(
        "giorno previsto",
        null=True,
        blank=True,
        help_text="Lo mette nel calendario del piano editoriale. Non parte da solo: lo invii tu",
    )
    stato = models.CharField("stato", max_length=10, choices=Stato, default=Stato.BOZZA, editable=False)
    creato_il = models.DateTimeField("creato il", default=timezone.now, editable=False)
    modificato_il = models.DateTimeField("modificato il", auto_now=True)
    avviato_il = models.DateTimeField("invio avviato il", null=True, editable=False)
    avviato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="invio avviato da",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ultimo_lotto_il = models.DateTimeField("ultimo lotto spedito il", null=True, editable=False)
    allarme_il = models.DateTimeField("molti rifiuti per colpa nostra, dal", null=True, editable=False)
    rifiuti_tollerati = models.PositiveIntegerField(
        "rifiuti visti da chi l'ha fatta riprendere", default=0, editable=False
    )
    inviata_il = models.DateTimeField("inviata il", null=True, editable=False)
    contenuto = models.JSONField("ciò che è stato spedito", default=dict, editable=False)
    autori = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="chi l'ha scritto", editable=False, related_name="+"
    )

    objects = NumeroQuerySet.as_manager()

    base_form_class = ModuloConRighe
    panels = [
        FieldPanel("titolo"),
        FieldPanel("sommario"),
        FieldPanel("parole"),
        InlinePanel("scelte", heading="Pagine", label="Pagina"),
        FieldPanel("tema_acs"),
        FieldPanel("previsto_il"),
    ]

    class Meta:
        verbose_name = "numero della newsletter"
        verbose_name_plural = "numeri della newsletter"
        ordering = ["-creato_il", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stato="bozza", avviato_il=None) | (~Q(stato="bozza") & Q(avviato_il__isnull=False)),
                name="numero_avviato_quando_non_e_bozza",
            ),
        ]

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        return reverse("newsletter_pubblica:numero", args=[self.pk])

    @property
    def url(self):
        """Where the public reads it; none for a draft."""
        return "" if self.in_bozza else self.get_absolute_url()

    @property
    def giorno(self):
        """The day on which its sending began; of a draft, the one foreseen, or None."""
        return timezone.localdate(self.avviato_il) if self.avviato_il else self.previsto_il

    @property
    def in_bozza(self):
        return self.stato == self.Stato.BOZZA


class PaginaScelta(Orderable):
    """A page that an issue tells of."""

    numero = ParentalKey(NumeroNewsletter, on_delete=models.CASCADE, related_name="scelte")
    pagina = models.ForeignKey("wagtailcore.Page", verbose_name="pagina", on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("pagina")]

    class Meta(Orderable.Meta):
        verbose_name = "pagina scelta"
        verbose_name_plural = "pagine scelte"


class ConsegnaQuerySet(models.QuerySet):
    def da_spedire(self, adesso):
        """Those to be sent now: nobody took them, their subscriber is still there, and it is time."""
        attesa = self.filter(stato=self.model.Stato.ATTESA).exclude(iscritto=None)
        return attesa.filter(Q(riprova_dal=None) | Q(riprova_dal__lte=adesso))

    def aperte(self):
        """Those whose end is not known yet."""
        return self.filter(
            Q(stato=self.model.Stato.ATTESA, iscritto__isnull=False) | Q(stato=self.model.Stato.IN_CORSO)
        )

    def conti(self):
        """{state: how many}, zeros included."""
        trovati = dict(self.order_by().values_list("stato").annotate(quante=Count("pk")))
        return {stato.value: trovati.get(stato.value, 0) for stato in self.model.Stato}


class Consegna(models.Model):
    """One issue to one subscriber. The row is taken, and that is saved, before the message leaves: see the decision
    on deliveries (docs/decisioni). Without `iscritto` it is a number in a count.
    """

    class Stato(models.TextChoices):
        ATTESA = "attesa", "Da spedire"
        IN_CORSO = "in_corso", "In corso"
        SPEDITA = "spedita", "Spedita"
        RIFIUTATA = "rifiutata", "Rifiutata"
        DUBBIA = "dubbia", "In dubbio"

    numero = models.ForeignKey(NumeroNewsletter, on_delete=models.PROTECT, related_name="consegne")
    iscritto = models.ForeignKey(Iscritto, null=True, on_delete=models.SET_NULL, related_name="consegne")
    stato = models.CharField("stato", max_length=10, choices=Stato, default=Stato.ATTESA)
    presa_il = models.DateTimeField("presa il", null=True)
    tentativi = models.PositiveSmallIntegerField("tentativi", default=0)
    riprova_dal = models.DateTimeField("si riprova dal", null=True)
    codice = models.CharField("codice della posta", max_length=20, blank=True)

    objects = ConsegnaQuerySet.as_manager()

    class Meta:
        verbose_name = "consegna"
        verbose_name_plural = "consegne"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["numero", "iscritto"], name="una_consegna_per_iscritto")]
        indexes = [models.Index(fields=["numero", "stato"], name="consegne_per_stato")]

    def __str__(self):
        return f"Consegna {self.pk}: {self.get_stato_display()}"
