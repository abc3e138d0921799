"""The read side of the printed guide."""

from django.utils import timezone

from organizzazioni.models import Distretto
from programma import alimentazione

from ..models import Fascicolo, GuidaIndexPage, Istantanea, Stamperia
from ..operazioni.istantanee import MAPPA, STRUMENTI


def gestione_fascicoli() -> dict:
    """What the manager's page of the printed guide shows."""
    oggi = timezone.localdate()
    criteri = [(tipo, alimentazione.criterio_alimentato_da(tipo, oggi)) for tipo in (MAPPA, STRUMENTI)]
    mappa = criteri[0][1]
    return {
        "fascicoli": Fascicolo.objects.all(),
        "stamperia": Stamperia.leggi(),
        "istantanee": Istantanea.objects.select_related("fatta_da"),
        "criteri": [(tipo, criterio) for tipo, criterio in criteri if criterio],
        "anno": mappa.programma.anno if mappa else oggi.year,
    }


def indirizzi_della_guida(che_cosa) -> list[str]:
    """Full addresses to put in an evidence: the guide, and for its ways to be known the booklets and the channels."""
    guida = GuidaIndexPage.objects.first()
    indirizzi = [guida.full_url]
    if che_cosa == STRUMENTI:
        radice = guida.get_site().root_url
        indirizzi += [radice + fascicolo.get_absolute_url() for fascicolo in Fascicolo.objects.all()]
        indirizzi += [distretto.facebook for distretto in Distretto.objects.all() if distretto.facebook]
    return indirizzi
