"""What this app uses of Wagtail's insides; see `base.ritocchi`."""

from base.ritocchi import Ritocco

RITOCCHI = [
    Ritocco("home.inizio:prepara", "wagtail.models.sites", "58caf2088582"),
    Ritocco("home.inizio:prepara", "wagtail.models:AbstractPage._get_site_root_paths", "ca9efde7ab98"),
    Ritocco("home.inizio:prepara", "wagtail.contrib.settings.models:BaseSiteSetting", "1ccab08c3778"),
]
