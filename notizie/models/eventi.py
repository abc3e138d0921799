"""An event: when, where, for whom, and what became of it."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from base.contesti import risposta
from organizzazioni.models import Organizzazione

from ..quando import Quando, esiste
from .pezzi import Pezzo, PezzoQuerySet


class EventoQuerySet(PezzoQuerySet):
    def con_ultimo_giorno(self):
        return self.annotate(ultimo_giorno=Coalesce("data_fine", "data"))

    def tra(self, dal, al):
        """Public events that have a day between `dal` and `al`, included; the first that begins comes first."""
        trovati = self.pubblici().con_ultimo_giorno().filter(data__lte=al, ultimo_giorno__gte=dal)
        return trovati.order_by("data", "ora_inizio", "pk")

    def prossimi(self, adesso):
        """Public events that are not over at `adesso` (aware), by when they begin: the rule of `Quando.finito`."""
        locale = timezone.localtime(adesso)
        oggi = Q(ultimo_giorno=locale.date()) & (Q(ora_fine=None) | Q(ora_fine__gt=locale.time()))
        finiti_no = self.pubblici().con_ultimo_giorno().filter(Q(ultimo_giorno__gt=locale.date()) | oggi)
        return finiti_no.order_by("data", "ora_inizio", "pk")


class EventoPage(Pezzo):
    """Something to go to. Days and hours are those of the clock on the wall, in the site's zone.

    An event that is called off or moved stays where it is and says so: who has it in a calendar reads it there.
    """

    class Stato(models.TextChoices):
        CONFERMATO = "confermato", "Si fa"
        ANNULLATO = "annullato", "Annullato"
        SPOSTATO = "spostato", "Spostato"

    tipo = "evento"
    invito = "Aggiungi un evento"

    data = models.DateField("giorno")
    ora_inizio = models.TimeField("dalle", null=True, blank=True, help_text="Vuoto: tutto il giorno")
    data_fine = models.DateField("ultimo giorno", null=True, blank=True, help_text="Vuoto: lo stesso giorno")
    ora_fine = models.TimeField("alle", null=True, blank=True)
    stato = models.CharField("stato", max_length=10, choices=Stato, default=Stato.CONFERMATO)
    data_prima = models.DateField("era previsto il", null=True, blank=True, help_text="Se è stato spostato")
    avviso = models.CharField(
        "avviso", max_length=200, blank=True, help_text="Se è annullato o spostato: perché, e che cosa fare"
    )
    luogo = models.CharField("luogo", max_length=120, blank=True, help_text="Come lo chiama chi ci va")
    indirizzo = models.CharField("via e numero", max_length=160, blank=True)
    comune = models.CharField("comune", max_length=80, blank=True)
    collegamento = models.URLField("collegamento on line", blank=True, help_text="Per chi segue a distanza")
    pubblico = models.CharField("per chi", max_length=160, blank=True)
    gratuito = models.BooleanField("è gratuito", default=False)
    costo = models.CharField("costo", max_length=160, blank=True)
    iscrizione = models.URLField("modulo di iscrizione", blank=True)
    organizzatore = models.CharField(
        "chi lo organizza", max_length=160, blank=True, help_text="Vuoto: la tua organizzazione"
    )
    partner = ParentalManyToManyField(
        Organizzazione, verbose_name="con queste organizzazioni", blank=True, related_name="+"
    )
    altri_partner = models.CharField("con altri", max_length=300, blank=True)
    parte_di = models.ForeignKey(
        "self",
        verbose_name="fa parte di",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="collaterali",
        help_text="L'evento più grande, anche di un'altra organizzazione: una mostra, una rassegna",
    )

    objects = PageManager.from_queryset(EventoQuerySet)()

    content_panels = Pezzo.content_panels + [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("data"), FieldPanel("ora_inizio")]),
                FieldRowPanel([FieldPanel("data_fine"), FieldPanel("ora_fine")]),
            ],
            heading="Quando",
        ),
        MultiFieldPanel(
            [FieldPanel("stato"), FieldPanel("data_prima"), FieldPanel("avviso")],
            heading="Annullato o spostato",
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel("luogo"),
                FieldRowPanel([FieldPanel("indirizzo"), FieldPanel("comune")]),
                FieldPanel("collegamento"),
            ],
            heading="Dove",
        ),
        MultiFieldPanel(
            [
                FieldPanel("pubblico"),
                FieldRowPanel([FieldPanel("gratuito"), FieldPanel("costo")]),
                FieldPanel(
                    "iscrizione",
                    help_text="Se è su un altro sito. Per prenotare qui apri «Prenotazioni», nel menu",
                ),
            ],
            heading="Per chi, e come si partecipa",
        ),
        FieldPanel("immagine"),
        FieldPanel("corpo"),
        MultiFieldPanel(
            [
                FieldPanel("organizzatore"),
                FieldPanel("partner", widget=CheckboxSelectMultiple),
                FieldPanel("altri_partner"),
                FieldPanel("parte_di"),
            ],
            heading="Chi lo fa",
            classname="collapsed",
        ),
        *Pezzo.programma_panels,
    ]
    search_fields = Pezzo.search_fields + [index.SearchField("luogo"), index.SearchField("comune")]

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventi"

    @classmethod
    def per_lettura(cls):
        """Also whether it has parts and places to book: most have neither, and nobody asks for them."""
        suo = cls.objects.filter(pk=OuterRef("pk"))
        con_parti, con_posti = suo.exclude(collaterali=None), suo.exclude(posti=None)
        return super().per_lettura().annotate(ha_collaterali=Exists(con_parti), ha_posti=Exists(con_posti))

    @property
    def quando(self):
        return Quando(self.data, ZoneInfo(settings.TIME_ZONE), self.data_fine, self.ora_inizio, self.ora_fine)

    @property
    def evento_maggiore(self):
        """The greater event that it is part of, if that one is on the site."""
        return self.parte_di if self.parte_di_id and self.parte_di.live else None

    @property
    def annullato(self):
        return self.stato == self.Stato.ANNULLATO

    def route(self, request, path_components):
        """Below it, `ics/` is the event as a file."""
        if self.live and path_components == ["ics"]:
            return RouteResult(self, kwargs={"in_calendario": True})
        return super().route(request, path_components)

    def serve(self, request, in_calendario=False):
        return risposta(self, "ics")(self, request) if in_calendario else super().serve(request)

    def clean(self):
        super().clean()
        errori = self._errori_di_tempo() if self.data else {}
        if self.stato == self.Stato.SPOSTATO and not self.data_prima:
            errori["data_prima"] = "Scrivi il giorno in cui era previsto: chi lo aveva segnato deve accorgersene"
        if self.gratuito and self.costo:
            errori["costo"] = "È gratuito o ha un costo: uno dei due"
        if self.parte_di_id and (self.parte_di_id == self.pk or self.parte_di.parte_di_id):
            errori["parte_di"] = "Scegli un evento che non faccia parte di un altro"
        if self.parte_di_id and self.pk and EventoPage.objects.filter(parte_di=self.pk).exists():
            errori["parte_di"] = "Questo evento ne comprende altri: non può far parte di un altro"
        if errori:
            raise ValidationError(errori)

    def _errori_di_tempo(self):
        quando, errori = self.quando, {}
        if quando.fine < quando.giorno:
            return {"data_fine": "L'ultimo giorno viene prima del primo"}
        if self.ora_fine and not self.ora_inizio:
            return {"ora_inizio": "Scrivi anche quando comincia"}
        for campo, giorno, ora in (("ora_inizio", quando.giorno, quando.dalle), ("ora_fine", quando.fine, quando.alle)):
            if ora and not esiste(giorno, ora, quando.zona):
                errori[campo] = "Quella notte gli orologi saltano quest'ora"
        if not errori and quando.alle and quando.termine <= quando.inizio:
            errori["ora_fine"] = "Finisce prima di cominciare"
        return errori

    def fatti(self):
        """An event that was called off proves nothing."""
        return [] if self.annullato else super().fatti()
