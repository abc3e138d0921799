"""What the manager's home says of meetings: what is late, what is to be closed, what was to be done by now."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..permissions import puo_gestire
from . import selettori

QUANTI = 5


class RiunioniDaSeguire(Component):
    name, order = "riunioni-da-seguire", 58
    template_name = "registri/riunioni/pannello.html"

    def __init__(self, in_ritardo, da_chiudere, seguiti, oggi):
        self.contesto = {"in_ritardo": in_ritardo, "da_chiudere": da_chiudere, "seguiti": seguiti, "oggi": oggi}

    def get_context_data(self, parent_context):
        return self.contesto


def componi_casa(request, pannelli):
    """For who writes meetings, when one of them asks something."""
    if not puo_gestire(request.user):
        return
    oggi = timezone.localdate()
    tutti = (selettori.in_ritardo(oggi), selettori.da_chiudere(oggi)[:QUANTI], selettori.seguiti_scaduti(oggi)[:QUANTI])
    if any(tutti):
        pannelli.append(RiunioniDaSeguire(*tutti, oggi))
