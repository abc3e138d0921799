"""What the pages that list entries are made of."""

from wagtail.url_routing import RouteResult

from .flussi import FLUSSI, flusso_novita
from .registro import cura_dell_elenco


class ElencoMixin:
    """A page that lists entries: their index, or one organisation's section. To be put before the page's own class."""

    def route(self, request, path_components):
        """`novita-rss/` and `novita-ics/` are the new ones as a feed and as a calendar."""
        if len(path_components) == 1 and path_components[0] in FLUSSI:
            return RouteResult(self, kwargs={"flusso": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request, *args, flusso="", **kwargs):
        if flusso:
            return flusso_novita(cura_dell_elenco(self), self, request, flusso)
        return super().serve(request, *args, **kwargs)
