"""What the worker does for the list of conventions."""

from django_tasks import task

from .operazioni import indice


@task(backend="lenti", priority=10)
def aggiorna_convenzioni(categoria: int) -> None:
    """Bring the conventions of a category up to date."""
    indice.aggiorna_ora(categoria)
