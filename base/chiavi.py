"""Primary keys as they come from a request."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

CIFRE = 18
"""Digits that every database holds in a key."""


def chiavi_in(valori: Iterable[str]) -> list[int]:
    """Those of `valori` that may be primary keys; anything else, `²` and endless numbers included, is left out."""
    return [int(valore) for valore in valori if valore.isascii() and valore.isdecimal() and len(valore) <= CIFRE]


class SceltaTotale:
    """Mixin of model choice fields: a number too long to be a key is a choice that is not there."""

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError as errore:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value, "pk": value}
            ) from errore
