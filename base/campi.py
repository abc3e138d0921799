"""Form fields and widgets that every app uses."""

from datetime import date

from django import forms
from django_filters.fields import ModelChoiceField

from .chiavi import SceltaTotale


class Giorno(forms.DateInput):
    """A day, as the browser asks for it."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")

    def format_value(self, value):
        """Nothing in place of what is no day: HTML has no such value."""
        testo = super().format_value(value)
        try:
            return date.fromisoformat(testo or "").isoformat()
        except ValueError:
            return None


class SceltaField(SceltaTotale, ModelChoiceField):
    """One object, called as `nome` says; any key, however long, that is not among those offered is not there."""

    def __init__(self, queryset=None, nome=str, **kwargs):
        super().__init__(queryset=queryset, **kwargs)
        self.nome = nome

    def label_from_instance(self, obj):
        return self.nome(obj)


class RigheField(forms.CharField):
    """Words, one a line, kept as a list."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [riga.strip() for riga in (value or "").splitlines() if riga.strip()]

    def run_validators(self, value):
        """On the text, as it was typed: what they look for, a null too, is not seen in a list."""
        super().run_validators("\n".join(value))
