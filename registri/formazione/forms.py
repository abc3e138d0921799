"""What is typed of a course."""

from django import forms
from django.utils import timezone

from base.campi import Giorno
from base.giorni import esigi_nel_calendario

from ..models import Corso
from ..riunioni.forms import ModuloDelRegistro


class CorsoForm(ModuloDelRegistro):
    class Meta:
        model = Corso
        fields = ["titolo", "giorno", "ore", "ente", "luogo", "annullato", "frequenza", "ore_frequentate"]
        localized_fields = ["ore", "ore_frequentate"]
        widgets = {
            "giorno": Giorno,
            "ore": forms.TextInput(attrs={"inputmode": "decimal"}),
            "ore_frequentate": forms.TextInput(attrs={"inputmode": "decimal"}),
            "frequenza": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["giorno"].validators.append(esigi_nel_calendario)
        self.fields["frequenza"].choices = [("", "Non ancora detto"), *Corso.Frequenza.choices]

    def clean(self):
        dati = super().clean()
        frequentato = dati.get("frequenza") == Corso.Frequenza.SI
        ore, frequentate = dati.get("ore"), dati.get("ore_frequentate")
        if frequentate and not frequentato:
            self.add_error("frequenza", "Se ne hai frequentate delle ore, segna «Frequentato»")
        if ore and frequentate and frequentate > ore:
            self.add_error("ore_frequentate", "Non possono essere più delle ore offerte")
        if frequentato and dati.get("giorno") and dati["giorno"] > timezone.localdate():
            self.add_error("frequenza", "Il giorno non è ancora passato")
        return dati


class AttestatoForm(forms.Form):
    file = forms.FileField(label="Attestato", widget=forms.FileInput)
