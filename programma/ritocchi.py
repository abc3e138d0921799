"""What this app does in place of Wagtail's own; see `base.ritocchi`."""

from base.ritocchi import Ritocco

PAGINE = "wagtailadmin/pages/"
RITOCCHI = [
    Ritocco(f"templates/{PAGINE}confirm_unpublish.html", f"{PAGINE}confirm_unpublish.html", "48449738ea62"),
    Ritocco(
        f"templates/{PAGINE}bulk_actions/confirm_bulk_delete.html",
        f"{PAGINE}bulk_actions/confirm_bulk_delete.html",
        "318f8578476b",
    ),
    Ritocco(
        f"templates/{PAGINE}bulk_actions/confirm_bulk_unpublish.html",
        f"{PAGINE}bulk_actions/confirm_bulk_unpublish.html",
        "9d9b4d0be9d5",
    ),
    Ritocco("programma.views.programmi", "wagtail.admin.utils:get_valid_next_url_from_request", "58cbefbd4eac"),
]
