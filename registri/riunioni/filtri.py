"""The filters of the list of meetings."""

import django_filters

from base.campi import Giorno
from base.filtri import FiltroAdmin, SceltaFilter
from base.formati.caratteri import da_cercare
from base.giorni import esigi_nel_calendario

from ..models import Riunione, TipoRiunione


class GiornoFilter(django_filters.DateFilter):
    """A day of our calendar."""

    def __init__(self, **kwargs):
        super().__init__(widget=Giorno, validators=[esigi_nel_calendario], **kwargs)


class FiltroRiunioni(FiltroAdmin):
    """What the list shows, of the meetings that who asks may open."""

    testo = django_filters.CharFilter(label="Argomento")
    tipo = SceltaFilter(label="Tipo", empty_label="Tutti")
    stato = django_filters.ChoiceFilter(label="Stato", empty_label="Tutti", choices=Riunione.Stato.choices)
    dal = GiornoFilter(label="Dal")
    al = GiornoFilter(label="Al")

    class Meta:
        model = Riunione
        fields = []

    def __init__(self, data, utente):
        super().__init__(data, Riunione.objects.visibili_a(utente).per_elenco())
        self.offri("tipo", TipoRiunione.objects.all())

    def riunioni(self):
        """Those that satisfy what could be read."""
        scelte = self.scelte
        if testo := scelte.get("testo"):
            scelte["testo"] = da_cercare(testo, 100)
        return self.queryset.corrispondenti(**scelte)
