"""The Nu HTML checker, from the npm package `vnu-jar` that `.ci/run` installs in `.strumenti/`."""

import json
import subprocess
import tempfile
from pathlib import Path

from tests.mancanze import VNU


def errori_html(pagine, ammessi=()):
    """Errors as `path: message (extract)` of `pagine`, HTML by path; a message that starts as one of `ammessi` is not.

    One run for all: starting Java costs more than checking fifty pages.
    """
    with tempfile.TemporaryDirectory() as cartella:
        percorsi = {}
        for numero, (percorso, html) in enumerate(pagine.items()):
            file = Path(cartella) / f"{numero}.html"
            file.write_text(html)
            percorsi[file.name] = percorso
        esito = subprocess.run(
            ["java", "-jar", str(VNU), "--errors-only", "--format", "json", "--stdout", "--exit-zero-always", cartella],
            capture_output=True,
            text=True,
            check=True,
        )
    return [
        f"{percorsi[Path(errore['url']).name]}: {errore['message']} ({errore.get('extract', '').strip()})"
        for errore in json.loads(esito.stdout)["messages"]
        if not errore["message"].startswith(tuple(ammessi))
    ]
