"""The editorial plan at home: what is past its day, for who has to do it. Nobody else sees a panel."""

from wagtail.admin.ui.components import Component

from . import permissions, selettori

QUANTI = 5


class PezziInRitardo(Component):
    name, order = "pezzi_in_ritardo", 96
    template_name = "notizie/ped/home.html"

    def __init__(self, pezzi):
        self.pezzi = pezzi

    def get_context_data(self, parent_context):
        return {"pezzi": self.pezzi[:QUANTI], "quanti": len(self.pezzi), "altri": len(self.pezzi) - QUANTI}


def componi_casa(request, pannelli):
    """Among what waits, and only when something is late."""
    pezzi = selettori.in_ritardo_di(request.user) if permissions.puo_pianificare(request.user) else []
    if pezzi:
        pannelli.append(PezziInRitardo(pezzi))
