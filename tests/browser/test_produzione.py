"""The public site as it is deployed: production settings, collected static files, gunicorn."""

import re
import urllib.request

from tests.demo_pronta import manage

from .server import gunicorn


def _leggi(indirizzo, **intestazioni):
    richiesta = urllib.request.Request(indirizzo, headers={"X-Forwarded-Proto": "https", **intestazioni})
    return urllib.request.urlopen(richiesta, timeout=30)


def test_production__serves_hashed_and_compressed_static_files(portale, tmp_path):
    ambiente = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "solo-per-questa-prova",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": portale.archivio,
        "VAR_DIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "statici"),
    }
    manage(ambiente, "collectstatic", "--noinput", "--verbosity", "0")
    with gunicorn(ambiente, tmp_path) as base:
        with _leggi(f"{base}/admin/login/") as accesso:
            assert "max-age=31536000" in accesso.headers["Strict-Transport-Security"]
            fogli = re.findall(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', accesso.read().decode())
        assert fogli, "the page names no hashed style sheet"
        with _leggi(f"{base}{fogli[0]}", **{"Accept-Encoding": "br"}) as foglio:
            assert foglio.headers["Content-Encoding"] == "br"
            assert "immutable" in foglio.headers["Cache-Control"]
