"""Settings of the server that the browser tests visit: as on the public site, without TLS and without collectstatic."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import STORAGES

SECRET_KEY = "solo-per-le-prove"
ALLOWED_HOSTS = ["127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ROOT_URLCONF = "tests.browser.urls"
WHITENOISE_USE_FINDERS = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
