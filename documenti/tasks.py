"""What the worker does for the documents."""

from datetime import datetime

from django_tasks import task

from base.compiti import lavoro
from organizzazioni.models import Utente
from programma.models import ProgrammaPage

from . import operazioni


@lavoro("preparare il pacchetto per l'agenzia", ripetibile=True)
@task(backend="lenti")
def prepara_pacchetto(chiave: int) -> None:
    """Make the package with this primary key; from where it was, if a worker died while it made it."""
    operazioni.prepara(chiave)


@lavoro("fermare il programma com'è stato approvato", ripetibile=True)
@task(backend="lenti")
def ferma_programma(programma: int, utente: int, approvato_il: str) -> None:
    """Keep the programme as this user approved it at that moment, with number, day and fingerprints."""
    chi, quando = Utente.objects.get(pk=utente), datetime.fromisoformat(approvato_il)
    operazioni.ferma_programma(ProgrammaPage.objects.get(pk=programma), chi, quando)
