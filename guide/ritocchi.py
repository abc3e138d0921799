"""What this app does with Wagtail's insides; see `base.ritocchi`."""

from base.ritocchi import Ritocco

RITOCCHI = [
    # rich text is checked, and brought to what the editor would keep, without an editor
    Ritocco(
        "guide.foglio.colonne", "wagtail.admin.rich_text.converters.contentstate:ContentstateConverter", "e50d9c7cc366"
    ),
]
