"""The forms of a year that begins: what becomes of each action, and the acts of the path."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.allegati import FileRifiutato, esamina
from base.campi import Giorno

from .models import AttoDelProgramma, AzionePage, ProgrammaPage
from .operazioni.nuovo_anno import CAMPI_DEGLI_ATTI, AzioneNuova

LASCIA = "lascia"
SCELTE = [*AzionePage.Sorte.choices, (LASCIA, "Non c'è più")]
QUANTE_NUOVE = 3
"""Rows for new actions; more are added to the draft."""
DEGLI_ATTI = ("pdf", "p7m")


class AnnoForm(forms.Form):
    """What becomes of each action of last year, kept unless somebody says otherwise, and the new ones."""

    def __init__(self, *args, azioni, **kwargs):
        super().__init__(*args, **kwargs)
        self.azioni = azioni
        for azione in azioni:
            self.fields[f"azione_{azione.pk}"] = forms.ChoiceField(
                label=str(azione),
                choices=SCELTE,
                initial=LASCIA if azione.fuori_programma else AzionePage.Sorte.MANTENUTA,
                widget=forms.RadioSelect,
                help_text="Nata durante l'anno, fuori dal programma" if azione.fuori_programma else azione.area,
                error_messages={"required": "Scegli che cosa ne è"},
            )
        for n in range(1, QUANTE_NUOVE + 1):
            self.fields[f"titolo_{n}"] = forms.CharField(
                label=f"Titolo dell'azione nuova {n}", max_length=200, required=False
            )
            self.fields[f"area_{n}"] = forms.CharField(
                label=f"Area dell'azione nuova {n}", max_length=120, required=False
            )

    @property
    def scelte_per_azione(self):
        return [self[f"azione_{azione.pk}"] for azione in self.azioni]

    @property
    def righe_nuove(self):
        return [(self[f"titolo_{n}"], self[f"area_{n}"]) for n in range(1, QUANTE_NUOVE + 1)]

    def clean(self):
        dati = super().clean()
        for n in range(1, QUANTE_NUOVE + 1):
            titolo, area = dati.get(f"titolo_{n}"), dati.get(f"area_{n}")
            if titolo and not area:
                self.add_error(f"area_{n}", "Scrivi l'area, come la chiama l'atto")
            elif area and not titolo:
                self.add_error(f"titolo_{n}", "Scrivi il titolo")
        if not self.errors and not self.scelte() and not self.nuove():
            raise ValidationError("Un programma ha almeno un'azione: tienine una, o scrivine una nuova")
        return dati

    def scelte(self):
        """Key of an action -> its `Sorte`, for `operazioni.prepara_programma`; those that are dropped are not there."""
        dette = {azione.pk: self.cleaned_data.get(f"azione_{azione.pk}") for azione in self.azioni}
        return {pk: detta for pk, detta in dette.items() if detta and detta != LASCIA}

    def nuove(self):
        righe = [
            (self.cleaned_data.get(f"titolo_{n}"), self.cleaned_data.get(f"area_{n}"))
            for n in range(1, QUANTE_NUOVE + 1)
        ]
        return [AzioneNuova(titolo, area) for titolo, area in righe if titolo and area]


class AttiForm(forms.ModelForm):
    """Organ, number, day and file of each step, in the order in which they happen."""

    class Meta:
        model = ProgrammaPage
        fields = [campo for campi in CAMPI_DEGLI_ATTI.values() for campo in campi]
        labels = {"delibera_numero": "Numero della delibera", "delibera_data": "Data della delibera"}
        labels |= {"atto_numero": "Numero dell'atto", "atto_data": "Data dell'atto"}
        widgets = dict.fromkeys(("delibera_data", "protocollo_data", "atto_data"), Giorno)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.accettati = []
        for passo, nome in AttoDelProgramma.Passo.choices:
            self.fields[f"file_{passo}"] = forms.FileField(
                label=f"File: {nome[0].lower()}{nome[1:]}",
                required=False,
                help_text="PDF, o PDF firmato (.p7m)",
                widget=forms.FileInput(attrs={"accept": ".pdf,.p7m"}),
            )
        file = self.instance.file_degli_atti.all() if self.instance.pk else []
        self.fields["togli"] = forms.ModelMultipleChoiceField(
            queryset=file, required=False, label="Togli questi file", widget=forms.CheckboxSelectMultiple
        )
        if not file:
            del self.fields["togli"]

    @property
    def passi(self):
        """(name of the step, its fields, its files), in order."""
        file = list(self.instance.file_degli_atti.all())
        return [
            (
                nome,
                [self[campo] for campo in (*CAMPI_DEGLI_ATTI[passo], f"file_{passo}")],
                [f for f in file if f.passo == passo],
            )
            for passo, nome in AttoDelProgramma.Passo.choices
        ]

    def clean(self):
        dati = super().clean()
        for passo in AttoDelProgramma.Passo.values:
            self._esamina(passo, dati.get(f"file_{passo}"))
        prima, quando = None, "delibera_data"
        for campo in ("delibera_data", "protocollo_data", "atto_data"):
            giorno = dati.get(campo)
            if giorno is None:
                continue
            if giorno > timezone.localdate():
                self.add_error(campo, "È nel futuro: si scrive quando è avvenuto")
            elif prima and giorno < prima:
                self.add_error(campo, f"Viene prima di «{self.fields[quando].label}»: controlla le due date")
            prima, quando = giorno, campo
        return dati

    def _esamina(self, passo, file):
        if not file:
            return
        try:
            esito = esamina(file)
        except FileRifiutato as rifiuto:
            self.add_error(f"file_{passo}", str(rifiuto))
            return
        if esito.nome.rpartition(".")[2].lower() not in DEGLI_ATTI:
            self.add_error(f"file_{passo}", f"«{esito.nome}»: di un atto si tiene il PDF, o il PDF firmato (.p7m)")
            return
        self.accettati.append((passo, file, esito))
