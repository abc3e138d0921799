"""What the worker does for the booklets."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from base.compiti import lavoro
from organizzazioni.models import Utente

from ..operazioni import fascicoli, istantanee

RIPROVA = timedelta(minutes=1)


@lavoro("stampare i fascicoli", ripetibile=True)
@task(backend="lenti")
def rifai_fascicoli() -> None:
    """Print what changed; if someone is printing already, they will see it."""
    try:
        fascicoli.rifai()
    except fascicoli.Occupata:
        return


@lavoro("congelare la guida", ripetibile=True)
@task(backend="lenti")
def congela_guida(utente: int) -> None:
    """Freeze the guide in the name of the user with this primary key, after whoever is printing now."""
    try:
        istantanee.congela(Utente.objects.get(pk=utente))
    except fascicoli.Occupata:
        if not congela_guida.get_backend().supports_defer:
            raise
        congela_guida.using(run_after=timezone.now() + RIPROVA).enqueue(utente)
