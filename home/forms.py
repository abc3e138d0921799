"""The search form."""

from django import forms


class CercaForm(forms.Form):
    q = forms.CharField(
        label="Che cosa cerchi?",
        required=False,
        max_length=100,
        error_messages={"max_length": "Cerca con meno parole: al massimo %(limit_value)d caratteri."},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
