"""Filters of the pages that are read: total, so a wrong value says so and leaves the page unfiltered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from organizzazioni.models import Organizzazione

from .models import Criterio, Evidenza, ProgrammaPage
from .selettori.punteggio import programmi_con_punteggio, quadro_punteggio, voci
from .selettori.quadri import QuadroPunteggio


class FiltroPunteggio(forms.Form):
    """Year, day, organisation and action of the score, each offering only what `utente` may see.

    A referent may narrow the score to what their own organisations submitted, never to another's.
    """

    anno = forms.ChoiceField(label="Anno", required=False)
    al = forms.DateField(
        label="Situazione al",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "La data non è valida: mostro la situazione di oggi"},
    )
    organizzazione = forms.ModelChoiceField(
        label="Evidenze di",
        required=False,
        queryset=Organizzazione.objects.none(),
        empty_label="Tutte",
        error_messages={"invalid_choice": "Questa organizzazione non si può scegliere: le mostro tutte insieme"},
    )
    azione = forms.ChoiceField(
        label="Azione",
        required=False,
        error_messages={"invalid_choice": "Questa azione non si può scegliere: le mostro tutte"},
    )

    def __init__(self, data, utente):
        super().__init__(data)
        criteri = Criterio.objects.con_punteggio_visibile_a(utente)
        programmi = list(programmi_con_punteggio(criteri))
        self.programma = self._programma(programmi)
        self.voci = voci(self.programma, criteri) if self.programma else []
        self.fields["anno"].choices = [(p.anno, p.anno) for p in programmi]
        if self.programma:
            self.fields["anno"].error_messages["invalid_choice"] = (
                f"L'anno scelto non c'è: mostro il {self.programma.anno}"
            )
        self.fields["azione"].choices = [("", "Tutte"), *((v.codice, f"{v.codice} {v.titolo}") for v in self.voci)]
        self.fields["organizzazione"].queryset = Organizzazione.objects.filtrabili_da(utente)
        predefiniti = {"anno": self.programma.anno if self.programma else "", "al": timezone.localdate().isoformat()}
        self.data = predefiniti | {nome: valore for nome, valore in self.data.items() if valore}

    def _programma(self, programmi):
        """The programme of the year asked for; without one, the newest that is not a draft."""
        chiesto = next((p for p in programmi if str(p.anno) == self.data.get("anno")), None)
        aperto = next((p for p in programmi if p.stato != ProgrammaPage.Stato.BOZZA), None)
        return chiesto or aperto or next(iter(programmi), None)

    def clean_al(self):
        al = self.cleaned_data["al"]
        if al and al > timezone.localdate():
            raise forms.ValidationError("La data è nel futuro: mostro la situazione di oggi")
        return al

    def quadro(self) -> QuadroPunteggio | None:
        """The score that was asked for, leaving out what could not be read; None without a programme to show."""
        if self.programma is None:
            return None
        self.full_clean()
        return quadro_punteggio(
            self.programma,
            self.cleaned_data.get("al") or timezone.localdate(),
            organizzazione=self.cleaned_data.get("organizzazione"),
            scelte=[v for v in self.voci if self.cleaned_data.get("azione") in (None, "", v.codice)],
        )


ORDINI = {
    "recenti": ("Data del fatto, dalle più recenti", ("-data", "-pk")),
    "prime": ("Data del fatto, dalle più lontane", ("data", "pk")),
    "inviate": ("Invio, dal più recente", ("-inviata_il", "-pk")),
    "organizzazione": ("Organizzazione", ("organizzazione__denominazione", "-data", "-pk")),
    "titolo": ("Titolo", ("titolo", "pk")),
    "stato": ("Stato", ("stato", "-data", "-pk")),
}
"""Name of each order in the address -> its label, and the fields it sorts by."""


def _data(etichetta, **kwargs):
    return forms.DateField(
        label=etichetta,
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Questa data non esiste: non la uso per filtrare"},
        **kwargs,
    )


class FiltroEvidenze(forms.Form):
    """What to look for in the register; each choice offers only what `utente` may see."""

    testo = forms.CharField(
        label="Cerca",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text="Nel titolo, nell'argomento, nella descrizione, tra le persone e i luoghi",
    )
    stato = forms.ChoiceField(label="Stato", required=False, choices=[("", "Tutti"), *Evidenza.Stato.choices])
    azione = forms.ChoiceField(label="Azione", required=False)
    criterio = forms.ModelChoiceField(
        label="Criterio",
        required=False,
        queryset=Criterio.objects.none(),
        empty_label="Tutti",
    )
    organizzazione = forms.ModelChoiceField(
        label="Organizzazione",
        required=False,
        queryset=Organizzazione.objects.none(),
        empty_label="Tutte",
    )
    anno = forms.ChoiceField(label="Anno", required=False)
    dal = _data("Dal")
    al = _data("Al")
    tardive = forms.BooleanField(label="Solo le tardive", required=False)
    ordine = forms.ChoiceField(
        label="Ordina per", required=False, choices=[(nome, etichetta) for nome, (etichetta, _) in ORDINI.items()]
    )

    in_vista = ("testo", "stato", "azione", "ordine")

    def __init__(self, data, utente):
        super().__init__(data)
        self.utente = utente
        programmi = list(programmi_con_punteggio(Criterio.objects.filtrabili_da(utente)))
        self.fields["anno"].choices = [("", "Tutti"), *((p.anno, p.anno) for p in programmi)]
        anno = next((p.anno for p in programmi if str(p.anno) == self.data.get("anno")), None)
        criteri = Criterio.objects.filtrabili_da(utente).select_related("programma", "azione").in_ordine()
        self.fields["criterio"].queryset = criteri.filter(programma__anno=anno) if anno else criteri
        self.fields["criterio"].label_from_instance = lambda criterio: (
            str(criterio) if len(programmi) < 2 else f"{criterio} ({criterio.programma.anno})"
        )
        gruppi = {c.gruppo: c.azione.title if c.azione else c.titolo for c in self.fields["criterio"].queryset}
        self.fields["azione"].choices = [("", "Tutte"), *((g, f"{g} {titolo}"[:90]) for g, titolo in gruppi.items())]
        enti = Organizzazione.objects.filtrabili_da(utente).distinct()
        self.fields["organizzazione"].queryset = enti
        if len(enti) < 2:
            del self.fields["organizzazione"]
        for nome in ("stato", "azione", "criterio", "organizzazione", "anno", "ordine"):
            if nome in self.fields:
                self.fields[nome].error_messages["invalid_choice"] = "Questa scelta non c'è: non la uso per filtrare"

    def clean(self):
        dati = super().clean()
        if dati.get("dal") and dati.get("al") and dati["al"] < dati["dal"]:
            self.add_error("al", ValidationError("Viene prima della data di inizio: non la uso per filtrare"))
        return dati

    @property
    def principali(self):
        return [self[nome] for nome in self.in_vista]

    @property
    def altri(self):
        return [self[nome] for nome in self.fields if nome not in self.in_vista]

    @property
    def altri_in_uso(self):
        """Whether a filter that is not in sight is narrowing the list, or is wrong."""
        return any(campo.errors or campo.value() for campo in self.altri)

    def evidenze(self):
        """What was asked for, leaving out the filters that could not be read."""
        self.full_clean()
        scelte = dict(self.cleaned_data)
        _, ordine = ORDINI[scelte.pop("ordine", "") or "recenti"]
        return Evidenza.objects.visibili_a(self.utente).corrispondenti(**scelte).order_by(*ordine)
