"""Who may do what with the words by which entries are ordered."""

from wagtail.permission_policies import ModelPermissionPolicy

from organizzazioni.permissions import e_manager


class SoloDelManager(ModelPermissionPolicy):
    """Everything to the managers, nothing to anyone else, whatever Django permissions they hold."""

    def user_has_permission(self, user, action):
        return e_manager(user)

    def user_has_any_permission(self, user, actions):
        return e_manager(user)
