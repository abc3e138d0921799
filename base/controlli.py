"""System checks: how the portal is deployed, and what every page type must say (the rules of the house)."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from . import contesti

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


@register(Tags.models)
def pagine_registrate(app_configs, **kwargs):
    """Every page type says what it shows and who may do what, or that it shows nothing more (`base.contesti`)."""
    from .models import BasePage

    errori = []
    for modello in apps.get_models():
        if not issubclass(modello, BasePage):
            continue
        if contesti.funzione_di(modello) is None:
            errori.append(
                Error(
                    f"{modello._meta.label} non ha un contesto registrato.",
                    hint="In contesti.py dell'app: @contesto_di(…), o senza_contesto(…) se la pagina non legge altro.",
                    obj=modello,
                    id="base.E001",
                )
            )
        if contesti.permessi(modello) is None:
            errori.append(
                Error(
                    f"{modello._meta.label} non ha permessi registrati.",
                    hint="In permissions.py dell'app: @permessi_di(…).",
                    obj=modello,
                    id="base.E002",
                )
            )
    return errori
