"""The forms of a document while it is written."""

from django import forms

MASSIMO = 20_000
"""Characters of a part: some eight printed pages."""


class ParteForm(forms.Form):
    """The words of one part, and the version of it on which they were written."""

    testo = forms.CharField(
        label="Testo",
        required=False,
        max_length=MASSIMO,
        help_text="Una riga vuota comincia un nuovo paragrafo. Vuoto: la parte non c'è nel documento",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    numero = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)


class LettoForm(forms.Form):
    """The fingerprint of what was read: what one decides on is that, and nothing else."""

    letto = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
