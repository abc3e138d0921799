"""What the tests of conventions share."""

import pytest


@pytest.fixture(autouse=True)
def allegati_altrove(settings, tmp_path):
    opzioni = {"location": str(tmp_path), "base_url": None}
    archivio = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": opzioni}
    settings.STORAGES = {**settings.STORAGES, "allegati": archivio}
