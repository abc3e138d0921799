"""What a workstation may lack. The tests that need it are left out there, and counted; in CI (`CI=true`) they fail.

A test says what it needs by asking for a fixture: `chromium`, `nu` (the HTML checker), `pango`; or by `esigi`.
"""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

VNU = Path(__file__).resolve().parents[1] / ".strumenti/node_modules/vnu-jar/build/dist/vnu.jar"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _pango():
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


CONTROLLI = {
    "Chromium": lambda: CHROMIUM,
    "Java": lambda: shutil.which("java"),
    "il controllore di HTML (vnu-jar)": VNU.exists,
    "Pango": _pango,
    "nginx": lambda: shutil.which("nginx") and Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so").exists(),
    "systemd-analyze": lambda: shutil.which("systemd-analyze"),
    "LibreOffice": lambda: shutil.which("soffice"),
}
FACOLTATIVE = {"LibreOffice"}
"""What CI may lack too: too large for what it adds."""


def esigi(*cose):
    """Leave out the test that runs where one of `cose` is missing; fail it in CI."""
    if mancano := [cosa for cosa in cose if not CONTROLLI[cosa]()]:
        esce = pytest.fail if os.environ.get("CI") and not FACOLTATIVE.issuperset(mancano) else pytest.skip
        esce(f"manca {', '.join(mancano)}")


def racconta(terminalreporter):
    """Say how many tests were left out, and for what."""
    motivi = Counter(
        rapporto.longrepr[2].removeprefix("Skipped: ")
        for rapporto in terminalreporter.stats.get("skipped", [])
        if isinstance(rapporto.longrepr, tuple)
    )
    for motivo, quante in sorted(motivi.items()):
        terminalreporter.write_line(f"Prove lasciate fuori: {quante}, {motivo}.", yellow=True)
