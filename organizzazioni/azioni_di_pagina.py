"""Buttons of the page editor that we say in our own words."""

from wagtail.admin.action_menu import SubmitForModerationMenuItem


class InviaPerApprovazione(SubmitForModerationMenuItem):
    """Core writes «Invia a» and the name of the workflow, which is no sentence."""

    def get_context_data(self, parent_context):
        return super().get_context_data(parent_context) | {"label": "Invia per l'approvazione"}
