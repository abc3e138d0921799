"""Filters of the pages that are read: total, so a wrong value says so and leaves the page unfiltered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, DateFilter

from base.filtri import FiltroAdmin, FiltroCalcolato, SceltaFilter, SpuntaFilter
from organizzazioni.models import Organizzazione

from .models import Criterio, Evidenza, ProgrammaPage
from .selettori.punteggio import programmi_con_punteggio, quadro_punteggio, voci
from .selettori.quadri import QuadroPunteggio


def _giorno(etichetta, sbagliata):
    return DateFilter(
        label=etichetta,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": sbagliata},
    )


class PunteggioForm(forms.Form):
    def clean_al(self):
        al = self.cleaned_data["al"]
        if al and al > timezone.localdate():
            raise ValidationError("La data è nel futuro: mostro la situazione di oggi")
        return al


class FiltroPunteggio(FiltroCalcolato):
    """Year, day, organisation and action of the score, each offering only what `utente` may see.

    A referent may narrow the score to what their own organisations submitted, never to another's.
    """

    anno = ChoiceFilter(label="Anno", empty_label=None)
    al = _giorno("Situazione al", "La data non è valida: mostro la situazione di oggi")
    organizzazione = SceltaFilter(
        label="Evidenze di",
        queryset=Organizzazione.objects.none(),
        empty_label="Tutte",
        error_messages={"invalid_choice": "Questa organizzazione non si può scegliere: le mostro tutte insieme"},
    )
    azione = ChoiceFilter(
        label="Azione",
        empty_label="Tutte",
        error_messages={"invalid_choice": "Questa azione non si può scegliere: le mostro tutte"},
    )

    class Meta:
        form = PunteggioForm

    def __init__(self, data, utente):
        criteri = Criterio.objects.con_punteggio_visibile_a(utente)
        programmi = list(programmi_con_punteggio(criteri))
        self.programma = self._programma(programmi, data.get("anno"))
        predefiniti = {"anno": self.programma.anno if self.programma else "", "al": timezone.localdate().isoformat()}
        super().__init__(predefiniti | {nome: data[nome] for nome in data if data[nome]}, criteri)
        self.voci = voci(self.programma, criteri) if self.programma else []
        self.offri("anno", [(p.anno, p.anno) for p in programmi])
        if self.programma:
            self.filters["anno"].extra["error_messages"]["invalid_choice"] = (
                f"L'anno scelto non c'è: mostro il {self.programma.anno}"
            )
        self.offri("azione", [(v.codice, f"{v.codice} {v.titolo}") for v in self.voci])
        self.offri("organizzazione", Organizzazione.objects.filtrabili_da(utente))

    def _programma(self, programmi, anno):
        """The programme of the year asked for; without one, that of today, then the newest that is not a draft."""
        chiesto = next((p for p in programmi if str(p.anno) == anno), None)
        chiesto = chiesto or next((p for p in programmi if p.comprende(timezone.localdate())), None)
        aperto = next((p for p in programmi if p.stato != ProgrammaPage.Stato.BOZZA), None)
        return chiesto or aperto or next(iter(programmi), None)

    def quadro(self) -> QuadroPunteggio | None:
        """The score that was asked for, leaving out what could not be read; None without a programme to show."""
        if self.programma is None:
            return None
        scelte = self.scelte
        return quadro_punteggio(
            self.programma,
            scelte.get("al") or timezone.localdate(),
            organizzazione=scelte.get("organizzazione"),
            scelte=[v for v in self.voci if scelte.get("azione") in (None, v.codice)],
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


NON_ESISTE = "Questa data non esiste: non la uso per filtrare"


class EvidenzeForm(forms.Form):
    def clean(self):
        dati = super().clean()
        if dati.get("dal") and dati.get("al") and dati["al"] < dati["dal"]:
            self.add_error("al", ValidationError("Viene prima della data di inizio: non la uso per filtrare"))
        return dati


class FiltroEvidenze(FiltroAdmin):
    """What to look for in the register; each choice offers only what `utente` may see."""

    testo = CharFilter(
        label="Cerca",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text="Nel titolo, nell'argomento, nella descrizione, tra le persone e i luoghi",
    )
    stato = ChoiceFilter(label="Stato", empty_label="Tutti", choices=Evidenza.Stato.choices)
    azione = ChoiceFilter(label="Azione", empty_label="Tutte")
    criterio = SceltaFilter(label="Criterio", queryset=Criterio.objects.none(), empty_label="Tutti")
    organizzazione = SceltaFilter(label="Organizzazione", queryset=Organizzazione.objects.none(), empty_label="Tutte")
    anno = ChoiceFilter(label="Anno", empty_label="Tutti")
    dal = _giorno("Dal", NON_ESISTE)
    al = _giorno("Al", NON_ESISTE)
    tardive = SpuntaFilter(label="Solo le tardive")
    ordine = ChoiceFilter(
        label="Ordina per",
        empty_label=None,
        choices=[(nome, etichetta) for nome, (etichetta, _) in ORDINI.items()],
    )

    class Meta:
        form = EvidenzeForm

    in_vista = ("testo", "stato", "azione", "ordine")

    def __init__(self, data, utente):
        super().__init__(data, Evidenza.objects.visibili_a(utente))
        programmi = list(programmi_con_punteggio(Criterio.objects.filtrabili_da(utente)))
        self.offri("anno", [(p.anno, p.anno) for p in programmi])
        anno = next((p.anno for p in programmi if str(p.anno) == self.data.get("anno")), None)
        criteri = Criterio.objects.filtrabili_da(utente).select_related("programma", "azione").in_ordine()
        criteri = criteri.filter(programma__anno=anno) if anno else criteri
        self.offri("criterio", criteri)
        if len(programmi) > 1:
            self.filters["criterio"].extra["nome"] = lambda criterio: f"{criterio} ({criterio.programma.anno})"
        gruppi = {c.gruppo: c.azione.title if c.azione else c.titolo for c in criteri}
        self.offri("azione", [(g, f"{g} {titolo}"[:90]) for g, titolo in gruppi.items()])
        enti = Organizzazione.objects.filtrabili_da(utente).distinct()
        self.offri("organizzazione", enti)
        if len(enti) < 2:
            del self.filters["organizzazione"]

    @property
    def principali(self):
        return [self.form[nome] for nome in self.in_vista]

    @property
    def altri(self):
        return [self.form[nome] for nome in self.filters if nome not in self.in_vista]

    @property
    def altri_in_uso(self):
        """Whether a filter that is not in sight is narrowing the list, or is wrong."""
        return any(campo.errors or campo.value() for campo in self.altri)

    def filter_queryset(self, queryset):
        scelte = self.scelte
        _, ordine = ORDINI[scelte.pop("ordine", "recenti")]
        return queryset.corrispondenti(**scelte).order_by(*ordine)
