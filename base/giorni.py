"""Days and instants as they are typed."""

from datetime import date

from django.core.exceptions import ValidationError

from .tempo import PRIMO_ANNO, ULTIMO_ANNO


def esigi_nel_calendario(giorno: date) -> None:
    """A validator: raise `ValidationError` for a day, or an instant, of a year that no calendar of ours has."""
    if not PRIMO_ANNO <= giorno.year <= ULTIMO_ANNO:
        raise ValidationError(f"Controlla l'anno: va dal {PRIMO_ANNO} al {ULTIMO_ANNO}")
