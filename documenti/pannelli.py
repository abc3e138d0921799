"""What the home of who reads every document says of the year, in small charts."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from base.grafici import Barra
from programma.selettori.programmi import programma_in_corso

from .corpo import Figura
from .figure import in_figura
from .permissions import puo_leggere_documenti
from .tipi.fatti_del_report import fatti_approvati, nei_mesi, per_organizzazione

ENTI_IN_CASA = 8


class PannelloFigure(Component):
    """Evidence over the months, and the bodies that took part: the report has the rest, with its tables."""

    name, order = "figure", 210
    template_name = "documenti/admin/pannello_figure.html"

    def get_context_data(self, parent_context):
        programma, oggi = programma_in_corso(), timezone.localdate()
        if programma is None:
            return {"figure": []}
        _, quanti, partecipi = fatti_approvati(programma, oggi)
        mesi = [Barra(mese, n, str(n)) for mese, n in nei_mesi(programma, min(oggi, programma.scadenza), quanti)]
        enti = [Barra(nome, n, str(n)) for nome, n in per_organizzazione(partecipi)[:ENTI_IN_CASA]]
        blocchi = [
            *in_figura("Evidenze approvate per mese", ("Mese", "Evidenze"), mesi),
            *in_figura("Chi ha partecipato di più", ("Organizzazione", "Evidenze"), enti),
        ]
        return {"programma": programma, "figure": [uno for uno in blocchi if isinstance(uno, Figura)]}


def componi_casa(request, pannelli):
    """For who reads the documents of the year."""
    if puo_leggere_documenti(request.user):
        pannelli.append(PannelloFigure())
