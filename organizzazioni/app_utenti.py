"""Wagtail's app of users, with our screens: apart from `apps`, where Django wants one configuration only."""

from wagtail.users.apps import WagtailUsersAppConfig


class UtentiConfig(WagtailUsersAppConfig):
    user_viewset = "organizzazioni.views_utenti.UtentiViewSet"
