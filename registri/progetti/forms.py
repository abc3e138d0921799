"""What is typed of a shared project; who takes part is rows, as the people of a meeting are."""

from django import forms

from base.campi import Giorno, SceltaField
from base.giorni import esigi_nel_calendario
from programma.alimentazione import schede_nate_nell_anno

from ..models import EnteDelProgetto, Progetto, TipoProgetto
from ..riunioni.forms import ModuloDelRegistro, Riga, fabbrica_di_righe, righe_di


class ProgettoForm(ModuloDelRegistro):
    tipo = SceltaField(label="Tipo", empty_label=None)
    scheda = SceltaField(
        label="Scheda del progetto fuori programma",
        required=False,
        empty_label="Nessuna",
        help_text="Se è nato durante l'anno e l'atto non lo prevede (M4)",
    )

    class Meta:
        model = Progetto
        fields = ["titolo", "tipo", "dal", "al", "col_manager", "di_che_cosa", "risultato", "scheda"]
        widgets = {
            "dal": Giorno,
            "al": Giorno,
            "di_che_cosa": forms.Textarea(attrs={"rows": 4}),
            "risultato": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tipo"].queryset = TipoProgetto.objects.all()
        self.fields["scheda"].queryset = schede_nate_nell_anno()
        for nome in ("dal", "al"):
            self.fields[nome].validators.append(esigi_nel_calendario)

    def clean(self):
        dati = super().clean()
        if dati.get("dal") and dati.get("al") and dati["al"] < dati["dal"]:
            self.add_error("al", "L'ultimo giorno viene dopo il primo")
        return dati


class EnteForm(Riga):
    prima, campi = "organizzazione", ("altro_ente", "parte")

    organizzazione = forms.ChoiceField(label="Organizzazione della rete", required=False)
    altro_ente = forms.CharField(label="Altro ente", max_length=200, required=False)
    parte = forms.ChoiceField(
        label="Parte", choices=EnteDelProgetto.Parte.choices, initial=EnteDelProgetto.Parte.PARTNER, required=False
    )

    def c_e(self, dati):
        return bool(dati.get("organizzazione") or dati.get("altro_ente"))

    @property
    def nome_della_riga(self):
        return str(self.ci_sono.get(self.initial.get("riga"), ""))

    def clean_parte(self):
        return self.cleaned_data["parte"] or EnteDelProgetto.Parte.PARTNER


_Enti = fabbrica_di_righe(EnteForm)


def righe_degli_enti(progetto, dati=None):
    return righe_di(_Enti, EnteForm, progetto.enti.all() if progetto.pk else [], dati)


class FileDelProgettoForm(forms.Form):
    file = forms.FileField(label="File", widget=forms.FileInput)


class GiornoDelFattoForm(forms.Form):
    al = forms.DateField(label="Giorno del fatto", required=False, widget=Giorno)


class OffertaForm(forms.Form):
    """On which day, and of which of the criteria that it serves, the project is given as evidence."""

    giorno = forms.DateField(widget=forms.HiddenInput, validators=[esigi_nel_calendario])
    criteri = forms.MultipleChoiceField(
        label="Vale per", required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "ri-criteri"})
    )
    perche_insieme = forms.CharField(
        label="Perché vale per più criteri",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Serve se lo stesso progetto vale per due compiti del manager, o per due criteri di un'azione",
    )
    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, progetto, giorno, proposte, date_ora, *args, **kwargs):
        """`date_ora` are the codes that it gives already; without any, what it serves is ticked."""
        servono = [proposta for proposta in proposte if proposta.serve]
        codici = [proposta.criterio.codice for proposta in servono]
        iniziali = {
            "giorno": giorno.isoformat(),
            "criteri": [codice for codice in codici if codice in date_ora] or codici,
            "perche_insieme": progetto.perche_insieme,
            "versione": progetto.versione,
        }
        super().__init__(*args, initial=iniziali, **kwargs)
        self.fields["criteri"].choices = [(p.criterio.codice, f"{p.criterio} · {p.perche}") for p in servono]
        if not servono:
            del self.fields["criteri"], self.fields["perche_insieme"]
