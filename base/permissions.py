"""What no page of the site allows, whoever asks."""

from wagtail.models import Page, PagePermissionTester

from .contesti import permessi_di


@permessi_di(Page)
class PaginaPermissionTester(PagePermissionTester):
    """What waits for a decision is approved or returned: publishing it by hand would be a way round the approval.

    A page that exists once (home, indexes) holds what others wrote: it is never copied, moved or deleted.
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
        return not self._unica() and super().can_delete(ignore_bulk)
