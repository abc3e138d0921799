"""What the worker does for the newsletter."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from base.compiti import lavoro

from .operazioni import invio


@lavoro("spedire la newsletter", ripetibile=True)
@task(backend="lenti")
def spedisci(numero: int) -> None:
    """One batch of the issue with this primary key, and the next ones when they are due.

    Where tasks run at once there is no later: what may be sent is, the rest is for `invia_newsletter`.
    """
    prossimo = invio.spedisci_lotto(numero)
    if not spedisci.get_backend().supports_defer:
        while prossimo is not None and prossimo <= timezone.now():
            prossimo = invio.spedisci_lotto(numero)
    elif prossimo is not None:
        presto = timezone.now() + timedelta(seconds=settings.NEWSLETTER_PAUSA)
        spedisci.using(run_after=max(prossimo, presto)).enqueue(numero)
