"""What every public page begins from (the site, its home page, the District, where addresses begin), in one query."""

from django.core.cache import cache
from wagtail.models import Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION, SiteRootPath
from wagtail.views import serve

from organizzazioni.models import Distretto

from .models import HomePage


class SitoMiddleware:
    """Leave on the request of a page what Wagtail would ask for, one thing at a time, in four queries.

    An installation is one District, with one site: where there are more, Wagtail goes on by itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if view is serve:
            prepara(request)


def prepara(request) -> None:
    siti = list(Site.objects.select_related("root_page__homepage", "root_page__locale", "distretto__logo")[:2])
    if len(siti) != 1 or not siti[0].is_default_site:
        return
    (sito,) = siti
    radice, home = sito.root_page, getattr(sito.root_page, "homepage", None)
    if isinstance(home, HomePage):
        radice.specific = home
    request._wagtail_site = sito
    percorsi = [SiteRootPath(sito.pk, radice.url_path, sito.root_url, radice.locale.language_code)]
    request._wagtail_cached_site_root_paths = percorsi
    # as Wagtail does where nobody says on whose behalf an address is asked; adding never undoes what it clears
    cache.add(SITE_ROOT_PATHS_CACHE_KEY, percorsi, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    if distretto := getattr(sito, "distretto", None):
        distretto._request = request
        setattr(request, Distretto.get_cache_attr_name(), distretto)
