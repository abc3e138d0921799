"""What is typed of places and bookings: by who books, and by who organises."""

from django import forms
from django.core.exceptions import ValidationError

from base.campi import Giorno
from base.giorni import esigi_nel_calendario
from base.limiti import Limite
from base.moduli_pubblici import FINESTRA, ModuloPubblico

from ..models import PostiDellEvento

DA_UNA_RETE, IN_TUTTO = 20, 200
"""More than of other public forms: the people of an office have one address, and book in the same hour."""


class PrenotaForm(ModuloPubblico):
    """Who comes, with what a phone fills in by itself."""

    nome = "prenotazione"

    nome_e_cognome = forms.CharField(
        label="Nome e cognome",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Scrivi come ti chiami"},
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="Confermi dal messaggio che ti mandiamo qui",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Scrivi il tuo indirizzo", "invalid": "Scrivilo intero, come nome@esempio.it"},
    )
    ente = forms.CharField(
        label="Organizzazione da cui vieni",
        max_length=160,
        required=False,
        help_text="Se ci vieni per il tuo lavoro",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    consenso = forms.BooleanField(
        label="Ho letto come sono usati questi dati, e va bene",
        error_messages={"required": "Per prenotarti serve il tuo consenso"},
    )

    @property
    def limite(self):
        return Limite(f"modulo.{self.nome}", DA_UNA_RETE, FINESTRA, IN_TUTTO)


class PostiForm(forms.ModelForm):
    """How an event is booked; `versione` is the one that was read, empty while they are not open."""

    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PostiDellEvento
        fields = ["quanti", "fino_al", "conserva", "chiuse"]
        widgets = {"fino_al": Giorno}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fino_al"].validators.append(esigi_nel_calendario)
        if self.instance.pk:
            self.fields["versione"].initial = self.instance.versione
        else:
            del self.fields["chiuse"]

    def clean_fino_al(self):
        giorno, evento = self.cleaned_data["fino_al"], self.instance.evento
        if giorno and giorno > evento.quando.fine:
            raise ValidationError("È dopo l'evento")
        return giorno


class PresentiForm(forms.ModelForm):
    """How many came: numbers, and nobody's name."""

    class Meta:
        model = PostiDellEvento
        fields = ["presenti_dipendenti", "presenti_comunita"]
