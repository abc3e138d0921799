"""Model fields of the guide."""

from django.db import models

from ..eta import MASSIMO_MESI


class MesiField(models.PositiveSmallIntegerField):
    """An age, stored in months; people write it in months or in years."""

    def formfield(self, **kwargs):
        from ..forms import EtaField

        return EtaField(
            required=not self.blank, label=kwargs.get("label", self.verbose_name.capitalize()),
            help_text=self.help_text, max_value=MASSIMO_MESI,
        )
