"""Model fields of the guide."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from base.posizione import che_cosa_non_va

from ..eta import MASSIMO_MESI
from ..forms import EtaField


class MesiField(models.PositiveSmallIntegerField):
    """An age, stored in months; people write it in months or in years."""

    def formfield(self, **kwargs):
        return EtaField(
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name.capitalize()),
            help_text=self.help_text,
            max_value=MASSIMO_MESI,
        )


class ConPosizione(models.Model):
    """What is at a point of the map, if anyone has written where: WGS 84, in degrees."""

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

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if (self.latitudine is None) != (self.longitudine is None):
            raise ValidationError({"longitudine": "Scrivi sia la latitudine sia la longitudine, o nessuna"})
        if self.punto is not None and (motivo := che_cosa_non_va(self.punto, *self.vicino_a())):
            raise ValidationError({"latitudine": motivo})

    @property
    def punto(self):
        return None if self.latitudine is None else (float(self.latitudine), float(self.longitudine))

    def vicino_a(self):
        """The point that this one must be near, and its name; nothing where only the country is known."""
        return ()
