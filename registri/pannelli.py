"""What the manager's home says of the registers."""

from wagtail.admin.ui.components import Component

from .permissions import puo_inviare_elenco
from .selettori import cambiati_dall_ultimo_invio


class ElencoCambiato(Component):
    """The list of members is no longer the one that was sent."""

    name, order = "elenco-aderenti", 60
    template_name = "registri/admin/pannello_elenco.html"

    def __init__(self, cambiati):
        self.cambiati = cambiati

    def get_context_data(self, parent_context):
        return {"cambiati": self.cambiati}


def componi_casa(request, pannelli):
    """For who sends the list, when it changed since."""
    if puo_inviare_elenco(request.user) and (cambiati := cambiati_dall_ultimo_invio()):
        pannelli.append(ElencoCambiato(cambiati))
