"""The forms of the year's work: an internal deadline, a letter to who owes something."""

from django import forms
from django.core.exceptions import ValidationError

from base.campi import Giorno, SceltaField
from base.giorni import esigi_nel_calendario
from base.tempo import giorno_in_parole

from .indizi import completo, indirizzo_sbagliato, indizi_di
from .models import AzionePage, DomandaDiContributo, TermineInterno


class TermineForm(forms.ModelForm):
    """By when something of an action of one programme is to be done."""

    azione = SceltaField(queryset=AzionePage.objects.none(), label="Azione", empty_label="Scegli un'azione")

    class Meta:
        model = TermineInterno
        fields = ["azione", "che_cosa", "giorno"]
        widgets = {"giorno": Giorno}
        labels = {"che_cosa": "Che cosa va fatto", "giorno": "Entro il"}
        help_texts = {"che_cosa": "Per esempio: primo incontro, bozza della convenzione, foto e verbali"}

    def __init__(self, *args, programma, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["azione"].queryset = AzionePage.objects.child_of(programma).order_by("numero", "pk")
        dal, al = giorno_in_parole(programma.dal, dopo="dal"), giorno_in_parole(programma.scadenza, dopo="al")
        self.fields["giorno"].help_text = f"Un giorno del programma, {dal} {al}"


class LetteraForm(forms.Form):
    """A letter that is ready, and may be changed before it leaves."""

    oggetto = forms.CharField(label="Oggetto", max_length=150)
    testo = forms.CharField(
        label="Testo",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Il saluto con il nome e l'indirizzo del portale li aggiunge il messaggio. Chi risponde scrive a te",
    )


class DomandaForm(forms.ModelForm):
    """Whether the year asks for the contribution, and when that is asked."""

    class Meta:
        model = DomandaDiContributo
        fields = ["si_chiede", "apre", "chiude", "dove"]
        widgets = {"apre": Giorno, "chiude": Giorno}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nome in ("apre", "chiude"):
            self.fields[nome].validators.append(esigi_nel_calendario)

    def clean(self):
        dati = super().clean()
        if dati.get("apre") and dati.get("chiude") and dati["chiude"] < dati["apre"]:
            self.add_error("chiude", "Viene prima del giorno in cui si apre")
        return dati


MASSIMO_IN_INDIRIZZO = 1000
"""Characters of a text that go from a page to the next in its address."""


class InManoForm(forms.Form):
    """What one has in hand, in the address of a page: a post's address, or what a phone shared. Nothing is required."""

    link = forms.CharField(
        label="Oppure incolla l'indirizzo di un post",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text="Facebook, Instagram, LinkedIn o un sito: il portale non lo apre, ne legge solo il canale e la data",
    )
    titolo = forms.CharField(required=False, widget=forms.HiddenInput)
    testo = forms.CharField(required=False, widget=forms.HiddenInput)
    spunto = forms.CharField(required=False, max_length=43, widget=forms.HiddenInput)

    def clean_link(self):
        link = self.cleaned_data["link"]
        if indirizzo_sbagliato(link):
            raise ValidationError("Questo indirizzo non è completo: copialo tutto, comincia con https://")
        return completo(link)

    @property
    def portati(self):
        """Name -> value of what goes along from one step to the next."""
        dati = self.cleaned_data if self.is_valid() else {}
        return {nome: valore for nome, valore in dati.items() if valore}

    def portati_il(self, giorno):
        """The same, with the day of the fact where it is known."""
        return {**({"data": giorno.isoformat()} if giorno else {}), **self.portati}

    def clean_testo(self):
        return self.cleaned_data["testo"][:MASSIMO_IN_INDIRIZZO]

    def indizi(self, oggi):
        """What the words and the address tell; a wrong address tells nothing."""
        dati = self.cleaned_data if self.is_valid() else {}
        return indizi_di(dati.get("titolo", ""), dati.get("testo", ""), dati.get("link", ""), oggi)
