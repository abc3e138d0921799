"""What no page of the site allows, whoever asks."""

from functools import reduce
from operator import or_

from django.db.models import PROTECT, RESTRICT, Exists, OuterRef
from wagtail.models import Page, PagePermissionTester

from .contesti import permessi_di
from .percorsi import sotto


@permessi_di(Page)
class PaginaPermissionTester(PagePermissionTester):
    """What waits for a decision is approved or returned: publishing it by hand would be a way round the approval.

    A page that exists once (home, indexes) holds what others wrote: it is never copied, moved or deleted. Nor is one
    deleted that something else stands on, as a criterion on its action.
    """

    def _unica(self) -> bool:
        return getattr(self.page.specific_class, "max_count", None) == 1

    def can_publish(self) -> bool:
        return super().can_publish() and not self.page.workflow_in_progress

    def can_set_view_restrictions(self) -> bool:
        """Lists and search show every live page: what is not for everyone is not published here."""
        return False

    def can_copy(self) -> bool:
        return not self._unica() and super().can_copy()

    def can_move(self) -> bool:
        return not self._unica() and super().can_move()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self._unica() and super().can_delete(ignore_bulk) and not trattenuta(self.page)


def trattenuta(pagina: Page) -> bool:
    """Whether rows of other tables hold `pagina`, or a page under it, by a key that the database protects."""
    modello = pagina.specific_class
    return modello is not None and any(_trattenute(uno, pagina) for uno in {modello, *modello.allowed_subpage_models()})


def _trattenute(modello: type[Page], pagina: Page) -> bool:
    tenute = [
        Exists(legame.related_model._base_manager.filter(**{legame.field.name: OuterRef("pk")}))
        for legame in modello._meta.related_objects
        if legame.on_delete in (PROTECT, RESTRICT)
    ]
    return bool(tenute) and modello._base_manager.filter(sotto([pagina.path]), reduce(or_, tenute)).exists()
