"""What a worker runs on each fault: the tests that pass by the changed lines, the shortest first; 0 if all pass."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

MASSIMO = 60
"""Tests run on one fault at the most: a line that more pass by is noticed by the first of them, or by none."""


def righe_cambiate():
    """(file, line) of every line that differs from what is committed."""
    differenza = subprocess.run(["git", "diff", "--unified=0"], capture_output=True, text=True, check=True).stdout
    percorso, righe = "", []
    for riga in differenza.splitlines():
        if riga.startswith("--- a/"):
            percorso = riga.removeprefix("--- a/")
        elif pezzo := re.match(r"@@ -(\d+)(?:,(\d+))? ", riga):
            prima, quante = int(pezzo[1]), int(pezzo[2] or 1)
            righe += [(percorso, numero) for numero in range(prima, prima + max(quante, 1))]
    return righe


def prove_di(mappa, righe):
    """The tests that run one of these lines; those of the whole file when none does, as for a constant."""
    vicine = {prova for percorso, numero in righe for prova in mappa["righe"].get(percorso, {}).get(str(numero), [])}
    if not vicine:
        vicine = {p for percorso, _ in righe for prove in mappa["righe"].get(percorso, {}).values() for p in prove}
    return sorted((mappa["prove"][prova] for prova in vicine), key=lambda prova: mappa["durate"].get(prova, 1))


def main():
    mappa = json.loads(Path(os.environ["MAPPA"]).read_text())
    prove = prove_di(mappa, righe_cambiate())[:MASSIMO]
    if not prove:
        return 0  # nothing passes by here: the fault lives
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", *prove], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
