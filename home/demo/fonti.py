"""The files that tell the demonstration, and the mark that everything made from them carries."""

from pathlib import Path

from base.formati.lettura_yaml import leggi_yaml

CARTELLA = Path(__file__).parent.parent / "dati"
FATTI = CARTELLA / "programma-2025.yaml"
MARCHIO = "(dimostrazione)"


def leggi(nome: str):
    """The data of `home/dati/demo/<nome>.yaml`."""
    return leggi_yaml((CARTELLA / "demo" / f"{nome}.yaml").read_bytes())


def marchiato(titolo: str) -> str:
    """`titolo` as nobody can take it for a fact."""
    return f"{titolo} {MARCHIO}"
