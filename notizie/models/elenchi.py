"""The list of news, press releases and events, and the organisations' sections."""

from wagtail.models import Page
from wagtail.url_routing import RouteResult

from base.contesti import risposta
from base.models import BasePage
from organizzazioni.models import SezionePage


def _view(componenti):
    """Name and argument of the view that the rest of an address asks for; None for the page itself, and for others."""
    match componenti:
        case ["atom"]:
            return "flusso_atom", {}
        case ["stampa"]:
            return "per_la_stampa", {}
        case ["calendario"]:
            return "calendario_del_mese", {}
        case ["calendario", "ics"]:
            return "calendario_ics", {}
        case ["calendario", quale]:
            return "calendario_del_mese", {"quale": quale}
    return None


class ElencoDiPezziMixin:
    """A page that lists pieces: the index, or one organisation's section."""

    def route(self, request, path_components):
        """Below it: `atom/`, `stampa/`, `calendario/`, `calendario/2025-12/` and `calendario/ics/`."""
        view = _view(path_components) if self.live else None
        if view is None:
            return super().route(request, path_components)
        nome, argomenti = view
        return RouteResult(self, kwargs={"view": nome, **argomenti})

    def serve(self, request, view="", **argomenti):
        return risposta(self, view)(self, request, **argomenti) if view else super().serve(request)

    @property
    def descrizione_di_riserva(self):
        return f"{self.titolo_pubblico}: novità, comunicati stampa ed eventi."

    def contesto_comune(self, request):
        """What every view of the page has, whatever it lists."""
        return Page.get_context(self, request)


class NotizieIndexPage(ElencoDiPezziMixin, BasePage):
    """All the pieces, newest first."""

    template = "notizie/elenco.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["notizie.SezioneNotiziePage"]
    max_count = 1

    class Meta:
        verbose_name = "elenco delle notizie"


class SezioneNotiziePage(ElencoDiPezziMixin, SezionePage):
    """One organisation's pieces."""

    template = "notizie/elenco.html"
    is_creatable = False  # one is made with each organisation
    parent_page_types = ["notizie.NotizieIndexPage"]
    subpage_types = ["notizie.NotiziaPage", "notizie.ComunicatoPage", "notizie.EventoPage"]

    class Meta:
        verbose_name = "sezione delle notizie"
        verbose_name_plural = "sezioni delle notizie"

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("organizzazione")

    @property
    def titolo_pubblico(self):
        return f"Notizie di {self.title}"
