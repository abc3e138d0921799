"""The filters of the list of shared projects."""

import django_filters
from django.utils import timezone

from base.filtri import FiltroAdmin, NumeroFilter, SceltaFilter
from base.formati.caratteri import da_cercare

from ..models import Progetto, TipoProgetto


class FiltroProgetti(FiltroAdmin):
    """What the list shows, of the projects that who asks may open; an `anno` is that of some day of theirs."""

    testo = django_filters.CharFilter(label="Titolo")
    tipo = SceltaFilter(label="Tipo", empty_label="Tutti")
    anno = NumeroFilter(label="Anno")

    class Meta:
        model = Progetto
        fields = []

    def __init__(self, data, utente):
        super().__init__(data, Progetto.objects.visibili_a(utente).completi())
        self.offri("tipo", TipoProgetto.objects.all())
        dal = self.queryset.order_by().dates("dal", "year")
        anni = sorted({*(giorno.year for giorno in dal), timezone.localdate().year}, reverse=True)
        self.offri("anno", [("", "Tutti"), *((anno, anno) for anno in anni)])

    def progetti(self):
        """Those that satisfy what could be read."""
        scelte, trovati = self.scelte, self.queryset
        if testo := scelte.get("testo"):
            trovati = trovati.filter(titolo__icontains=da_cercare(testo, 100))
        if tipo := scelte.get("tipo"):
            trovati = trovati.filter(tipo=tipo)
        return trovati.dell_anno(scelte["anno"]) if scelte.get("anno") else trovati
