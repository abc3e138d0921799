"""The page tree as one public request sees it: the way down to the page, and the first level of the site.

Wagtail asks the database twice for each step of the path and again for menus and breadcrumbs. Here one
query brings them all; `HomePage.route` runs it and leaves the answer on the request.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, PageViewRestriction, Site

from .percorsi import sotto, sta_sotto
from .percorsi import via as via_di


@dataclass(frozen=True)
class Albero:
    """`via`: the pages from the site's root to the one asked for, as far as they exist. `rami`: the root's children
    that everyone may read, in the order of the tree. `menu`: those of them that are shown in menus and, after each, its
    own children that are. `libera`: on the way down, the root of the tree included, nothing is for some only."""

    via: list[Page]
    rami: list[Page]
    menu: list[Page]
    libera: bool = False

    @classmethod
    def leggi(cls, radice, componenti=()):
        """Read, in one query, the pages named by the path `componenti` (slugs below `radice`), its children and what
        is in the menu."""
        percorsi = [f"{radice.url_path}{'/'.join(componenti[:n])}/" for n in range(1, len(componenti) + 1)]
        prima, seconda = radice.depth + 1, radice.depth + 2
        figlie = Q(sotto([radice.path]), Q(depth=prima) | Q(depth=seconda, show_in_menus=True), live=True)
        limiti = PageViewRestriction.objects.all()
        pagine = Page.objects.filter(figlie | Q(url_path__in=percorsi)).annotate(
            limitata=Exists(limiti.filter(page=OuterRef("pk"))),
            sopra_limitata=Exists(limiti.filter(page__path__in=via_di(radice.path))),
        )
        per_percorso = {pagina.url_path: pagina for pagina in pagine.order_by("path")}
        via = [radice, *(per_percorso[p] for p in percorsi if p in per_percorso)]
        chiuse = [p.path for p in per_percorso.values() if p.limitata]
        vive = [p for p in per_percorso.values() if p.live and not sta_sotto(p.path, *chiuse)]
        menu = [p for p in vive if p.show_in_menus and p.depth in (prima, seconda)]
        sopra = [pagina.sopra_limitata for pagina in per_percorso.values()]
        libera = bool(sopra) and not any([*sopra, *(pagina.limitata for pagina in via[1:])])
        return cls(via, [p for p in vive if p.depth == prima], menu, libera)

    @property
    def ultima(self):
        """The deepest page that exists on the path."""
        return self.via[-1]


def albero_di(request, pagina=None):
    """The tree of this request; read now when nothing routed through the home page (search, errors, previews)."""
    if not hasattr(request, "albero"):
        sito = Site.find_for_request(request)
        if sito is None:
            return Albero([], [], [])
        radice = sito.root_page
        componenti = []
        if pagina is not None and pagina.url_path.startswith(radice.url_path):
            componenti = [c for c in pagina.url_path[len(radice.url_path) :].split("/") if c]
        request.albero = Albero.leggi(radice, componenti)
    return request.albero
