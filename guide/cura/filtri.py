"""What the report of the care of the guide is asked."""

from django_filters import ChoiceFilter

from base.filtri import FiltroAdmin
from organizzazioni.models import Organizzazione

from .selettori import da_confermare


class FiltroFreschezza(FiltroAdmin):
    """What is due on `oggi`, of one of `organizzazioni`, by its key, or of all."""

    organizzazione = ChoiceFilter(label="Organizzazione", empty_label="Tutte")

    def __init__(self, data, oggi, organizzazioni):
        super().__init__(data, da_confermare(oggi))
        self.oggi = oggi
        self.offri("organizzazione", [(ente.chiave, str(ente)) for ente in organizzazioni])

    def filter_queryset(self, queryset):
        chiave = self.scelte.get("organizzazione")
        return da_confermare(self.oggi, Organizzazione.objects.filter(chiave=chiave)) if chiave else queryset
