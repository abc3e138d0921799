"""What the worker does for every app."""

from django_tasks import task

from .compiti import lavoro, metti_in_coda
from .posta import operazioni as posta


@lavoro("spedire la posta", ripetibile=True)
@task(backend="lenti", priority=50)  # seconds of work, that people wait for
def spedisci_posta() -> None:
    """Send the outbox, and come back when something in it may be tried again."""
    prossimo = posta.spedisci()
    if prossimo is not None:
        metti_in_coda(spedisci_posta, prossimo)
