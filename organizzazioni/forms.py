"""Forms about people."""

from django import forms

from .models import Organizzazione


class InvitoForm(forms.Form):
    """Who is invited, and for which organisations."""

    email = forms.EmailField(
        label="E-mail di lavoro", max_length=140, help_text="Riceve qui il collegamento per scegliere la password"
    )
    nome = forms.CharField(label="Nome", max_length=150)
    cognome = forms.CharField(label="Cognome", max_length=150)
    organizzazioni = forms.ModelMultipleChoiceField(
        label="Organizzazioni", queryset=Organizzazione.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="Una persona può lavorare per più organizzazioni",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organizzazioni"].queryset = Organizzazione.objects.attive()
