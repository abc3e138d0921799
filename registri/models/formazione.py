"""A course of the manager's training: offered, then attended or not."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from .basi import FileRiservato

DECIMO = Decimal("0.1")
ORE = {
    "max_digits": 4,
    "decimal_places": 1,
    "validators": [MinValueValidator(DECIMO), MaxValueValidator(Decimal(200))],
}
"""Hours are counted in tenths: a quarter of an hour is written 0,3, as rounded up by who writes it."""


class CorsoQuerySet(models.QuerySet):
    def offerti(self, dal, al):
        """Those of the days from `dal` to `al` that were not called off."""
        return self.filter(giorno__gte=dal, giorno__lte=al, annullato=False)


class Corso(models.Model):
    """A course offered to the territorial managers. `ore` and `ore_frequentate` are hours, in tenths."""

    class Frequenza(models.TextChoices):
        SI = "si", "Frequentato"
        NO = "no", "Non frequentato"

    chiave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    titolo = models.CharField("titolo", max_length=200)
    giorno = models.DateField("giorno")
    ore = models.DecimalField("ore offerte", help_text="Anche con un decimale: 2,5", **ORE)
    ente = models.CharField("chi lo offre", max_length=200, blank=True, help_text="Vuoto: l'agenzia provinciale")
    luogo = models.CharField("luogo", max_length=200, blank=True)
    annullato = models.BooleanField(
        "annullato da chi lo offriva", default=False, help_text="Le sue ore non sono più offerte"
    )
    frequenza = models.CharField("frequenza", max_length=2, choices=Frequenza, blank=True)
    ore_frequentate = models.DecimalField(
        "ore frequentate", null=True, blank=True, help_text="Vuote: tutte quelle offerte", **ORE
    )
    gia_date = models.ManyToManyField("programma.Evidenza", editable=False, related_name="corsi")
    autori = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")
    creato_il = models.DateTimeField(auto_now_add=True)
    modificato_il = models.DateTimeField(auto_now=True)
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = CorsoQuerySet.as_manager()

    class Meta:
        verbose_name = "corso per il manager"
        verbose_name_plural = "corsi per il manager"
        ordering = ["-giorno", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ore_frequentate=None) | Q(ore_frequentate__lte=models.F("ore")),
                name="ore_frequentate_non_piu_delle_offerte",
            )
        ]

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        return reverse("formazione:corso", args=[self.pk])

    @property
    def url(self):
        """Where an evidence born from it sends who reads it."""
        return self.get_absolute_url()

    @property
    def frequentate(self) -> Decimal:
        """The hours attended: all those offered where it is not said how many, none of a course not attended."""
        if self.frequenza != self.Frequenza.SI or self.annullato:
            return Decimal(0)
        return self.ore if self.ore_frequentate is None else self.ore_frequentate


class Attestato(FileRiservato):
    """The certificate of a course."""

    CARTELLA = "attestati"

    corso = models.ForeignKey(Corso, on_delete=models.CASCADE, related_name="file")

    class Meta(FileRiservato.Meta):
        verbose_name = "attestato di un corso"
        verbose_name_plural = "attestati dei corsi"

    def get_absolute_url(self):
        return reverse("formazione:file", args=[self.corso_id, self.chiave])
