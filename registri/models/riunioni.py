"""A meeting: what kind, when, where, who, what was decided. A plain model with its own states and views."""

import uuid
from datetime import date, datetime, time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from base.solo_aggiunte import SoloAggiunte
from organizzazioni.models import Attore, Organizzazione
from organizzazioni.permissions import e_manager, legge_tutto

from ..riunioni import flusso_riunioni as flusso
from ..riunioni.proposte import CondizioniDelTipo, perche_formale
from .basi import CriterioServito, FileRiservato, Tipo, pannelli_del_tipo

RUOLI = Attore.Ruolo


class TipoRiunione(Tipo):
    """A kind of meeting, and the criteria that one of its kind may serve. Data: the manager edits them.

    `ogni_mesi` is how often one should be held, in months; nothing is watched without it.
    """

    ogni_mesi = models.PositiveSmallIntegerField(
        "una ogni quanti mesi", null=True, blank=True, help_text="Se passa più tempo, il manager lo legge nella home"
    )

    panels = pannelli_del_tipo("ogni_mesi")

    class Meta(Tipo.Meta):
        verbose_name = "tipo di riunione"
        verbose_name_plural = "tipi di riunione"


class CriterioDelTipo(CriterioServito):
    """A criterion, by its code, that a meeting of a kind may serve, and what it must have for it."""

    tipo = ParentalKey(TipoRiunione, on_delete=models.CASCADE, related_name="criteri")
    due_persone = models.BooleanField("presenti coordinatore istituzionale e referente amministrativo", default=False)
    formale = models.BooleanField("formale", default=False, help_text="Convocata in tempo, o con il verbale")

    panels = [FieldPanel(nome) for nome in ("codice", "manager", "due_persone", "formale", "enti")]

    class Meta(Orderable.Meta):
        verbose_name = "criterio del tipo di riunione"
        verbose_name_plural = "criteri dei tipi di riunione"
        constraints = [models.UniqueConstraint(fields=["tipo", "codice"], name="un_criterio_una_volta_per_tipo")]

    @property
    def condizioni(self) -> CondizioniDelTipo:
        ruoli = [RUOLI.MANAGER_TERRITORIALE] if self.manager else []
        if self.due_persone:
            ruoli += [RUOLI.COORDINATORE_ISTITUZIONALE, RUOLI.REFERENTE_AMMINISTRATIVO]
        return CondizioniDelTipo(self.codice, tuple(map(str, ruoli)), self.nomi_degli_enti, self.formale)


def _istante(giorno: date, ora: time) -> datetime:
    return datetime.combine(giorno, ora, tzinfo=timezone.get_default_timezone())


class RiunioneQuerySet(models.QuerySet):
    def visibili_a(self, utente):
        """Meetings that `utente` may open; every view loads through this one.

        The manager reads all. What was convened or held is read by who reads everything, and by the people of the
        bodies that were invited or came.
        """
        if not utente.is_active:
            return self.none()
        if e_manager(utente):
            return self
        uscite = self.exclude(stato=flusso.IN_PREPARAZIONE).exclude(stato=flusso.ANNULLATA, convocata_il=None)
        if legge_tutto(utente):
            return uscite
        loro = Partecipante.objects.filter(organizzazione__in=Organizzazione.objects.di(utente))
        return uscite.filter(pk__in=loro.values("riunione"))

    def per_elenco(self):
        """With what a row of the list shows."""
        return self.select_related("tipo", "sede")

    def complete(self):
        """With all that the page of one, or a row of the export, shows: a constant number of queries."""
        return self.per_elenco().prefetch_related("partecipanti__organizzazione", "seguiti__organizzazione", "file")

    def svolte(self):
        """Held, closed or not."""
        return self.filter(stato__in=flusso.SVOLTE)

    def corrispondenti(self, testo="", tipo=None, stato="", dal=None, al=None):
        """Those that satisfy every given condition."""
        riunioni = self.filter(titolo__icontains=testo) if testo else self
        precise = {"tipo": tipo, "stato": stato, "giorno__gte": dal, "giorno__lte": al}
        return riunioni.filter(**{campo: valore for campo, valore in precise.items() if valore})


class Riunione(models.Model):
    """A meeting. `chiave` is its name in calendars; `sequenza` grows each time that who has it must be told.

    `codice` is the name that it has in the file it was read from, if any. Once closed it is frozen. `gia_date` is the
    evidence of it that was given by hand, before or apart: what it serves is not given again.
    """

    class Stato(models.TextChoices):
        IN_PREPARAZIONE = flusso.IN_PREPARAZIONE, flusso.ETICHETTE[flusso.IN_PREPARAZIONE]
        CONVOCATA = flusso.CONVOCATA, flusso.ETICHETTE[flusso.CONVOCATA]
        TENUTA = flusso.TENUTA, flusso.ETICHETTE[flusso.TENUTA]
        CHIUSA = flusso.CHIUSA, flusso.ETICHETTE[flusso.CHIUSA]
        ANNULLATA = flusso.ANNULLATA, flusso.ETICHETTE[flusso.ANNULLATA]

    chiave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    codice = models.CharField("codice nel file", max_length=60, null=True, unique=True, editable=False)
    tipo = models.ForeignKey(TipoRiunione, verbose_name="tipo", on_delete=models.PROTECT, related_name="riunioni")
    titolo = models.CharField(
        "argomento trattato", max_length=200, help_text="Di che cosa si parla, in una riga: va nell'elenco dell'atto"
    )
    giorno = models.DateField("giorno")
    dalle = models.TimeField("dalle", null=True, blank=True)
    alle = models.TimeField("alle", null=True, blank=True)
    sede = models.ForeignKey(
        Organizzazione,
        verbose_name="sede",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="riunioni_ospitate",
        help_text="L'organizzazione che ospita: si propone quella che non ospita da più tempo",
    )
    luogo = models.CharField("luogo", max_length=200, blank=True, help_text="Sala, via o indirizzo della videochiamata")
    ordine_del_giorno = models.TextField("ordine del giorno", blank=True, max_length=4000)
    stato = models.CharField("stato", max_length=15, choices=Stato, default=Stato.IN_PREPARAZIONE, editable=False)
    convocata_il = models.DateTimeField("convocata il", null=True, editable=False)
    sequenza = models.PositiveIntegerField(default=0, editable=False)
    verbale = models.TextField("verbale", blank=True, max_length=20000)
    decisioni = models.JSONField("decisioni", default=list, blank=True)
    perche_insieme = models.TextField("perché vale per più criteri", blank=True, max_length=1000)
    gia_date = models.ManyToManyField("programma.Evidenza", editable=False, related_name="riunioni")
    autori = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")
    creata_il = models.DateTimeField(auto_now_add=True)
    modificata_il = models.DateTimeField(auto_now=True)
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = RiunioneQuerySet.as_manager()

    class Meta:
        verbose_name = "riunione"
        verbose_name_plural = "riunioni"
        ordering = ["-giorno", "-pk"]
        indexes = [models.Index(fields=["stato", "giorno"], name="riunione_stato_giorno")]
        constraints = [
            models.CheckConstraint(
                condition=Q(alle=None) | Q(dalle__lt=models.F("alle")), name="riunione_finisce_dopo_l_inizio"
            )
        ]

    def __str__(self):
        return f"{self.titolo} ({self.giorno:%d/%m/%Y})"

    def get_absolute_url(self):
        return reverse("riunioni:riunione", args=[self.pk])

    @property
    def url(self):
        """Where an evidence born from it sends who reads it."""
        return self.get_absolute_url()

    @property
    def da_tenere(self):
        return self.stato in flusso.DA_TENERE

    @property
    def svolta(self):
        return self.stato in flusso.SVOLTE

    @property
    def da_scrivere(self):
        return self.stato in flusso.DA_SCRIVERE

    @cached_property
    def presenti(self) -> list["Partecipante"]:
        """Who was there, in the room or from elsewhere; reads what is prefetched."""
        return [uno for uno in self.partecipanti.all() if uno.presente]

    @property
    def presente_il_manager(self) -> bool:
        return any(uno.ruolo == RUOLI.MANAGER_TERRITORIALE for uno in self.presenti)

    @property
    def ha_verbale(self) -> bool:
        """Written here, or as a file."""
        di_verbale = FileDellaRiunione.Genere.VERBALE
        return bool(self.verbale.strip()) or any(file.genere == di_verbale for file in self.file.all())

    @property
    def formale(self) -> str:
        """What makes it formal, in words; empty when nothing does."""
        convocata = timezone.localdate(self.convocata_il) if self.convocata_il else None
        return perche_formale(self.giorno, convocata, self.ha_verbale)

    @property
    def inizio(self) -> date | datetime:
        """The moment when it begins; its day while the hour is not known."""
        return _istante(self.giorno, self.dalle) if self.dalle else self.giorno

    @property
    def fine(self) -> datetime | None:
        return _istante(self.giorno, self.alle) if self.dalle and self.alle else None

    @property
    def dove(self) -> str:
        """Seat and place, in one line."""
        return ", ".join(filter(None, [str(self.sede) if self.sede else "", self.luogo]))


class Partecipante(models.Model):
    """A person at a meeting, invited or come: of a body of the network or of another, with an account or without."""

    class Partecipazione(models.TextChoices):
        PRESENTE = "presente", "Presente"
        DA_REMOTO = "da_remoto", "Da remoto"
        OSPITE = "ospite", "Ospite"
        GIUSTIFICATO = "giustificato", "Giustificato"
        ASSENTE = "assente", "Assente"

    C_ERANO = (Partecipazione.PRESENTE, Partecipazione.DA_REMOTO, Partecipazione.OSPITE)

    riunione = models.ForeignKey(Riunione, on_delete=models.CASCADE, related_name="partecipanti")
    nome = models.CharField("nome e cognome", max_length=120)
    email = models.EmailField("e-mail", blank=True)
    organizzazione = models.ForeignKey(
        Organizzazione,
        verbose_name="organizzazione",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partecipazioni",
    )
    altro_ente = models.CharField("altro ente", max_length=200, blank=True)
    ruolo = models.CharField("ruolo nel Distretto", max_length=40, choices=RUOLI, blank=True)
    invitato = models.BooleanField("invitato", default=True)
    partecipazione = models.CharField("partecipazione", max_length=15, choices=Partecipazione, blank=True)

    class Meta:
        verbose_name = "partecipante"
        verbose_name_plural = "partecipanti"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.nome} ({self.ente})" if self.ente else self.nome

    @property
    def ente(self) -> str:
        """The body that the person comes from, of the network or not."""
        return str(self.organizzazione) if self.organizzazione else self.altro_ente

    @property
    def presente(self) -> bool:
        return self.partecipazione in self.C_ERANO


class Seguito(models.Model):
    """What somebody has to do after a meeting, by when, and the day on which it was done."""

    riunione = models.ForeignKey(Riunione, on_delete=models.CASCADE, related_name="seguiti")
    che_cosa = models.CharField("che cosa", max_length=300)
    responsabile = models.CharField("chi", max_length=120, blank=True)
    organizzazione = models.ForeignKey(
        Organizzazione, verbose_name="per chi", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entro = models.DateField("entro il", null=True, blank=True)
    fatto_il = models.DateField("fatto il", null=True, editable=False)

    class Meta:
        verbose_name = "cosa da fare dopo una riunione"
        verbose_name_plural = "cose da fare dopo le riunioni"
        ordering = ["pk"]

    def __str__(self):
        return self.che_cosa


class FileDellaRiunione(FileRiservato):
    """The minutes, the signed sheet, what was handed out."""

    class Genere(models.TextChoices):
        VERBALE = "verbale", "Verbale"
        FIRME = "firme", "Foglio firme"
        ALTRO = "altro", "Altro"

    CARTELLA = "riunioni"

    riunione = models.ForeignKey(Riunione, on_delete=models.CASCADE, related_name="file")
    genere = models.CharField("che cos'è", max_length=10, choices=Genere, default=Genere.ALTRO)

    class Meta(FileRiservato.Meta):
        verbose_name = "file di una riunione"
        verbose_name_plural = "file delle riunioni"

    def get_absolute_url(self):
        return reverse("riunioni:file", args=[self.riunione_id, self.chiave])


class PassaggioDellaRiunione(SoloAggiunte):
    """One change of state of a meeting: who, when, from where to where, why."""

    riunione = models.ForeignKey(Riunione, on_delete=models.CASCADE, related_name="passaggi")
    quando = models.DateTimeField("quando", default=timezone.now)
    chi = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="chi", null=True, on_delete=models.PROTECT, related_name="+"
    )
    da = models.CharField("da", max_length=15, choices=Riunione.Stato, blank=True)
    a = models.CharField("a", max_length=15, choices=Riunione.Stato)
    motivo = models.CharField("motivo", max_length=500, blank=True)

    class Meta:
        verbose_name = "passaggio di una riunione"
        verbose_name_plural = "passaggi delle riunioni"
        ordering = ["-quando", "-pk"]

    def __str__(self):
        return f"{self.riunione}: {self.get_a_display()}"
