"""Filters of the pages that are read: total, so a wrong value says so and leaves the page unfiltered."""

from django import forms
from django.utils import timezone

from organizzazioni.models import Organizzazione

from .models import Criterio, ProgrammaPage
from .selettori.punteggio import QuadroPunteggio, programmi_con_punteggio, quadro_punteggio, voci


class FiltroPunteggio(forms.Form):
    """Year, day, organisation and action of the score, each offering only what `utente` may see.

    A referent may narrow the score to what their own organisations submitted, never to another's.
    """

    anno = forms.ChoiceField(label="Anno", required=False)
    al = forms.DateField(
        label="Situazione al", required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "La data non è valida: mostro la situazione di oggi"},
    )
    organizzazione = forms.ModelChoiceField(
        label="Evidenze di", required=False, queryset=Organizzazione.objects.none(), empty_label="Tutte",
        error_messages={"invalid_choice": "Questa organizzazione non si può scegliere: le mostro tutte insieme"},
    )
    azione = forms.ChoiceField(
        label="Azione", required=False,
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
