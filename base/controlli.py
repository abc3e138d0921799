"""System checks of how the portal is deployed."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

CHE_CONTANO = ("django.core.cache.backends.redis.", "django.core.cache.backends.memcached.")
"""Caches that every process sees, and that count without losing any nor starting their time again."""


@register(Tags.caches, deploy=True)
def cache_condivisa(app_configs, **kwargs):
    """What limits public forms, cards and logins is counted on the cache: each process would count its own."""
    backend = settings.CACHES.get("vera", settings.CACHES["default"])["BACKEND"]
    if backend.startswith(CHE_CONTANO):
        return []
    return [
        Warning(
            f"La cache è {backend.rpartition('.')[2]}: con più processi ogni limite vale per ciascuno, non per tutti.",
            hint="Indica in CACHE_URL una cache condivisa, per esempio rediscache://127.0.0.1:6379/1. "
            "Con un processo solo (gunicorn --workers 1) l'avviso non conta.",
            id="base.W001",
        )
    ]
