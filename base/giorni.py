"""Days and instants as they are typed, in our own forms and in every form of Wagtail's editor."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import DateField, DateTimeField
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from .tempo import PRIMO_ANNO, ULTIMO_ANNO


def esigi_nel_calendario(giorno: date) -> None:
    """A validator: raise `ValidationError` for a day, or an instant, of a year that no calendar of ours has."""
    if not PRIMO_ANNO <= giorno.year <= ULTIMO_ANNO:
        raise ValidationError(f"Controlla l'anno: va dal {PRIMO_ANNO} al {ULTIMO_ANNO}")


for _campo, _widget in ((DateField, AdminDateInput), (DateTimeField, AdminDateTimeInput)):
    register_form_field_override(_campo, override={"widget": _widget, "validators": [esigi_nel_calendario]})
