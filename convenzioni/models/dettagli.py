"""What a convention has more than one of: conditions, places."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from base.posizione import che_cosa_non_va


class Offerta(Orderable):
    """One condition: how much, and on what."""

    class Tipo(models.TextChoices):
        PERCENTUALE = "percentuale", "Sconto in percentuale"
        FISSO = "fisso", "Sconto in euro"
        PREZZO = "prezzo", "Prezzo riservato, in euro"
        GRATUITO = "gratuito", "Gratuito"
        LISTINO = "listino", "Secondo un listino"

    convenzione = ParentalKey("convenzioni.ConvenzionePage", on_delete=models.CASCADE, related_name="offerte")
    tipo = models.CharField("tipo", max_length=12, choices=Tipo)
    valore = models.DecimalField(
        "quanto", max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    su = models.CharField("su che cosa", max_length=160, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("tipo"), FieldPanel("valore")]),
        FieldPanel("su", help_text="Con l'articolo: le cure, gli occhiali, l'abbonamento annuale"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "condizione"
        verbose_name_plural = "condizioni"

    def clean(self):
        super().clean()
        vuole = self.tipo in (self.Tipo.PERCENTUALE, self.Tipo.FISSO, self.Tipo.PREZZO)
        if vuole and self.valore is None:
            raise ValidationError({"valore": "Scrivi quanto"})
        if self.tipo == self.Tipo.PERCENTUALE and self.valore is not None and self.valore > 100:
            raise ValidationError({"valore": "Al massimo 100%"})


class LuogoConvenzione(Orderable):
    """Where the partner is. The municipality is a text: partners are outside of the territory too."""

    convenzione = ParentalKey("convenzioni.ConvenzionePage", on_delete=models.CASCADE, related_name="luoghi")
    nome = models.CharField("nome del luogo", max_length=120, blank=True)
    indirizzo = models.CharField("via e numero", max_length=160, blank=True)
    comune = models.CharField("comune", max_length=80)
    latitudine = models.DecimalField(
        "latitudine",
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitudine = models.DecimalField(
        "longitudine",
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    panels = [
        FieldRowPanel([FieldPanel("nome"), FieldPanel("indirizzo")]),
        FieldPanel("comune"),
        FieldRowPanel([FieldPanel("latitudine"), FieldPanel("longitudine")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "luogo"
        verbose_name_plural = "luoghi"

    def clean(self):
        super().clean()
        if (self.latitudine is None) != (self.longitudine is None):
            raise ValidationError({"longitudine": "Scrivi sia la latitudine sia la longitudine, o nessuna"})
        if self.latitudine is not None:
            motivo = che_cosa_non_va((float(self.latitudine), float(self.longitudine)))
            if motivo:
                raise ValidationError({"latitudine": motivo})
