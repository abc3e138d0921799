"""What this app does in place of Wagtail's own; see `base.ritocchi`."""

from base.ritocchi import Ritocco

MASSIVE = "wagtail.admin.views.bulk_action."
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
    Ritocco("organizzazioni.accesso:EntraView", "wagtail.admin.views.account:LoginView", "b2cac60c2dbb"),
    Ritocco("organizzazioni.accesso:NuovaPasswordForm", "wagtail.admin.forms.auth:PasswordResetForm", "0ead9066c05a"),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.admin.models:popular_tags_for_model", "bf2569d4d206"),
    Ritocco(
        "organizzazioni.azioni_di_pagina:InviaPerApprovazione",
        "wagtail.admin.action_menu:SubmitForModerationMenuItem",
        "71b7d268b71e",
    ),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.admin.views.pages.listing:PageFilterSet", "539caab5f3da"),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.admin.views.pages.listing:GenericPageFilterSet", "c852c9219432"),
    # mails: the ids under which core listens, that ours take
    Ritocco("organizzazioni.notifiche:collega", "wagtail.admin.signal_handlers", "e889b0d72f2f"),
    # bulk actions: which there are, and what they tell of the ones that may not be acted upon
    Ritocco("organizzazioni.muri:SenzaNominareAltri", f"{MASSIVE}base_bulk_action:BulkAction", "0bea979d390c"),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.admin.views.pages.bulk_actions", "52afef6a0897"),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.documents.views.bulk_actions", "7c3615b0aaa0"),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.images.views.bulk_actions", "7c3615b0aaa0"),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.users.views.bulk_actions", "9850d986dabd"),
    Ritocco(
        "organizzazioni.views_utenti:RendiAnonimeBulkAction", "wagtail.users.views.bulk_actions.delete", "008f84985d39"
    ),
    Ritocco("organizzazioni.views_utenti", "wagtail.users.views.users", "e29cab3b3a08"),
    # walls: names of views, of their parameters and of what is sent to them
    Ritocco("organizzazioni.muri:ammette", "wagtail.admin.urls", "6d6bc71cd43e"),
    Ritocco("organizzazioni.muri:ammette", "wagtail.admin.urls.pages", "667c6ea18a62"),
    Ritocco("organizzazioni.muri:ammette", "wagtail.admin.urls.reports", "ab847a34eb5e"),
    Ritocco("organizzazioni.muri:ammette", "wagtail.admin.urls.workflows", "1c9e347bf316"),
    Ritocco("organizzazioni.muri:ammette", "wagtail.admin.api.urls", "31b1bd7df849"),
    Ritocco("organizzazioni.muri:ammette", "wagtail.admin.views.chooser", "eabeeb7e9b02"),
    Ritocco("organizzazioni.muri:ammette", f"{MASSIVE}dispatcher", "159b0c784826"),
    Ritocco("organizzazioni.muri:ammette", "wagtail.admin.forms.pages:CopyForm", "0f3587b57326"),
    Ritocco("organizzazioni.muri:ammette", "wagtail.admin.forms.pages:MoveForm", "3190397c5431"),
    Ritocco(
        "organizzazioni.muri:pagine_gestite",
        "wagtail.permission_policies.pages:PagePermissionPolicy.explorable_instances",
        "126055a8f005",
    ),
    Ritocco("templates/wagtailadmin/admin_base.html", "wagtailadmin/admin_base.html", "8d1e91482208"),
    Ritocco("templates/wagtailadmin/base.html", "wagtailadmin/base.html", "d9022f8527df"),
    Ritocco("templates/wagtailadmin/home.html", "wagtailadmin/home.html", "7eb3ee7b5a9d"),
    Ritocco("templates/wagtailadmin/login.html", "wagtailadmin/login.html", "d563c5a4e7f2"),
    Ritocco("organizzazioni.wagtail_hooks", "wagtail.images.views.chooser", "e2d4c9a5f538"),
]
