"""Ready pages: through nginx, beside a static file of the same bytes; from the site alone, beside the page drawn.

It needs nginx with its module for brotli, and `wrk`. Each figure is the best of three turns, one after the other. Fails
below 95% of the static file, or below 40 times the page drawn.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.nginx import NOME, nginx
from tests.browser.server import gunicorn
from tests.demo_pronta import copia_demo, manage

PAGINA = "/family-guide/"
TURNI, SECONDI, LETTORI = 3, 4, 16
DEL_FILE, DEL_DISEGNO = 0.95, 40


def al_secondo(indirizzo):
    """Answers in a second, all of them good."""
    intestazioni = [f"Host: {NOME}", "X-Forwarded-Proto: https", "Accept-Encoding: br"]
    detto = subprocess.run(
        ["wrk", "-t1", f"-c{LETTORI}", f"-d{SECONDI}s", *(p for i in intestazioni for p in ("-H", i)), indirizzo],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Non-2xx" not in detto, detto
    return float(re.search(r"Requests/sec:\s*([\d.]+)", detto).group(1))


def pronta(base):
    richiesta = urllib.request.Request(base + PAGINA, headers={"Host": NOME, "X-Forwarded-Proto": "https"})
    with urllib.request.urlopen(richiesta, timeout=60) as risposta:
        return "ETag" in risposta.headers


def confronta(una, altra):
    """The best of each, taken in turns, and how many times the second the first is."""
    turni = [(al_secondo(una), al_secondo(altra)) for _ in range(TURNI)]
    prima, seconda = (max(colonna) for colonna in zip(*turni, strict=True))
    return prima, seconda, prima / seconda


def main():
    if not shutil.which("wrk"):
        print("Non misuro: wrk non c'è.")
        return True
    with tempfile.TemporaryDirectory(prefix="bench-pronte-") as qui, ExitStack() as processi:
        cartella = Path(qui)
        cartella.chmod(0o755)
        ambiente = {
            **copia_demo(cartella),
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "SECRET_KEY": "solo-per-il-banco",
            "ALLOWED_HOSTS": NOME,
            "STATIC_ROOT": str(cartella / "statici"),
        }
        manage(ambiente, "collectstatic", "--noinput", "--verbosity", "0")
        base = processi.enter_context(gunicorn(ambiente, cartella))
        (cartella / "nginx").mkdir()
        porta = processi.enter_context(nginx(cartella / "nginx", base.removeprefix("http://"), cartella))
        while not pronta(base):
            time.sleep(0.5)
        (file,) = (cartella / "pronte/pagine").rglob("index.html")
        for fine in ("", ".gz", ".br"):
            shutil.copy2(f"{file}{fine}", cartella / f"statici/pagina.html{fine}")
        sito = f"https://127.0.0.1:{porta}"
        rispetto_al_file = confronta(sito + PAGINA, f"{sito}/static/pagina.html")
        print("nginx: {:.0f} pagine pronte al secondo, {:.0f} file statici: × {:.2f}".format(*rispetto_al_file))
        rispetto_al_disegno = confronta(base + PAGINA, f"{base}{PAGINA}?disegnata=1")
        print("portale: {:.0f} pagine pronte al secondo, {:.1f} disegnate: × {:.0f}".format(*rispetto_al_disegno))
        print(f"processori: {os.cpu_count()}")
    return rispetto_al_file[2] >= DEL_FILE and rispetto_al_disegno[2] >= DEL_DISEGNO


if __name__ == "__main__":
    sys.exit(0 if main() else "Sotto i limiti")
