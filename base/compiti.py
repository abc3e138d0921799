"""Tasks for the worker (`db_worker --backend lenti`): asked for once, found again when the worker was killed.

A task that was running when its worker died is done again if doing it twice is as once; otherwise, and after
`VOLTE`, it has failed, and the manager reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from . import battiti

CODA = "lenti"
LAVORATORE = "lavoratore "
"""How the name of every worker begins, among those who are present."""
VOLTE = 3
"""How many workers a task may kill before it is taken to be its fault."""
RICORDA = timedelta(days=14)
"""How long a failed task is shown."""
INTERROTTO = "base.compiti.Interrotto"


@dataclass(frozen=True)
class Lavoro:
    """What a task does, in words after "non è riuscito a", and whether doing it twice is as doing it once."""

    cosa: str
    ripetibile: bool


LAVORI: dict[str, Lavoro] = {}


def lavoro(cosa: str, ripetibile: bool) -> Callable:
    """Say what a task does; above `@task`."""

    def registra(compito):
        LAVORI[compito.module_path] = Lavoro(cosa, ripetibile)
        return compito

    return registra


def compito(percorso: str) -> Task:
    """The task at `percorso` ("app.tasks.nome"). An operation names what the worker does after it: tasks call
    operations, and these import none."""
    return import_string(percorso)


def metti_in_coda(compito, quando: datetime | None = None) -> None:
    """Ask for `compito`, which takes no argument, at `quando` (now), unless it is already asked for by then.

    To be called after the commit of what it will read: one that waits has not read anything yet. Where tasks run at
    once there is no later: what is due later is for the periodic command.
    """
    if not compito.get_backend().supports_defer:
        if quando is None:
            compito.enqueue()
        return
    entro = Q(run_after=get_date_max()) | Q(run_after__lte=quando or timezone.now())
    chiesti = DBTaskResult.objects.filter(entro, task_path=compito.module_path, status="READY")
    if not chiesti.exists():
        compito.using(run_after=quando).enqueue()


@transaction.atomic
def ritrova_interrotti() -> int:
    """Put back, or declare failed, the tasks whose worker is dead; how many. Anyone may call it at any time."""
    in_corso = DBTaskResult.objects.select_for_update().filter(status="RUNNING", backend_name=CODA)
    in_corso = [riga for riga in in_corso if timezone.now() - riga.started_at > battiti.ASSENTE]
    vivi = battiti.vivi(LAVORATORE) if in_corso else set()
    trovati = [riga for riga in in_corso if not riga.worker_ids or LAVORATORE + riga.worker_ids[-1] not in vivi]
    for riga in trovati:
        suo = LAVORI.get(riga.task_path)
        if suo and suo.ripetibile and len(riga.worker_ids) < VOLTE:
            _rimetti(riga)
        else:
            riga.status, riga.finished_at, riga.exception_class_path = "FAILED", timezone.now(), INTERROTTO
            riga.save(update_fields=["status", "finished_at", "exception_class_path"])
    return len(trovati)


def non_riusciti():
    """The tasks that failed and that nobody has looked at yet, newest first, each with `cosa`."""
    falliti = DBTaskResult.objects.failed().filter(backend_name=CODA, finished_at__gte=timezone.now() - RICORDA)
    righe = list(falliti.order_by("-finished_at").defer("traceback"))
    for riga in righe:
        suo = LAVORI.get(riga.task_path)
        riga.cosa = suo.cosa if suo else riga.task_path
        riga.interrotto = riga.exception_class_path == INTERROTTO
    return righe


@transaction.atomic
def rifai(chiave) -> bool:
    """Put a failed task back in the queue, because a person said so; False if it is no longer there."""
    riga = DBTaskResult.objects.select_for_update().failed().filter(pk=chiave).first()
    if riga is not None:
        riga.worker_ids = []
        _rimetti(riga)
    return riga is not None


def dimentica(chiave) -> bool:
    """Show a failed task no more."""
    return bool(DBTaskResult.objects.failed().filter(pk=chiave).delete()[0])


def _rimetti(riga):
    riga.status, riga.started_at, riga.finished_at, riga.exception_class_path = "READY", None, None, ""
    riga.save(update_fields=["status", "started_at", "finished_at", "exception_class_path", "worker_ids"])
