"""What the home says of the yearly measures: to a body what it is asked, to the manager how far they are."""

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..models import Rilevazione
from ..permissions import puo_gestire
from . import selettori


class MisureDaCompilare(Component):
    """What the bodies of a referent are asked: it comes before what one does by oneself."""

    name, order = "misure-da-compilare", 91
    template_name = "registri/misure/pannello_da_compilare.html"

    def __init__(self, misure, oggi):
        self.contesto = {"misure": misure, "oggi": oggi}

    def get_context_data(self, parent_context):
        return self.contesto


class RilevazioniAperte(Component):
    """How many answered."""

    name, order = "rilevazioni-aperte", 59
    template_name = "registri/misure/pannello_rilevazioni.html"

    def __init__(self, rilevazioni, oggi):
        self.contesto = {"rilevazioni": rilevazioni, "oggi": oggi}

    def get_context_data(self, parent_context):
        return self.contesto


def componi_casa(request, pannelli):
    """One query; nothing where there is nothing to say. The manager's own bodies are among those that are followed."""
    oggi = timezone.localdate()
    if puo_gestire(request.user):
        inviate = Count("misure", filter=Q(misure__inviata_il__isnull=False))
        if aperte := list(Rilevazione.objects.aperte().annotate(chieste=Count("misure"), inviate=inviate)):
            pannelli.append(RilevazioniAperte(aperte, oggi))
    elif misure := selettori.da_compilare(request.user):
        pannelli.append(MisureDaCompilare(misure, oggi))
