"""What the home says of surveys: to who approves, those that wait for them."""

from wagtail.admin.ui.components import Component

from . import selettori


class SondaggiDaApprovare(Component):
    name, order = "sondaggi-da-approvare", 57
    template_name = "ascolto/sondaggi/admin/pannello.html"

    def __init__(self, sondaggi):
        self.sondaggi = sondaggi

    def get_context_data(self, parent_context):
        return {"sondaggi": self.sondaggi}


def componi_casa(request, pannelli):
    """One query, for who approves; nothing where nothing waits."""
    if sondaggi := selettori.da_approvare(request.user):
        pannelli.append(SondaggiDaApprovare(sondaggi))
