"""What the home says of consultations: to who approves, those that wait for them."""

from wagtail.admin.ui.components import Component

from . import selettori


class ConsultazioniDaApprovare(Component):
    name, order = "consultazioni-da-approvare", 58
    template_name = "registri/consultazioni/pannello.html"

    def __init__(self, consultazioni):
        self.consultazioni = consultazioni

    def get_context_data(self, parent_context):
        return {"consultazioni": self.consultazioni}


def componi_casa(request, pannelli):
    """One query, for who approves; nothing where nothing waits."""
    if consultazioni := selettori.da_approvare(request.user):
        pannelli.append(ConsultazioniDaApprovare(consultazioni))
