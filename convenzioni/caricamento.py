"""Starting the categories from `convenzioni/dati/categorie.yaml`, when there is none yet."""

from pathlib import Path

from base.formati.lettura_yaml import leggi_yaml

from .models import Categoria

FILE = Path(__file__).parent / "dati" / "categorie.yaml"


def carica_categorie() -> int:
    """How many were made. What the manager changed, added or deleted is never written over."""
    if Categoria.objects.exists():
        return 0
    voci = leggi_yaml(FILE.read_bytes())
    Categoria.objects.bulk_create(
        Categoria(chiave=chiave, nome=nome, ordine=posto) for posto, (chiave, nome) in enumerate(voci.items())
    )
    return len(voci)
