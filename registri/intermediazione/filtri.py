"""The filters of the log of contacts."""

import django_filters
from django.db.models import Q

from base.filtri import FiltroAdmin, SpuntaFilter
from base.formati.caratteri import da_cercare

from ..models import Intermediazione
from ..permissions import puo_gestire


class FiltroIntermediazioni(FiltroAdmin):
    """What the list shows: for who is not the manager, nothing."""

    testo = django_filters.CharFilter(label="Ente o argomento")
    genere = django_filters.ChoiceFilter(label="Genere", empty_label="Tutti", choices=Intermediazione.Genere.choices)
    interlocutore = django_filters.ChoiceFilter(
        label="Interlocutore", empty_label="Tutti", choices=Intermediazione.Interlocutore.choices
    )
    da_fare = SpuntaFilter(label="Solo da seguire", method="solo_da_seguire")

    class Meta:
        model = Intermediazione
        fields = []

    def __init__(self, data, utente):
        tutte = Intermediazione.objects.select_related("organizzazione", "riunione")
        super().__init__(data, tutte if puo_gestire(utente) else tutte.none())

    def solo_da_seguire(self, trovate, nome, valore):
        return trovate.da_seguire() if valore else trovate

    def intermediazioni(self):
        """Those that satisfy what could be read."""
        scelte, trovate = self.scelte, self.queryset
        if testo := da_cercare(scelte.get("testo", ""), 100):
            campi = ("argomento", "altro_ente", "organizzazione__denominazione", "organizzazione__nome_breve")
            condizione = Q()
            for campo in campi:
                condizione |= Q(**{f"{campo}__icontains": testo})
            trovate = trovate.filter(condizione)
        precise = {campo: scelte[campo] for campo in ("genere", "interlocutore") if scelte.get(campo)}
        trovate = trovate.filter(**precise)
        return self.solo_da_seguire(trovate, "da_fare", scelte.get("da_fare"))
