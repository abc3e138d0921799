"""Who may act. Everything here only ever takes rights away from Wagtail's own, or answers a question."""

from wagtail.models import PagePermissionTester


class SezionePermissionTester(PagePermissionTester):
    """A section is a place, not a content: only entries below it are added; it is never edited, copied or moved."""

    def can_edit(self):
        return False

    def can_copy(self):
        return False

    def can_move(self):
        return False

    def can_delete(self, ignore_bulk=False):
        return self.user.is_superuser and self.page.is_leaf()


class PaginaFissaPermissionTester(PagePermissionTester):
    """A page that exists once for its object: edited in place, never copied, moved or deleted."""

    def can_copy(self):
        return False

    def can_move(self):
        return False

    def can_delete(self, ignore_bulk=False):
        return False
