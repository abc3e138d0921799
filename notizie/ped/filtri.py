"""What the calendar and the list of the editorial plan are asked."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter

from base.filtri import FiltroCalcolato, NumeroFilter, SceltaFilter
from programma import alimentazione

from ..mese import Mese
from ..models import PezzoProgrammato
from . import selettori
from .forms import nome_azione, nome_persona


class PedForm(forms.Form):
    def clean_mese(self):
        testo = self.cleaned_data["mese"]
        mese = Mese.da_testo(testo) if testo else None
        if testo and mese is None:
            raise ValidationError("Questo mese non esiste: mostro quello di oggi")
        return mese


class FiltroPed(FiltroCalcolato):
    """Month, year, channel, state, responsible, action; each offers only what `utente` may see."""

    mese = CharFilter(widget=forms.HiddenInput)
    anno = NumeroFilter(label="Anno")
    canale = ChoiceFilter(label="Canale", empty_label="Tutti", choices=PezzoProgrammato.Canale.choices)
    stato = ChoiceFilter(label="Stato", empty_label="Tutti", choices=list(selettori.STATI.items()))
    responsabile = SceltaFilter(label="Responsabile", queryset=None, empty_label="Tutti", nome=nome_persona)
    azione = SceltaFilter(label="Azione del programma", queryset=None, empty_label="Tutte", nome=nome_azione)

    class Meta:
        form = PedForm

    def __init__(self, data, utente):
        super().__init__(data, PezzoProgrammato.objects.visibili_a(utente))
        self.utente = utente
        self.offri("anno", [(anno, anno) for anno in selettori.anni(utente)])
        self.offri("responsabile", selettori.persone_per(utente))
        self.offri("azione", alimentazione.azioni_da_scegliere())

    @property
    def mese_chiesto(self) -> Mese | None:
        """The month that was asked for."""
        return self.scelte.get("mese")

    @property
    def mese_scelto(self) -> Mese:
        return self.mese_chiesto or Mese.di(timezone.localdate())

    @property
    def anno_scelto(self) -> int:
        return self.scelte.get("anno") or timezone.localdate().year

    @property
    def oltre_al_periodo(self):
        """The filters that could be read, without the period."""
        return {nome: valore for nome, valore in self.scelte.items() if nome not in ("mese", "anno")}

    @property
    def in_uso(self):
        return bool(self.oltre_al_periodo)

    @property
    def anno_intero(self) -> tuple[date, date]:
        return date(self.anno_scelto, 1, 1), date(self.anno_scelto, 12, 31)

    @property
    def periodo(self) -> tuple[date, date]:
        """The month that was asked for, else the year."""
        return (self.mese_chiesto.primo, self.mese_chiesto.ultimo) if self.mese_chiesto else self.anno_intero

    def voci(self, periodo):
        """What the calendar holds between two days, of what the filter asks: pieces, pages, newsletters."""
        return selettori.voci(self.utente, *periodo, self.oltre_al_periodo)
