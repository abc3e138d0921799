"""The door of every form: texts come in cleaned (`base.formati.caratteri.pulito`), before anything is checked on them.

Public forms, the editors of pages with their StreamFields, Wagtail's own forms: all of them read what was typed by a
few field classes of Django. The cleaning is put there, once, because any other place would leave some out. A field
that wants its text as it is says so with `strip=False`, as those of passwords do.
"""

from django import forms
from django.forms.fields import BaseTemporalField

from .formati.caratteri import pulito

CAMPI = (forms.CharField, forms.IntegerField, BaseTemporalField)
"""What reads a text that was typed; the other fields hold a choice, a file, or some of these."""


def apri() -> None:
    """Put the cleaning in `CAMPI`. Called once, when the site starts."""
    for campo in CAMPI:
        campo.clean = _clean


def _clean(campo, value):
    if isinstance(value, str) and getattr(campo, "strip", True):
        value = pulito(value, una_riga=_di_una_riga(campo.widget))
    return forms.Field.clean(campo, value)


def _di_una_riga(widget) -> bool:
    return isinstance(widget, forms.widgets.Input) and not isinstance(widget, forms.HiddenInput)
