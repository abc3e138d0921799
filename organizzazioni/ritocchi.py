"""What this app does in place of Wagtail's own; see `base.ritocchi`."""

from base.ritocchi import Ritocco

RITOCCHI = [
    Ritocco(
        "templates/wagtailadmin/pages/action_menu/publish.html",
        "wagtailadmin/pages/action_menu/publish.html",
        "6007c6f31796",
    ),
    Ritocco("organizzazioni.accesso:NuovaPasswordView", "wagtail.admin.urls.password_reset", "58e8f9f2181a"),
    Ritocco(
        "organizzazioni.accesso:NuovaPasswordView", "wagtail.admin.views.account:PasswordResetView", "65249994a27b"
    ),
    Ritocco(
        "organizzazioni.azioni_di_pagina:InviaPerApprovazione",
        "wagtail.admin.action_menu:SubmitForModerationMenuItem",
        "71b7d268b71e",
    ),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.admin.views.pages.listing:PageFilterSet", "539caab5f3da"),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.admin.views.pages.listing:GenericPageFilterSet", "c852c9219432"),
]
