"""What the admin's home says of the site itself."""

from wagtail.admin.ui.components import Component

from base.salute import ritardi_di_adesso
from organizzazioni.permissions import e_manager


class QualcosaSiEFermato(Component):
    name, order = "salute", 10
    template_name = "home/admin/salute.html"

    def __init__(self, ritardi):
        self.ritardi = ritardi

    def get_context_data(self, parent_context):
        return {"ritardi": self.ritardi}


def componi_casa(request, pannelli):
    """First of all, for the managers, and only when something is late."""
    ritardi = ritardi_di_adesso() if e_manager(request.user) else []
    if ritardi:
        pannelli.insert(0, QualcosaSiEFermato(ritardi))
