"""The frame of our own screens in the admin."""

from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

PER_PAGINA = 30


class PaginaAdminMixin(WagtailAdminTemplateMixin):
    """A page of ours in the admin: title, breadcrumbs, template."""

    header_icon = "doc-full"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), *self.percorso(), {"url": "", "label": self.get_page_title()}]

    def percorso(self):
        """Crumbs between the home and this page."""
        return []

    def pagina_di(self, righe):
        """The page of `righe` that is asked for with `?p=`, as Wagtail's templates want it."""
        paginatore = WagtailPaginator(righe, PER_PAGINA)
        pagina = paginatore.get_page(self.request.GET.get("p"))
        return {"page_obj": pagina, "elided_page_range": paginatore.get_elided_page_range(pagina.number)}

    def mostra(self, status=200, **contesto):
        """Render the page with `contesto`."""
        return self.render_to_response(self.get_context_data(**contesto), status=status)
