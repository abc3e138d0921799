"""Settings for the tests: a memory of mails, fast passwords, files in a folder of their own."""

import tempfile

from .base import *  # noqa: F403
from .base import STORAGES, env

DEBUG = False
SECRET_KEY = "solo-per-le-prove"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
POSTA_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_cartella = tempfile.TemporaryDirectory(prefix="portale-prove-")  # it goes with the process
MEDIA_ROOT, ALLEGATI_ROOT, STATIC_ROOT = (tempfile.mkdtemp(dir=_cartella.name) for _ in range(3))
STORAGES = {
    **STORAGES,
    "allegati": {
        "BACKEND": "base.archivio.ArchivioIntegro",
        "OPTIONS": {"location": ALLEGATI_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES = {"default": env.db("DATABASE_URL", default="sqlite:///:memory:")}
