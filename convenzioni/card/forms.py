"""What is typed about cards. No field has room for a name."""

from django import forms
from django.utils import timezone

from organizzazioni.models import Organizzazione

from ..models import Card
from ..operazioni.card import INSIEME


class NumeroForm(forms.Form):
    """A serial typed by hand, however it was written: `card.riscontro` says what it is worth."""

    numero = forms.CharField(
        label="Numero della card",
        max_length=60,
        strip=True,
        error_messages={"required": "Scrivi il numero che è sulla card", "max_length": "È troppo lungo: ricontrolla"},
        help_text="Sedici caratteri, sotto il nome dell'organizzazione. Maiuscole e trattini non contano",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class EmettiForm(forms.Form):
    """How many; `dopo` is the last issue that the page showed."""

    quante = forms.IntegerField(
        label="Quante card",
        min_value=1,
        max_value=INSIEME,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Scrivi un numero da 1 a {INSIEME}"
        ),
    )
    dopo = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class RevocaForm(forms.Form):
    motivo = forms.ChoiceField(label="Perché", choices=Card.Motivo, widget=forms.RadioSelect)


class ConcediForm(forms.Form):
    """How many cards, to whom, for which year. The last day is that of the year unless it is said."""

    organizzazione = forms.ModelChoiceField(label="Organizzazione", queryset=Organizzazione.objects.none())
    anno = forms.IntegerField(label="Anno", min_value=2000, max_value=2100)
    concesse = forms.IntegerField(
        label="Quante card può dare",
        min_value=0,
        max_value=100_000,
        help_text="Di solito quanti sono i dipendenti. Se c'è già un numero per quell'anno, questo lo sostituisce",
    )
    fino_al = forms.DateField(
        label="Valide fino al",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Ultimo giorno",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        oggi = timezone.localdate()
        self.fields["organizzazione"].queryset = Organizzazione.objects.attive().aderenti_al(oggi)
        self.fields["anno"].initial = oggi.year
        self.fields["fino_al"].initial = oggi.replace(month=12, day=31)

    def clean(self):
        dati = super().clean()
        anno, fino_al = dati.get("anno"), dati.get("fino_al")
        if anno and fino_al and fino_al.year not in (anno, anno + 1):
            self.add_error("fino_al", "L'ultimo giorno è in quell'anno, o in quello dopo")
        elif fino_al and fino_al < timezone.localdate():
            self.add_error("fino_al", "È già passato: nascerebbero scadute")
        return dati
