"""A project shared by bodies of the network: entered once, with who takes part, when and what came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager, legge_tutto

from ..progetti.condizioni import CondizioniDelProgetto, Progettato
from .basi import CriterioServito, FileRiservato, Tipo, pannelli_del_tipo


class TipoProgetto(Tipo):
    """A kind of shared project, and the criteria that one of its kind may serve. Data: the manager edits them."""

    panels = pannelli_del_tipo()

    class Meta(Tipo.Meta):
        verbose_name = "tipo di progetto"
        verbose_name_plural = "tipi di progetto"


class CriterioDelTipoDiProgetto(CriterioServito):
    """A criterion, by its code, that a project of a kind may serve, and what it must have for it."""

    tipo = ParentalKey(TipoProgetto, on_delete=models.CASCADE, related_name="criteri")
    con_risultato = models.BooleanField("con il risultato scritto", default=False)
    con_scheda = models.BooleanField("con la scheda di un'azione fuori programma", default=False, help_text="M4")

    panels = [FieldPanel(nome) for nome in ("codice", "manager", "con_risultato", "con_scheda", "enti")]

    class Meta(Orderable.Meta):
        verbose_name = "criterio del tipo di progetto"
        verbose_name_plural = "criteri dei tipi di progetto"
        constraints = [
            models.UniqueConstraint(fields=["tipo", "codice"], name="un_criterio_una_volta_per_tipo_di_progetto")
        ]

    @property
    def condizioni(self) -> CondizioniDelProgetto:
        return CondizioniDelProgetto(
            self.codice, self.manager, self.con_risultato, self.con_scheda, self.nomi_degli_enti
        )


class ProgettoQuerySet(models.QuerySet):
    def visibili_a(self, utente):
        """Projects that `utente` may open: all for who reads everything, else those where their bodies take part."""
        if not utente.is_active:
            return self.none()
        if e_manager(utente) or legge_tutto(utente):
            return self
        suoi = EnteDelProgetto.objects.filter(organizzazione__in=Organizzazione.objects.di(utente))
        return self.filter(pk__in=suoi.values("progetto"))

    def dell_anno(self, anno):
        """Those of which some day is in `anno`."""
        return self.filter(Q(al=None) | Q(al__year__gte=anno), dal__year__lte=anno)

    def completi(self):
        """With all that a page, or an evidence, reads of them, in constant queries."""
        return self.select_related("tipo", "scheda").prefetch_related("enti__organizzazione", "tipo__criteri__enti")


class Progetto(models.Model):
    """A shared project; `al` is its last day, when it is known. `gia_date` is the evidence of it given by hand.

    `scheda` is the sheet of an action born during the year (M4), if it is one.
    """

    chiave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tipo = models.ForeignKey(TipoProgetto, verbose_name="tipo", on_delete=models.PROTECT, related_name="progetti")
    titolo = models.CharField("titolo", max_length=200)
    dal = models.DateField("dal", help_text="Il giorno in cui si comincia a progettare")
    al = models.DateField("al", null=True, blank=True, help_text="L'ultimo giorno, se è finito o si sa")
    col_manager = models.BooleanField("il manager progetta con gli altri", default=True)
    di_che_cosa = models.TextField("di che cosa si tratta", blank=True, max_length=4000)
    risultato = models.TextField(
        "risultato", blank=True, max_length=8000, help_text="Che cosa ne è venuto: la relazione può stare in un file"
    )
    scheda = models.ForeignKey(
        "programma.AzionePage",
        verbose_name="scheda del progetto fuori programma",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="progetti",
        help_text="Se è nato durante l'anno e l'atto non lo prevede (M4)",
    )
    perche_insieme = models.TextField("perché vale per più criteri", blank=True, max_length=1000)
    gia_date = models.ManyToManyField("programma.Evidenza", editable=False, related_name="progetti")
    autori = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")
    creato_il = models.DateTimeField(auto_now_add=True)
    modificato_il = models.DateTimeField(auto_now=True)
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = ProgettoQuerySet.as_manager()

    class Meta:
        verbose_name = "progetto condiviso"
        verbose_name_plural = "progetti condivisi"
        ordering = ["-dal", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(al=None) | Q(al__gte=models.F("dal")), name="progetto_finisce_dopo_l_inizio"
            )
        ]

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        return reverse("progetti:progetto", args=[self.pk])

    @property
    def url(self):
        """Where an evidence born from it sends who reads it."""
        return self.get_absolute_url()

    @property
    def in_corso(self) -> bool:
        oggi = timezone.localdate()
        return self.dal <= oggi and (self.al is None or self.al >= oggi)

    @cached_property
    def enti_che_progettano(self) -> list[Organizzazione]:
        """The bodies of the network that design it, once each; who only supports it does not count (our reading)."""
        sostiene = EnteDelProgetto.Parte.SOSTIENE
        righe = (r for r in self.enti.all() if r.organizzazione is not None and r.parte != sostiene)
        return list({riga.organizzazione_id: riga.organizzazione for riga in righe}.values())

    @property
    def progettato(self) -> Progettato:
        """What the kinds' conditions are asked of."""
        enti = frozenset(str(ente) for ente in self.enti_che_progettano)
        return Progettato(self.col_manager, bool(self.risultato.strip()), self.scheda_id is not None, enti)


class EnteDelProgetto(models.Model):
    """A body that takes part in a project, of the network or not, and its part."""

    class Parte(models.TextChoices):
        CAPOFILA = "capofila", "Capofila"
        PARTNER = "partner", "Partner"
        SOSTIENE = "sostiene", "Sostiene (spazi, denaro, promozione)"

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="enti")
    organizzazione = models.ForeignKey(
        Organizzazione,
        verbose_name="organizzazione",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parti_nei_progetti",
    )
    altro_ente = models.CharField("altro ente", max_length=200, blank=True)
    parte = models.CharField("parte", max_length=10, choices=Parte, default=Parte.PARTNER)

    class Meta:
        verbose_name = "ente di un progetto"
        verbose_name_plural = "enti dei progetti"
        ordering = ["pk"]

    def __str__(self):
        return str(self.organizzazione) if self.organizzazione else self.altro_ente


class FileDelProgetto(FileRiservato):
    """The report, the agreement, the pictures of a project."""

    CARTELLA = "progetti"

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="file")

    class Meta(FileRiservato.Meta):
        verbose_name = "file di un progetto"
        verbose_name_plural = "file dei progetti"

    def get_absolute_url(self):
        return reverse("progetti:file", args=[self.progetto_id, self.chiave])
