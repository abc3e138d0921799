"""The filters of the list of news."""

from django import forms


class FiltroNotizieForm(forms.Form):
    """Organisation, action and year. What does not exist is an error, and the list is then shown whole."""

    organizzazione = forms.ChoiceField(label="Organizzazione", required=False)
    azione = forms.TypedChoiceField(label="Azione del programma", required=False, coerce=int, empty_value=None)
    anno = forms.TypedChoiceField(label="Anno", required=False, coerce=int, empty_value=None)

    def __init__(self, dati, organizzazioni, azioni, anni):
        super().__init__(dati)
        self.fields["organizzazione"].choices = [("", "Tutte"), *((o.chiave, str(o)) for o in organizzazioni)]
        self.fields["azione"].choices = [("", "Tutte"), *((a.pk, f"{a.anno} · {a.title}") for a in azioni)]
        self.fields["anno"].choices = [("", "Tutti"), *((anno, anno) for anno in anni)]
        if not organizzazioni:
            del self.fields["organizzazione"]

    @property
    def scelte(self):
        """The filters chosen and valid, by name; none when something is wrong."""
        return {nome: valore for nome, valore in self.cleaned_data.items() if valore} if self.is_valid() else {}
