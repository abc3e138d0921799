"""Conventions at home: what people write, what is about to end."""

from wagtail.admin.ui.components import Component

from . import selettori


class ConvenzioniDaSeguire(Component):
    """Nothing is shown to who has nothing to follow."""

    name, order = "convenzioni_da_seguire", 95
    template_name = "convenzioni/admin/home.html"

    def get_context_data(self, parent_context):
        return selettori.da_fare_di(parent_context["request"].user)


def componi_casa(request, pannelli):
    """After the guide's own, before what the programme asks."""
    posto = next((n for n, p in enumerate(pannelli) if getattr(p, "name", "") == "da_fare"), len(pannelli))
    pannelli.insert(posto, ConvenzioniDaSeguire())
