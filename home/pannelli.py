"""What the admin's home says of the site itself."""

from wagtail.admin.ui.components import Component

from base.models import MessaggioInUscita
from base.salute import ritardi_di_adesso
from organizzazioni.permissions import e_manager


class QualcosaSiEFermato(Component):
    name, order = "salute", 10
    template_name = "home/admin/salute.html"

    def __init__(self, ritardi):
        self.ritardi = ritardi

    def get_context_data(self, parent_context):
        return {"ritardi": self.ritardi}


class PostaFerma(Component):
    """The mails that have not left: what was decided stands, who was to be told was not."""

    name, order = "posta", 11
    template_name = "organizzazioni/admin/pannello_posta.html"
    VOCI = 5

    def __init__(self, messaggi):
        self.messaggi = messaggi

    def get_context_data(self, parent_context):
        return {
            "messaggi": self.messaggi[: self.VOCI],
            "altri": len(self.messaggi) > self.VOCI,
            "request": parent_context["request"],
            "csrf_token": parent_context["csrf_token"],
        }


def componi_casa(request, pannelli):
    """First of all, for the managers, and only when something is late or has not left."""
    if not e_manager(request.user):
        return
    if messaggi := MessaggioInUscita.objects.fermi().defer("contenuto")[: PostaFerma.VOCI + 1]:
        pannelli.insert(0, PostaFerma(messaggi))
    if ritardi := ritardi_di_adesso():
        pannelli.insert(0, QualcosaSiEFermato(ritardi))
