"""A field and a block for telephone numbers."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.blocks import CharBlock

from .formati.telefoni import TelefonoRifiutato, leggi, normale

SPAZIO = 120
"""Characters that hold a few numbers, each in groups and with its extension."""


class CampoTelefono(models.CharField):
    """One number or more, checked and put in groups when the model is (`full_clean`): by forms and by imports alike.

    To the database it is text: migrations see a `CharField`.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": SPAZIO, **kwargs})

    def clean(self, value, model_instance):
        try:
            value = normale(value or "")
        except TelefonoRifiutato as rifiuto:
            raise ValidationError(str(rifiuto)) from rifiuto
        return super().clean(value, model_instance)

    def deconstruct(self):
        nome, _, argomenti, opzioni = super().deconstruct()
        return nome, "django.db.models.CharField", argomenti, opzioni


class TelefonoBlock(CharBlock):
    """One number in a body, short ones included, checked and put in groups as `CampoTelefono` does."""

    def clean(self, value):
        try:
            numeri = leggi(value or "")
        except TelefonoRifiutato as rifiuto:
            raise ValidationError(str(rifiuto)) from rifiuto
        if len(numeri) > 1:
            raise ValidationError("Qui sta un numero solo: per gli altri aggiungi una voce")
        return super().clean(next(map(str, numeri), ""))
