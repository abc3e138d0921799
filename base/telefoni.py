"""A field for telephone numbers."""

from django.core.exceptions import ValidationError
from django.db import models

from .formati.telefoni import TelefonoRifiutato, normale


class CampoTelefono(models.CharField):
    """One number or more, checked and put in groups when the model is (`full_clean`): by forms and by imports alike.

    To the database it is text: migrations see a `CharField`.
    """

    def clean(self, value, model_instance):
        try:
            value = normale(value or "")
        except TelefonoRifiutato as rifiuto:
            raise ValidationError(str(rifiuto)) from rifiuto
        return super().clean(value, model_instance)

    def deconstruct(self):
        nome, _, argomenti, opzioni = super().deconstruct()
        return nome, "django.db.models.CharField", argomenti, opzioni
