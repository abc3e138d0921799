"""The door of every form: texts come in cleaned (`base.formati.caratteri.pulito`), before anything is checked on them,
and none without an end.

Public forms, the editors of pages with their StreamFields, Wagtail's own forms: all of them read what was typed by a
few field classes of Django. The cleaning is put there, once, because any other place would leave some out. A field
that wants its text as it is says so with `strip=False`, as those of passwords do.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.fields import BaseTemporalField
from django.utils.formats import number_format

from .formati.caratteri import pulito
from .formati.nomi_di_file import nome_leggibile

CAMPI = (forms.CharField, forms.IntegerField, BaseTemporalField)
"""What reads a text that was typed; the other fields hold a choice, a file, or some of these."""


MASSIMO = 200_000
"""Characters of a text whose field has no limit of its own: some eighty printed pages."""


def apri() -> None:
    """Put the cleaning in `CAMPI`. Called once, when the site starts."""
    for campo in CAMPI:
        campo.clean = _clean
    forms.FileField.clean = _con_un_nome(forms.FileField.clean)


def _con_un_nome(clean):
    """The same of a file, whose name is one that people can read: ".pdf" has no stem, "a.pdf." no kind."""

    def clean_con_un_nome(campo, data, initial=None):
        if isinstance(data, UploadedFile):
            data.name = nome_leggibile(data.name)
        return clean(campo, data, initial)

    return clean_con_un_nome


def _clean(campo, value):
    if isinstance(value, str) and len(value) > MASSIMO:
        ammessi = min(getattr(campo, "max_length", None) or MASSIMO, MASSIMO)
        quanti, massimo = (number_format(numero, force_grouping=True) for numero in (len(value), ammessi))
        raise ValidationError(f"Il testo è troppo lungo: {quanti} caratteri, al massimo {massimo}")
    if isinstance(value, str) and getattr(campo, "strip", True):
        value = pulito(value, una_riga=_di_una_riga(campo.widget))
    return forms.Field.clean(campo, value)


def _di_una_riga(widget) -> bool:
    return isinstance(widget, forms.widgets.Input) and not isinstance(widget, forms.HiddenInput)
