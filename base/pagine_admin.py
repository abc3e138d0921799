"""How the admin creates a page: once, however many times it is asked."""

from uuid import UUID

from django.db import transaction
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page


class CreaUnaVolta(CreateView):
    """The editor saves by itself while its author presses «Invia»: the second request finds the page of the first.

    Both carry the key that the form was opened with, which becomes the page's own (`PaginaForm`). Pages of one parent
    are created one at a time, so neither can miss the other.
    """

    def post(self, request):
        with transaction.atomic():
            Page.objects.select_for_update().filter(pk=self.parent_page.pk).first()
            self.parent_page.refresh_from_db()  # read before it was held, it may say that it has no children
            gia_creata = self.gia_creata(request.POST.get("chiave_nuova", ""))
            if gia_creata is None:
                return super().post(request)
        if self.expects_json_response:  # what it brings was saved by who asked first
            return self.json_error_response("invalid_revision", "La pagina è già stata salvata: ricaricala")
        if gia_creata.workflow_in_progress:  # «Invia», pressed again: who waits for a decision does not write
            messages.success(request, f"«{gia_creata.title}» è già stata inviata")
            return redirect("wagtailadmin_pages:edit", gia_creata.pk)
        modifica = pagine.get_view_by_name("edit")
        return modifica(request, page_id=gia_creata.pk)

    def gia_creata(self, chiave):
        """The page that the same form has created already."""
        try:
            chiave = UUID(chiave)
        except ValueError:
            return None
        return self.parent_page.get_children().filter(translation_key=chiave, owner=self.request.user).first()


class PagineViewSet(PageViewSet):
    add_view_class = CreaUnaVolta


pagine = PagineViewSet()
