"""What the worker does for the search."""

from django.apps import apps
from django_tasks import task

from .operazioni import categorie


@task(backend="lenti", priority=10)  # before the booklets, which take minutes
def aggiorna_servizi(modello: str, chiave: int) -> None:
    """Bring the entries that name this category or organisation up to date, if it is still there."""
    oggetto = apps.get_model(modello).objects.filter(pk=chiave).first()
    if oggetto is not None:
        categorie.aggiorna_ora(oggetto)
