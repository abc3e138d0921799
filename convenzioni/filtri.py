"""The filters of the admin's lists of conventions and cards."""

from django.utils import timezone
from django_filters import ChoiceFilter

from base.filtri import FiltroAdmin, FiltroCalcolato, NumeroFilter, SpuntaFilter

from .card.selettori import anni_dei_lotti, lotti_di
from .forms import STATI
from .selettori import convenzioni_di, registro
from .validita import SOGLIE


class FiltroRegistro(FiltroCalcolato):
    """What the register shows. States and ends are reckoned from the terms: no column holds them."""

    stato = ChoiceFilter(label="Stato", empty_label="Tutti", choices=[(s.value, nome) for s, nome in STATI.items()])
    entro = NumeroFilter(
        label="Da decidere entro", choices=[("", "Sempre"), *((giorni, f"{giorni} giorni") for giorni in SOGLIE)]
    )

    da_confermare = SpuntaFilter(label="Solo quelle che il partner deve confermare")

    def __init__(self, data, utente):
        super().__init__(data, convenzioni_di(utente))
        self.utente = utente

    def righe(self):
        """The rows of the register, without what could not be read of the filter."""
        return registro(self.utente, **self.scelte)


class FiltroLotti(FiltroAdmin):
    """The batches of a year: this one, if nobody says otherwise. A year that is not there filters nothing."""

    anno = NumeroFilter(label="Anno")

    def __init__(self, data, utente):
        anni, quest_anno = anni_dei_lotti(utente), timezone.localdate().year
        data = data if "anno" in data else {"anno": quest_anno if quest_anno in anni else ""}
        super().__init__(data, lotti_di(utente))
        self.offri("anno", [("", "Tutti"), *((anno, str(anno)) for anno in anni)])

    @property
    def scelto(self):
        return self.scelte.get("anno")
