"""What a referent writes about a summer, and what the manager asks of the report."""

from datetime import timedelta

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone

from base.campi import Giorno
from programma.alimentazione import criteri_di_monitoraggio

from ..eta import MASSIMO_MESI

STAGIONE_MASSIMA = timedelta(days=150)
"""A summer is not longer: past it, a year was mistyped."""


class Ora(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class SettimaneForm(forms.Form):
    """From one day to another: a row for each week. Ages are written in years; their clean values are in months."""

    dal = forms.DateField(label="Dal", widget=Giorno)
    al = forms.DateField(label="Al", widget=Giorno, help_text="Una riga per settimana, dal lunedì al venerdì")
    dalle = forms.TimeField(label="Dalle", widget=Ora, required=False)
    alle = forms.TimeField(label="Alle", widget=Ora, required=False)
    eta_minima = forms.IntegerField(
        label="Da quanti anni",
        min_value=0,
        max_value=MASSIMO_MESI // 12,
        required=False,
        help_text="Solo se il centro ha gruppi diversi: vuoto vale l'età della scheda",
    )
    eta_massima = forms.IntegerField(
        label="Fino a quanti anni", min_value=0, max_value=MASSIMO_MESI // 12, required=False
    )
    prezzo = forms.DecimalField(
        label="Prezzo a settimana, in euro",
        min_value=0,
        max_digits=7,
        decimal_places=2,
        required=False,
        localize=True,
        help_text="0 se è gratuito; vuoto se non si sa ancora",
    )
    posti = forms.IntegerField(
        label="Posti in tutto, ogni settimana", min_value=0, required=False, validators=[MaxValueValidator(32767)]
    )

    def clean(self):
        dati = super().clean()
        dal, al, dalle, alle = (dati.get(nome) for nome in ("dal", "al", "dalle", "alle"))
        minima, massima = dati.get("eta_minima"), dati.get("eta_massima")
        if dal and al and al < dal:
            self.add_error("al", "L'ultimo giorno viene prima del primo")
        elif dal and al and al - dal > STAGIONE_MASSIMA:
            self.add_error("al", "Sono più di cinque mesi: controlla l'anno")
        if (dalle is None) != (alle is None):
            self.add_error("alle", "Scrivi l'ora di inizio e quella di fine, o nessuna")
        elif dalle and alle and alle <= dalle:
            self.add_error("alle", "La fine viene prima dell'inizio")
        if minima is not None and massima is not None and massima < minima:
            self.add_error("eta_massima", "L'età massima viene prima della minima")
        for nome in ("eta_minima", "eta_massima"):
            if dati.get(nome) is not None:
                dati[nome] *= 12
        return dati


class PostiForm(forms.Form):
    """A number for each published week that is not over and has a number of places."""

    def __init__(self, servizio, *args, **kwargs):
        super().__init__(*args, **kwargs)
        oggi = timezone.localdate()
        liberi = {p.turno: p for p in servizio.posti_liberi.all()}
        settimane = servizio.settimane_estive.all() if servizio.live else []
        self.turni = {}
        for riga in sorted(settimane, key=lambda riga: riga.turno):
            if riga.posti is None or riga.al < oggi or self._nome(riga) in self.turni:
                continue
            noti = liberi.get(riga.turno)
            self.turni[self._nome(riga)] = riga.turno
            self.fields[self._nome(riga)] = forms.IntegerField(
                label=f"{riga}, {riga.gruppo}" if riga.gruppo else str(riga),
                min_value=0,
                max_value=riga.posti,
                required=False,
                initial=noti.posti if noti else None,
                help_text=f"su {riga.posti}" + (f", detti il {noti.al:%d/%m/%Y}" if noti else ""),
            )

    @staticmethod
    def _nome(riga):
        return riga.turno.replace(" ", "_")

    @property
    def posti(self):
        """Places left by the key of each week."""
        return {turno: self.cleaned_data[nome] for nome, turno in self.turni.items()}


class OffertaForm(forms.Form):
    """Which criterion of the programme collects the count."""

    criterio = forms.ModelChoiceField(queryset=None, label="Criterio del programma", empty_label=None)

    def __init__(self, anno, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criterio"].queryset = criteri_di_monitoraggio(anno).select_related("programma")
