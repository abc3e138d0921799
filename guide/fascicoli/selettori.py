"""The read side of the printed guide."""

from django.utils import timezone

from organizzazioni.models import Distretto
from programma import alimentazione

from ..models import Fascicolo, GuidaIndexPage, Istantanea, Stamperia
from ..operazioni.istantanee import MAPPA, STRUMENTI


def gestione_fascicoli() -> dict:
    """What the manager's page of the printed guide shows."""
    oggi = timezone.localdate()
    criteri = alimentazione.criteri_del_giorno(None).filter(alimentato_da__in=(MAPPA, STRUMENTI))
    di_oggi = [criterio.programma.anno for criterio in criteri if criterio.programma.comprende(oggi)]
    istantanee = [
        (istantanea, [c for c in criteri if c.programma.comprende(timezone.localdate(istantanea.fatta_il))])
        for istantanea in Istantanea.objects.select_related("fatta_da")
    ]
    return {
        "fascicoli": Fascicolo.objects.all(),
        "stamperia": Stamperia.leggi(),
        "istantanee": istantanee,
        "si_propone": any(serve_a for _, serve_a in istantanee),
        "anno": di_oggi[0] if di_oggi else oggi.year,
    }


def indirizzi_della_guida(che_cosa: str) -> list[str]:
    """Full addresses to put in an evidence: the guide, and for its ways to be known the booklets and the channels."""
    guida = GuidaIndexPage.objects.first()
    indirizzi = [guida.full_url]
    if che_cosa == STRUMENTI:
        radice = guida.get_site().root_url
        indirizzi += [radice + fascicolo.get_absolute_url() for fascicolo in Fascicolo.objects.all()]
        indirizzi += [distretto.facebook for distretto in Distretto.objects.all() if distretto.facebook]
    return indirizzi
