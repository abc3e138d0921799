"""What this app uses of Wagtail's insides; see `base.ritocchi`."""

from base.ritocchi import Ritocco

RITOCCHI = [
    Ritocco("notizie.newsletter.composizione", "wagtail.rich_text:expand_db_html", "6295f3d88a5b"),
    Ritocco("notizie.ped.views", "wagtail.admin.utils:get_valid_next_url_from_request", "58cbefbd4eac"),
]
