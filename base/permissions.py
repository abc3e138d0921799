"""What no page of the site allows, whoever asks."""

from wagtail.models import PagePermissionTester


class PaginaPermissionTester(PagePermissionTester):
    """What waits for a decision is approved or returned: publishing it by hand would be a way round the approval."""

    def can_publish(self):
        return super().can_publish() and not self.page.workflow_in_progress
