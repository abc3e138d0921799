"""A consultation for an action of the programme: which bodies were heard, what they need, the model that comes of it.

Who was at a session the meeting says; here it is only linked.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from base.solo_aggiunte import SoloAggiunte
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager, legge_tutto

from .riunioni import Riunione


class ConsultazioneQuerySet(models.QuerySet):
    def visibili_a(self, utente):
        """All for who reads everything, else those of the actions that their bodies lead."""
        if not utente.is_active:
            return self.none()
        if e_manager(utente) or legge_tutto(utente):
            return self
        sue = Organizzazione.objects.di(utente).values("azioni_guidate__azione")
        return self.filter(azione__in=sue)

    def pubblicate(self):
        return self.filter(stato=Consultazione.Stato.PUBBLICATA)

    def complete(self):
        """With all that is counted of them, in constant queries."""
        return self.select_related("azione").prefetch_related(
            "azione__referenti",
            "sedute__partecipanti__organizzazione",
            "sedute__autori",
            "autori",
            "enti__organizzazione",
            "bisogni__organizzazione",
        )


class Consultazione(models.Model):
    """The consultation of one action: in progress, proposed, published. `generi` are the kinds of need that it looks
    for; `esito` is what was counted when it was proposed, which is what the public reads. `criterio_enti` gets how many
    bodies were heard, `criterio_presenze` how many presences its sessions had."""

    class Stato(models.TextChoices):
        IN_CORSO = "in_corso", "In corso"
        PROPOSTA = "proposta", "Da approvare"
        PUBBLICATA = "pubblicata", "Pubblicata"

    chiave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    azione = models.OneToOneField(
        "programma.AzionePage",
        verbose_name="azione del programma",
        on_delete=models.PROTECT,
        related_name="consultazione",
        help_text="Di ogni azione c'è una consultazione sola",
    )
    titolo = models.CharField("titolo", max_length=160)
    perche = models.TextField(
        "perché si consulta", max_length=2000, help_text="Che cosa si vuole sapere e che cosa se ne farà: va sul sito"
    )
    generi = models.JSONField(default=list)
    sedute = models.ManyToManyField(Riunione, verbose_name="sedute", related_name="consultazioni", editable=False)
    sintesi = models.TextField("che cosa ne è venuto", max_length=6000, blank=True)
    criterio_enti = models.ForeignKey(
        "programma.Criterio", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    criterio_presenze = models.ForeignKey(
        "programma.Criterio", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    perche_insieme = models.TextField("perché vale per più criteri", max_length=1000, blank=True)
    stato = models.CharField(max_length=10, choices=Stato, default=Stato.IN_CORSO, editable=False)
    esito = models.JSONField(default=dict, editable=False)
    motivo = models.TextField(max_length=1000, blank=True, editable=False)
    pubblicata_il = models.DateTimeField(null=True, editable=False)
    pubblicata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    autori = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = ConsultazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "consultazione"
        verbose_name_plural = "consultazioni"
        ordering = ["-pk"]

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        return reverse("consultazioni:consultazione", args=[self.pk])

    @property
    def url(self):
        """Where an evidence born from it sends who reads it: what the public reads, or the register."""
        if self.stato == self.Stato.PUBBLICATA:
            return reverse("consultazioni_pubbliche:esito", args=[self.pk])
        return self.get_absolute_url()

    @property
    def in_corso(self) -> bool:
        return self.stato == self.Stato.IN_CORSO

    @property
    def anno(self) -> int:
        """The year of what is published."""
        giorni = self.esito.get("sedute")
        return int(giorni[-1][:4]) if giorni else timezone.localdate(self.pubblicata_il).year


class DiUnEnte(models.Model):
    """A row that names a body, of the network or not."""

    organizzazione = models.ForeignKey(
        Organizzazione, verbose_name="organizzazione", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    altro_ente = models.CharField("altro ente", max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def ente(self) -> str:
        return str(self.organizzazione) if self.organizzazione else self.altro_ente


class EnteConsultato(DiUnEnte):
    """A body that was heard apart from the sessions; who came to one is read from its attendance."""

    class Come(models.TextChoices):
        COLLOQUIO = "colloquio", "Colloquio o telefonata"
        MODULO = "modulo", "Modulo compilato"
        VISITA = "visita", "Visita"

    consultazione = models.ForeignKey(Consultazione, on_delete=models.CASCADE, related_name="enti")
    come = models.CharField("come", max_length=10, choices=Come, default=Come.COLLOQUIO)

    class Meta:
        verbose_name = "ente consultato"
        verbose_name_plural = "enti consultati"
        ordering = ["pk"]

    def __str__(self):
        return self.ente


class BisognoRaccolto(DiUnEnte):
    """A need that a body told, or that came up in a session. Nobody outside reads `parole`, only `pubblico` once the
    words were read over."""

    class DiChi(models.TextChoices):
        FAMIGLIE = "famiglie", "Delle famiglie"
        OPERATORI = "operatori", "Di chi lavora con le famiglie"

    class Parole(models.TextChoices):
        DA_RIVEDERE = "da_rivedere", "Da rivedere"
        APPROVATE = "approvate", "Si pubblicano"
        TOLTE = "tolte", "Non si pubblicano"

    chiave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultazione = models.ForeignKey(Consultazione, on_delete=models.CASCADE, related_name="bisogni")
    seduta = models.ForeignKey(
        Riunione, verbose_name="seduta", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    di_chi = models.CharField("di chi è il bisogno", max_length=10, choices=DiChi)
    genere = models.CharField("genere", max_length=80)
    parole = models.TextField(
        "parole",
        max_length=2000,
        blank=True,
        help_text="Come l'ha detto l'ente: resta all'interno finché non si rivede",
    )
    stato = models.CharField(max_length=12, choices=Parole, default=Parole.DA_RIVEDERE, editable=False)
    pubblico = models.TextField(max_length=2000, blank=True, editable=False)
    versione = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "bisogno raccolto"
        verbose_name_plural = "bisogni raccolti"
        ordering = ["genere", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pubblico="") | Q(stato="approvate"), name="bisogno_pubblico_solo_se_approvato"
            )
        ]

    def __str__(self):
        return self.genere

    def get_absolute_url(self):
        return reverse("consultazioni:bisogno", args=[self.consultazione_id, self.pk])


class StesuraDelModello(SoloAggiunte):
    """The model that the consultation proposes, as it was written one time; the last one is the one that counts."""

    consultazione = models.ForeignKey(Consultazione, on_delete=models.PROTECT, related_name="stesure")
    numero = models.PositiveIntegerField("numero")
    testo = models.TextField("testo", max_length=20000)
    che_cosa_cambia = models.CharField("che cosa cambia", max_length=300, blank=True)
    scritta_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scritta_il = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "stesura del modello"
        verbose_name_plural = "stesure dei modelli"
        ordering = ["-numero"]
        constraints = [
            models.UniqueConstraint(fields=["consultazione", "numero"], name="una_stesura_per_numero"),
        ]

    def __str__(self):
        return f"Stesura {self.numero}"

    def get_absolute_url(self):
        return reverse("consultazioni:stesura", args=[self.consultazione_id, self.numero])
