"""The files that tell the demonstration, and the telephone numbers in it."""

from pathlib import Path

from base.formati.lettura_yaml import leggi_yaml

CARTELLA = Path(__file__).parent.parent / "dati"
IMPIANTO = CARTELLA / "programma-2025.yaml"


def leggi(nome: str):
    """The data of `home/dati/demo/<nome>.yaml`."""
    return leggi_yaml((CARTELLA / "demo" / f"{nome}.yaml").read_bytes())


def telefono_di_nessuno(posto: int) -> str:
    """A number for the `posto`-th entry (below 1000), of the plan of Trento where no number begins with 000."""
    return f"0461 000{posto:03d}"
