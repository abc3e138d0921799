"""Organisations, their people, their public face, and the District itself."""

from datetime import date

from django.contrib.auth.models import AbstractUser, AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Collection, Orderable, Task, TaskState
from wagtail.search import index

from base.contesti import risposta
from base.models import BasePage
from base.righe import ModuloConRighe
from base.storia import QuerySetOsservato
from base.telefoni import CampoTelefono
from base.tempo import MESI, giorno_in_parole

from .dati_di_legge import CONTATTI, PANNELLI, DatiDiLegge
from .incarichi import Incarico  # noqa: F401  (a model of this app)
from .persone import GestoreUtenti, esigi_senza_tracce


class Utente(AbstractUser):
    """A person who signs in. Who they may act for follows from their groups (`Organizzazione.gruppo`)."""

    objects = GestoreUtenti()

    class Meta(AbstractUser.Meta):
        verbose_name = "utente"
        verbose_name_plural = "utenti"

    def __str__(self):
        return self.get_full_name() or self.username

    def delete(self, *args, **kwargs):
        esigi_senza_tracce(self)
        return super().delete(*args, **kwargs)


Chiunque = Utente | AnonymousUser
"""Of whom it is asked who may: also who has not signed in."""


class OrganizzazioneQuerySet(QuerySetOsservato):
    """Questions asked of organisations, in the words of the network."""

    def aderenti_al(self, giorno):
        """Members on `giorno` (a date), first and last day included."""
        return self.filter(Q(aderente_fino_al=None) | Q(aderente_fino_al__gte=giorno), aderente_dal__lte=giorno)

    def attive(self):
        """Those whose people may add content and evidence."""
        return self.filter(attiva=True)

    def di(self, utente):
        """Active organisations that `utente` may act for."""
        if not utente.is_active:
            return self.none()
        return self.attive().filter(gruppo__user=utente)

    def filtrabili_da(self, utente):
        """Those by which `utente` may filter evidence and score: all for who reads everything, else their own."""
        if utente.is_active and utente.has_perm("organizzazioni.legge_tutto"):
            return self
        return self.di(utente)


class Organizzazione(models.Model):
    """A body of the network: member, partner, or the District itself. Everything points here."""

    class Natura(models.TextChoices):
        PUBBLICA = "pubblica", "Ente pubblico"
        PRIVATA = "privata", "Ente privato"

    class Settore(models.TextChoices):
        SERVIZI_PERSONA = "servizi_persona", "Servizi alla persona"
        SERVIZI_PUBBLICI = "servizi_pubblici", "Servizi pubblici"
        PRODUTTIVO = "produttivo", "Settore produttivo"

    chiave = models.SlugField("chiave", unique=True, help_text="Nome breve usato nei file e nelle importazioni")
    denominazione = models.CharField("denominazione", max_length=200)
    nome_breve = models.CharField("nome breve", max_length=80, blank=True)
    natura = models.CharField("natura", max_length=10, choices=Natura, blank=True, help_text="Vuota dove non si sa")
    settore = models.CharField("settore", max_length=20, choices=Settore, blank=True)
    aderente_dal = models.DateField("aderente dal", null=True, blank=True)
    aderente_fino_al = models.DateField(
        "aderente fino al", null=True, blank=True, help_text="Ultimo giorno di adesione"
    )
    capofila = models.BooleanField("ente capofila", default=False)
    family_audit = models.BooleanField("marchio Family Audit", default=False)
    family_audit_dal = models.DateField("Family Audit dal", null=True, blank=True)
    family_audit_fino_al = models.DateField(
        "Family Audit fino al", null=True, blank=True, help_text="Ultimo giorno del marchio"
    )
    family_in_trentino = models.BooleanField("marchio Family in Trentino", default=False)
    family_in_trentino_dal = models.DateField("Family in Trentino dal", null=True, blank=True)
    family_in_trentino_fino_al = models.DateField(
        "Family in Trentino fino al", null=True, blank=True, help_text="Ultimo giorno del marchio"
    )
    attiva = models.BooleanField("attiva", default=False, editable=False)
    gruppo = models.OneToOneField(
        Group,
        verbose_name="gruppo dei referenti",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="organizzazione",
    )
    raccolta = models.OneToOneField(
        Collection,
        verbose_name="raccolta di immagini e documenti",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="organizzazione",
    )

    objects = OrganizzazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "organizzazione"
        verbose_name_plural = "organizzazioni"
        ordering = ["denominazione"]
        constraints = [
            models.CheckConstraint(
                condition=Q(aderente_fino_al=None) | Q(aderente_fino_al__gte=models.F("aderente_dal")),
                name="adesione_finisce_dopo_l_inizio",
            ),
        ]
        permissions = [
            ("approva", "Approva contenuti ed evidenze delle organizzazioni (manager)"),
            ("approva_del_manager", "Approva ciò che ha scritto il manager (Coordinamento)"),
            ("legge_tutto", "Legge tutte le evidenze e il punteggio"),
        ]

    def __str__(self):
        return self.nome_breve or self.denominazione

    def aderente_il(self, giorno):
        """Whether it is a member on `giorno` (a date), first and last day included."""
        if self.aderente_dal is None or giorno < self.aderente_dal:
            return False
        return self.aderente_fino_al is None or giorno <= self.aderente_fino_al

    def ha_marchio(self, marchio, giorno):
        """Whether it holds `marchio` (`family_audit` or `family_in_trentino`) on `giorno`, first and last day in."""
        dal, fino_al = getattr(self, f"{marchio}_dal"), getattr(self, f"{marchio}_fino_al")
        return getattr(self, marchio) and (dal is None or dal <= giorno) and (fino_al is None or giorno <= fino_al)

    @property
    def persone(self):
        """Active people who act for it, whether or not it is active now."""
        return Utente.objects.filter(is_active=True, groups=self.gruppo_id) if self.gruppo_id else Utente.objects.none()


class SezionePage(BasePage):
    """A member's own section under a content index: nothing to edit, its entries listed.

    Each content app subclasses it with strict `parent_page_types` and `subpage_types`.
    """

    organizzazione = models.ForeignKey(Organizzazione, on_delete=models.PROTECT, related_name="+", editable=False)

    content_panels: list = []
    promote_panels: list = []
    settings_panels: list = []

    class Meta:
        abstract = True


class OrganizzazioniIndexPage(BasePage):
    """All the bodies of the network: members first, then partners."""

    introduzione = RichTextField("introduzione", blank=True, features=["bold", "italic", "link"])

    content_panels = BasePage.content_panels + [FieldPanel("introduzione")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["organizzazioni.OrganizzazionePage"]
    max_count = 1

    class Meta:
        verbose_name = "elenco delle organizzazioni"

    @property
    def descrizione_di_riserva(self):
        return "Le organizzazioni del Distretto: chi ne fa parte, con i suoi marchi, e i partner."


class OrganizzazionePage(BasePage):
    """Public face of a body. Its people may propose changes; the facts of the network stay with the manager."""

    organizzazione = models.OneToOneField(
        Organizzazione, on_delete=models.PROTECT, related_name="pagina", editable=False
    )
    presentazione = RichTextField("presentazione", blank=True, features=["bold", "italic", "link", "ul", "ol"])
    logo = models.ForeignKey(
        "base.Immagine", verbose_name="logo", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    indirizzo = models.CharField("indirizzo della sede", max_length=200, blank=True)
    telefono = CampoTelefono("telefono dell'ufficio", blank=True)
    email = models.EmailField("e-mail dell'ufficio", blank=True, help_text="Una casella di ufficio, non personale")
    sito = models.URLField("sito web", blank=True)

    content_panels = BasePage.content_panels + [
        FieldPanel("presentazione"),
        FieldPanel("logo"),
        MultiFieldPanel(
            [FieldPanel("indirizzo"), FieldPanel("telefono"), FieldPanel("email"), FieldPanel("sito")],
            heading="Contatti dell'ufficio",
        ),
    ]
    search_fields = BasePage.search_fields + [index.SearchField("presentazione")]
    nome_pubblico = "organizzazione"
    parent_page_types = ["organizzazioni.OrganizzazioniIndexPage"]
    subpage_types: list = []
    is_creatable = False  # one is made with each organisation

    class Meta:
        verbose_name = "pagina dell'organizzazione"
        verbose_name_plural = "pagine delle organizzazioni"

    @property
    def descrizione_di_riserva(self):
        return f"{self.title} nel Distretto: chi è, le azioni a cui partecipa, i servizi e le convenzioni, i contatti."

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("organizzazione", "logo").prefetch_related("logo__renditions")


class ApprovazioneTask(Task):
    """The one step of the content workflow: whoever approves has written no part of it since it was last approved.

    What an organisation's people wrote goes to the managers; what a manager had a hand in goes to
    Coordinamento. The superuser may stand in for either, never for themselves.
    """

    class Meta:
        verbose_name = "approvazione del manager"
        verbose_name_plural = "approvazioni del manager"

    def user_can_access_editor(self, obj, user):
        return risposta(self, "chi approva")(user, obj)

    def locked_for_user(self, obj, user):
        return not self.user_can_access_editor(obj, user)

    def user_can_lock(self, obj, user):
        return False

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Asked again here: the editor saves what the approver typed before it runs it, and asks no reason.

        Of two decisions at the same instant the second finds the first.
        """
        in_attesa = TaskState.objects.select_for_update().filter(status=TaskState.STATUS_IN_PROGRESS)
        if not in_attesa.filter(pk=task_state.pk).exists():
            raise PermissionDenied("Questa pagina non aspetta più una decisione")
        if not risposta(self, "chi approva")(user, task_state.workflow_state.content_object):
            raise PermissionDenied("Nessuno approva ciò che ha scritto")
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            raise PermissionDenied("Scrivi il motivo: chi ha inviato la pagina deve sapere che cosa fare")
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_form_for_action(self, action):
        return risposta(self, "con quale modulo")(action)

    def get_actions(self, obj, user):
        if not risposta(self, "chi approva")(user, obj):
            return []
        return [
            ("reject", "Chiedi modifiche", True),
            ("approve", "Approva", False),
            ("approve", "Approva con un commento", True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        return risposta(self, "che cosa aspetta")(self, user)

    @classmethod
    def get_description(cls):
        return "Il manager approva i contenuti delle organizzazioni; Coordinamento quelli del manager"


@register_setting(icon="home")
class Distretto(DatiDiLegge, BaseSiteSetting, ClusterableModel):
    """The District whose site this is: its name, its acts, its channels. Data, never code."""

    organizzazione = models.OneToOneField(
        Organizzazione,
        verbose_name="organizzazione",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="distretto",
        help_text="Il Distretto stesso, tra le organizzazioni",
    )
    dimostrazione = models.BooleanField(
        "sito dimostrativo", default=False, editable=False, help_text="Ogni pagina pubblica dice che è inventato"
    )
    denominazione = models.CharField("denominazione", max_length=200, blank=True)
    territorio = models.CharField("territorio", max_length=120, blank=True, help_text="Mostrato sotto il nome")
    anno_di_nascita = models.PositiveSmallIntegerField("anno di nascita", null=True, blank=True)
    delibera_approvazione = models.CharField("delibera di approvazione", max_length=200, blank=True)
    accordo_di_area = models.CharField("accordo di area", max_length=200, blank=True)
    sottoscrizione_accordo = models.DateField("sottoscrizione dell'accordo", null=True, blank=True)
    ente_capofila = models.CharField("ente capofila", max_length=200, blank=True)
    sede_manager = models.CharField("sede del manager territoriale", max_length=200, blank=True)
    email = models.EmailField("e-mail", blank=True)
    facebook = models.URLField("pagina Facebook", blank=True)
    logo = models.ForeignKey(
        "base.Immagine", verbose_name="logo", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    base_form_class = ModuloConRighe
    panels = [
        MultiFieldPanel(
            [FieldPanel("denominazione"), FieldPanel("territorio"), FieldPanel("organizzazione"), FieldPanel("logo")],
            heading="Il Distretto",
        ),
        MultiFieldPanel(CONTATTI, heading="Contatti"),
        *PANNELLI,
        MultiFieldPanel(
            [
                FieldPanel("anno_di_nascita"),
                FieldPanel("ente_capofila"),
                FieldPanel("delibera_approvazione"),
                FieldPanel("accordo_di_area"),
                FieldPanel("sottoscrizione_accordo"),
            ],
            heading="Atti",
        ),
        InlinePanel("attori", heading="Attori", label="Attore"),
        InlinePanel("tappe", heading="Tappe", label="Tappa"),
    ]

    select_related = ["logo"]

    class Meta:
        verbose_name = "Distretto"

    def __str__(self):
        return self.denominazione or "Distretto"


class Attore(Orderable):
    """A role in the District and the office that holds it; never a person's name."""

    class Ruolo(models.TextChoices):
        COORDINATORE_ISTITUZIONALE = "coordinatore_istituzionale", "Coordinatore/trice istituzionale"
        MANAGER_TERRITORIALE = "manager_territoriale", "Manager territoriale"
        REFERENTE_AMMINISTRATIVO = "referente_amministrativo", "Referente amministrativo/a"
        ENTE_DI_SUPERVISIONE = "ente_di_supervisione", "Ente di supervisione"

    distretto = ParentalKey(Distretto, on_delete=models.CASCADE, related_name="attori")
    ruolo = models.CharField("ruolo", max_length=40, choices=Ruolo)
    ufficio = models.CharField("ufficio", max_length=200, blank=True)
    organizzazione = models.ForeignKey(Organizzazione, on_delete=models.PROTECT, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = "attore"
        verbose_name_plural = "attori"


class Tappa(Orderable):
    """A step of the District's history; the day is not always known."""

    distretto = ParentalKey(Distretto, on_delete=models.CASCADE, related_name="tappe")
    data = models.CharField("data", max_length=10, help_text="anno-mese oppure anno-mese-giorno")
    evento = models.CharField("evento", max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = "tappa"
        verbose_name_plural = "tappe"

    @property
    def quando(self):
        """The date in words, as precise as it is known: `luglio 2022` or `15 luglio 2022`; as written if it is none."""
        parti = self.data.split("-")
        try:
            giorno = date(*[int(parte) for parte in (*parti, "1")[:3]])
        except (TypeError, ValueError):
            return self.data
        return giorno_in_parole(giorno) if len(parti) == 3 else f"{MESI[giorno.month - 1]} {giorno.year}"
