"""The filters of the list, and what the editor checks of a press release."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.campi import Giorno
from programma.alimentazione import CollegamentoForm

TIPI = [("notizia", "Notizie"), ("comunicato", "Comunicati stampa"), ("evento", "Eventi")]


SCELTA_SBAGLIATA = {"invalid_choice": "Questa scelta non c'è: mostriamo tutto"}
GIORNO_SBAGLIATO = {"invalid": "Questo giorno non esiste: mostriamo tutto"}


class FiltroPezziForm(forms.Form):
    """Type, organisation, action, year, period. What does not exist is an error, and the list is then shown whole."""

    tipo = forms.ChoiceField(
        label="Che cosa", required=False, choices=[("", "Tutto"), *TIPI], error_messages=SCELTA_SBAGLIATA
    )
    organizzazione = forms.ChoiceField(label="Organizzazione", required=False, error_messages=SCELTA_SBAGLIATA)
    azione = forms.TypedChoiceField(
        label="Azione del programma", required=False, coerce=int, empty_value=None, error_messages=SCELTA_SBAGLIATA
    )
    anno = forms.TypedChoiceField(
        label="Anno", required=False, coerce=int, empty_value=None, error_messages=SCELTA_SBAGLIATA
    )
    dal = forms.DateField(label="Dal giorno", required=False, widget=Giorno, error_messages=GIORNO_SBAGLIATO)
    al = forms.DateField(label="Al giorno", required=False, widget=Giorno, error_messages=GIORNO_SBAGLIATO)

    def __init__(self, dati, organizzazioni, azioni, anni):
        """`organizzazioni` are pairs of key and name; without any, there is no such filter."""
        super().__init__(dati)
        self.fields["organizzazione"].choices = [("", "Tutte"), *organizzazioni]
        self.fields["azione"].choices = [("", "Tutte"), *((a.pk, f"{a.anno} · {a.title}") for a in azioni)]
        self.fields["anno"].choices = [("", "Tutti"), *((anno, anno) for anno in anni)]
        if not organizzazioni:
            del self.fields["organizzazione"]

    def clean(self):
        dati = super().clean()
        if dati.get("dal") and dati.get("al") and dati["al"] < dati["dal"]:
            self.add_error("al", ValidationError("Il periodo finisce prima di cominciare: mostriamo tutto"))
        return dati

    @property
    def scelte(self):
        """The filters chosen and valid, by name; none when something is wrong."""
        return {nome: valore for nome, valore in self.cleaned_data.items() if valore} if self.is_valid() else {}


class ComunicatoForm(CollegamentoForm):
    """A number is used once a year by an organisation; what is public already cannot be put under embargo."""

    def clean(self):
        embargo = self.cleaned_data.get("embargo")
        if embargo:
            self.cleaned_data["data"] = timezone.localdate(embargo)
        dati = super().clean()
        if embargo and self.instance.pk and self.instance.live and embargo > timezone.now():
            self.add_error("embargo", "È già pubblico: per fermarlo, chiedi di toglierlo dal sito")
        numero, giorno = dati.get("numero"), dati.get("data")
        if numero and giorno and self._usato(numero, giorno.year):
            self.add_error("numero", f"C'è già un comunicato {numero}/{giorno.year}")
        return dati

    def _usato(self, numero, anno):
        modello, sezione = type(self.instance), self.parent_page
        altri = modello.objects.filter(numero=numero, data__year=anno).exclude(pk=self.instance.pk)
        return sezione is not None and altri.child_of(sezione).exists()
