"""The page tree as one public request sees it: the way down to the page, and the first level of the site.

Wagtail asks the database twice for each step of the path and again for menus and breadcrumbs. Here one
query brings them all; `HomePage.route` runs it and leaves the answer on the request.
"""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page, Site

from .percorsi import sotto


@dataclass(frozen=True)
class Albero:
    """`via`: the pages from the site's root to the one asked for, as far as they exist. `rami`: the root's live
    children, in the order of the tree."""

    via: list[Page]
    rami: list[Page]

    @classmethod
    def leggi(cls, radice, componenti=()):
        """Read, in one query, the pages named by the path `componenti` (slugs below `radice`) and its children."""
        percorsi = [f"{radice.url_path}{'/'.join(componenti[:n])}/" for n in range(1, len(componenti) + 1)]
        figlie = Q(sotto([radice.path]), depth=radice.depth + 1, live=True)
        pagine = Page.objects.filter(figlie | Q(url_path__in=percorsi)).order_by("path")
        per_percorso = {pagina.url_path: pagina for pagina in pagine}
        via = [radice, *(per_percorso[p] for p in percorsi if p in per_percorso)]
        rami = [p for p in per_percorso.values() if p.live and p.depth == radice.depth + 1]
        return cls(via, rami)

    @property
    def ultima(self):
        """The deepest page that exists on the path."""
        return self.via[-1]


def albero_di(request, pagina=None):
    """The tree of this request; read now when nothing routed through the home page (search, errors, previews)."""
    if not hasattr(request, "albero"):
        sito = Site.find_for_request(request)
        if sito is None:
            return Albero([], [])
        radice = sito.root_page
        componenti = []
        if pagina is not None and pagina.url_path.startswith(radice.url_path):
            componenti = [c for c in pagina.url_path[len(radice.url_path) :].split("/") if c]
        request.albero = Albero.leggi(radice, componenti)
    return request.albero
