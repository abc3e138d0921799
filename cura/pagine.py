"""What the pages that list entries are made of."""

from wagtail.url_routing import RouteResult

from .feeds import FEED, feed_novita
from .registro import cura_dell_elenco


class ElencoMixin:
    """A page that lists entries: their index, or one organisation's section. To be put before the page's own class."""

    def route(self, request, path_components):
        """`novita-rss/` and `novita-ics/` are the new ones as a feed and as a calendar."""
        if len(path_components) == 1 and path_components[0] in FEED:
            return RouteResult(self, kwargs={"feed": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request, *args, feed="", **kwargs):
        if feed:
            return feed_novita(cura_dell_elenco(self), self, request, feed)
        return super().serve(request, *args, **kwargs)
