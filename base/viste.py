"""The frame of our own screens in the admin."""

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class PaginaAdminMixin(WagtailAdminTemplateMixin):
    """A page of ours in the admin: title, breadcrumbs, template."""

    header_icon = "doc-full"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), *self.percorso(), {"url": "", "label": self.get_page_title()}]

    def percorso(self):
        """Crumbs between the home and this page."""
        return []

    def mostra(self, status=200, **contesto):
        """Render the page with `contesto`."""
        return self.render_to_response(self.get_context_data(**contesto), status=status)
