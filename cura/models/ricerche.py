"""The words that people type: those that mean others, and those that found nothing."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel

from base.parole import parole, radice


class Sinonimo(models.Model):
    """A word that people type, and those that the entries use for it, whatever their kind."""

    parola = models.CharField("chi scrive", max_length=40, unique=True, help_text="Una parola sola")
    cerca_anche = models.CharField("cerca anche", max_length=250, help_text="Una o più parole, separate da virgole")
    radice = models.CharField(max_length=40, editable=False, db_index=True)

    panels = [FieldPanel("parola"), FieldPanel("cerca_anche")]

    class Meta:
        verbose_name = "sinonimo"
        verbose_name_plural = "sinonimi"
        ordering = ["parola"]

    def __str__(self):
        return f"{self.parola} → {self.cerca_anche}"

    def save(self, *args, **kwargs):
        self.radice = radice(parole(self.parola)[0])
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if len(parole(self.parola)) != 1:
            raise ValidationError({"parola": "Scrivi una parola sola, che non sia un articolo o una preposizione"})
        if not parole(self.cerca_anche):
            raise ValidationError({"cerca_anche": "Scrivi almeno una parola"})


class RicercaVana(models.Model):
    """Words that found nothing in an `ambito`, and how many times in a month. Nothing of who wrote them, nor of when in
    the month but for the last day. See `operazioni.annota_vana`."""

    ambito = models.CharField(max_length=20)
    parole = models.CharField(max_length=60)
    mese = models.DateField(help_text="Il suo primo giorno")
    volte = models.PositiveIntegerField(default=1)
    ultima = models.DateField()

    class Meta:
        verbose_name = "ricerca senza risultati"
        verbose_name_plural = "ricerche senza risultati"
        constraints = [
            models.UniqueConstraint(fields=["ambito", "mese", "parole"], name="ricerca_vana_una_al_mese_per_ambito")
        ]

    def __str__(self):
        return f"{self.parole}: {self.volte}"
