"""Hashed and compressed static files."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, tolerant of the source maps that bundled assets name and do not ship."""

    manifest_strict = False
