"""What the worker does for the documents."""

from django_tasks import task

from base.compiti import lavoro

from . import operazioni


@lavoro("preparare il pacchetto per l'agenzia", ripetibile=True)
@task(backend="lenti")
def prepara_pacchetto(chiave: int) -> None:
    """Make the package with this primary key; from where it was, if a worker died while it made it."""
    operazioni.prepara(chiave)
