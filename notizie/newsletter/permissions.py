"""Who writes and sends the newsletter."""

from wagtail.permission_policies import ModelPermissionPolicy

from organizzazioni.permissions import e_manager


def puo_gestire_newsletter(utente) -> bool:
    """Whether `utente` writes issues, sends them, and sees how many they go to."""
    return utente.is_active and e_manager(utente)


class SoloDellaNewsletter(ModelPermissionPolicy):
    """Everything to the managers, nothing to anyone else, whatever Django permissions they hold."""

    def user_has_permission(self, user, action) -> bool:
        return puo_gestire_newsletter(user)

    def user_has_any_permission(self, user, actions) -> bool:
        return puo_gestire_newsletter(user)
