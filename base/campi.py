"""Form fields and widgets that every app uses."""

from datetime import date

from django import forms


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
