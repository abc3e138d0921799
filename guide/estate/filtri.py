"""What the report of a summer is asked."""

from django.utils import timezone
from django_filters import ChoiceFilter

from base.filtri import FiltroCalcolato, NumeroFilter

from ..models import Comune, SettimanaEstiva
from .selettori import anni_pubblicati, anno_da_mostrare


class FiltroRapporto(FiltroCalcolato):
    """A summer of which the guide tells something, the one that matters today if nobody says, and a municipality."""

    anno = NumeroFilter(label="Estate")
    comune = ChoiceFilter(label="Comune", empty_label="Tutto il territorio")

    def __init__(self, data):
        anni = anni_pubblicati()
        self.predefinito = anno_da_mostrare(anni, timezone.localdate())
        chiesti = {nome: data[nome] for nome in self.base_filters if data.get(nome)}
        super().__init__({"anno": self.predefinito} | chiesti, SettimanaEstiva.objects.all())
        self.offri("anno", [(anno, str(anno)) for anno in anni])
        self.offri("comune", Comune.objects.values_list("chiave", "nome"))
        self.filters["anno"].extra["error_messages"]["invalid_choice"] = (
            f"Di questa estate non c'è nulla: mostro il {self.predefinito}"
        )

    @property
    def anno_scelto(self) -> int | None:
        """None while the guide tells of no summer."""
        return self.scelte.get("anno") or self.predefinito
